/** The softphone's own lines: what each SIP session stands at, and which of the server's calls it is. Pure. */
import type { LiveCall } from '@/api/phone'

export type LineState = 'ringing' | 'calling' | 'talking' | 'held'
export interface Line {
  id: string
  direction: 'inbound' | 'outbound'
  /** As the telephone system wrote it. */
  number: string
  state: LineState
  muted: boolean
  since: number
  /** The line one asks on before handing over this other one. */
  consults: string | null
}

const tail = 7 // digits by which two spellings of a number are the same one
const plain = (number: string): string => number.replace(/[^0-9A-Za-z]/g, '').toUpperCase()

export function sameNumber(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)]
  if (!a || !b) return false
  return a === b || (a.length >= tail && b.length >= tail && a.slice(-tail) === b.slice(-tail))
}

const fits = (line: Line, call: LiveCall): boolean => (call.mine === 'ringing' ? line.state === 'ringing' || line.state === 'calling' : line.state !== 'ringing')

/** The line that is this call: by its number, else the only one that could be. A masked number tells nothing. */
export function lineOf(call: LiveCall, lines: readonly Line[]): Line | undefined {
  const able = lines.filter((line) => fits(line, call))
  const named = able.find((line) => sameNumber(line.number, call.number.digits ?? ''))
  return named ?? (able.length === 1 ? able[0] : undefined)
}

/** Lines the server knows nothing of (yet): they are shown by themselves, so that nobody rings unseen. */
export function strayLines(lines: readonly Line[], calls: readonly LiveCall[]): Line[] {
  const known = new Set(calls.map((call) => lineOf(call, lines)?.id))
  return lines.filter((line) => !known.has(line.id))
}

/** The call as the page's own telephone sees it: it can be commanded, and says whom one consults. */
export function seenThrough(call: LiveCall, lines: readonly Line[]): LiveCall {
  const line = lineOf(call, lines)
  if (!line) return call
  const asked = lines.find((one) => one.consults === line.id && one.state !== 'calling')
  return { ...call, leg_known: true, mine: mineOf(line, call), transferring: asked ? { to: asked.number } : call.transferring }
}

const mineOf = (line: Line, call: LiveCall): LiveCall['mine'] => (line.state === 'held' ? 'held' : line.state === 'talking' ? 'talking' : call.mine)

/** Only what can be told with a telephone's keys. */
export const tonesOf = (text: string): string => text.replace(/[^0-9A-Da-d#*]/g, '').slice(0, 32)

/** Where a number is dialled at a domain; a number is no more than digits, letters, +, * and #. */
export function addressOf(number: string, domain: string): string | null {
  const user = number.replace(/[\s().-]/g, '')
  return /^\+?[0-9A-Za-z*#]{1,32}$/.test(user) ? `sip:${user.replace('#', '%23')}@${domain}` : null
}
