/** What can be done with a live call now, and which call a key means when there are several. Pure. */
import type { ControlVerb, LiveCall } from '@/api/phone'

export type CallVerb = ControlVerb | 'mute'
export type Can = (verb: CallVerb) => boolean

export const keys: Partial<Record<CallVerb | 'pop' | 'pad', string>> = { pop: 'F2', answer: 'F4', hold: 'F8', resume: 'F8', hang_up: 'F9', transfer: 'alt+t', mute: 'alt+m', dtmf: 'alt+k', pad: 'alt+p' }

/** In the order of the buttons. A call whose channel the system has not told cannot be commanded; it is only shown. */
export function verbsOf(call: Pick<LiveCall, 'mine' | 'transferring' | 'leg_known' | 'conference'>, can: Can): CallVerb[] {
  if (!call.leg_known) return []
  return wanted(call).filter(can)
}

function wanted(call: Pick<LiveCall, 'mine' | 'transferring' | 'conference'>): CallVerb[] {
  if (call.mine === 'ended') return []
  if (call.mine === 'ringing') return ['answer', 'hang_up']
  if (call.transferring) return ['complete_transfer', 'cancel_transfer', 'mute', 'dtmf', 'hang_up']
  if (call.mine === 'held') return ['resume', 'transfer', 'hang_up']
  return ['hold', 'mute', 'transfer', 'conference', 'dtmf', 'hang_up']
}

/** The verb of a call that a command in flight will change; while it is on its way its button is busy and the others wait. */
export const waits = (pending: CallVerb | undefined, verb: CallVerb): 'busy' | 'off' | '' => (pending === undefined ? '' : pending === verb ? 'busy' : verb === 'hang_up' ? '' : 'off')

/** Calls to be put on hold before this one is answered or taken back: one talks with one person at a time. */
export function heldFirst(calls: readonly LiveCall[], call: LiveCall, can: Can): LiveCall[] {
  if (!can('hold')) return []
  return calls.filter((one) => one.id !== call.id && one.mine === 'talking' && !one.conference && one.leg_known)
}

/** The call that a key means: who rang first is answered first; what one talks on is held or hung up before what waits. */
export function meantBy(verb: 'answer' | 'hold' | 'hang_up' | 'transfer' | 'mute' | 'dtmf', calls: readonly LiveCall[]): { call: LiveCall, verb: CallVerb } | null {
  const first = (mine: LiveCall['mine']): LiveCall | undefined => calls.find((one) => one.mine === mine)
  const found = { answer: first('ringing'), hold: first('talking') ?? first('held'), hang_up: first('talking') ?? first('ringing') ?? first('held'), transfer: first('talking') ?? first('held'), mute: first('talking'), dtmf: first('talking') }[verb]
  if (!found) return null
  return { call: found, verb: verb === 'hold' && found.mine === 'held' ? 'resume' : verb }
}

/** The call whose pop a key brings back. */
export const popByKey = (calls: readonly LiveCall[]): LiveCall | undefined => calls.find((one) => one.mine === 'ringing') ?? calls[0]

/** What one dials with: digits, *, #, a leading +, and extensions with letters. Separators people write are left out; a masked number is none. */
export function diallable(text: string): string {
  const clean = text.normalize('NFKC').replace(/[\s().\-–—]/g, '')
  return /^\+?[0-9A-Za-z*#]{1,32}$/.test(clean) && !clean.includes('****') ? clean.toUpperCase() : ''
}
