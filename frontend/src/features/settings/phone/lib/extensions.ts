/** Extensions pasted from a table, and the menu of a line. Pure. */
import type { Extension, ExtensionKind } from '@/api/phone'

export interface Pasted { line: number, number: string, who: string, secret: string, fault: '' | 'number' | 'twice' | 'there' }

const good = /^[A-Z0-9*#+._-]{1,32}$/
const heads = /^(分机|分機|分机号|分機號|号码|號碼|extension|number|ext)$/i

/** Each line is an extension, perhaps whose it is, perhaps a softphone's secret: parted by commas, tabs or semicolons. A head line is left out. */
export function readPasted(text: string, there: readonly Pick<Extension, 'number'>[]): Pasted[] {
  const known = new Set(there.map((one) => one.number.toUpperCase()))
  const seen = new Set<string>()
  const found: Pasted[] = []
  text.split(/\r?\n/).forEach((raw, at) => {
    const [first = '', who = '', secret = ''] = raw.split(/[,，\t;；]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    const number = first.toUpperCase()
    if (number === '' || (found.length === 0 && heads.test(first))) return
    const fault = !good.test(number) ? 'number' : seen.has(number) ? 'twice' : known.has(number) ? 'there' : ''
    seen.add(number)
    found.push({ line: at + 1, number, who, secret, fault })
  })
  return found
}

export const isExtension = (number: string): boolean => good.test(number.trim().toUpperCase())

export interface Matching { id: number, name: string, username?: string }

/** The one person meant by a name, an account or an id; null when nobody or more than one could be. */
export function personFor(who: string, people: readonly Matching[]): Matching | null {
  const wanted = who.trim().toLowerCase()
  if (!wanted) return null
  const byAccount = people.filter((one) => one.username?.toLowerCase() === wanted)
  if (byAccount.length === 1) return byAccount[0]!
  const byName = people.filter((one) => one.name.toLowerCase() === wanted)
  return byName.length === 1 ? byName[0]! : null
}

/** Found by number, person, kind's word or channel; all words typed must be found. */
export function findExtensions<T extends Pick<Extension, 'number' | 'channel' | 'staff'>>(all: readonly T[], query: string): T[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return all.filter((one) => {
    const text = `${one.number} ${one.channel} ${one.staff?.name ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

export const kinds: ExtensionKind[] = ['desk_phone', 'softphone']

export interface MenuLine { digits: string, label: string, category: string | null }
type Choices = Record<string, { label: string, category?: string }>

export const menuLines = (choices: Choices): MenuLine[] =>
  Object.entries(choices).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([digits, meaning]) => ({ digits, label: meaning.label, category: meaning.category || null }))

export const choicesOf = (lines: readonly MenuLine[]): Choices => Object.fromEntries(lines
  .filter((one) => one.digits.trim())
  .map((one) => [one.digits.trim().toUpperCase(), { label: one.label.trim(), ...(one.category ? { category: one.category } : {}) }]))

/** Which lines cannot be kept: no keys to press, or keys that another line has already. */
export function menuFaults(lines: readonly MenuLine[]): Record<number, 'digits' | 'twice'> {
  const seen = new Set<string>()
  const faults: Record<number, 'digits' | 'twice'> = {}
  lines.forEach((one, at) => {
    const digits = one.digits.trim().toUpperCase()
    if (digits === '' && one.label.trim() === '' && !one.category) return
    if (!/^[0-9A-D*#]{1,10}$/.test(digits)) faults[at] = 'digits'
    else if (seen.has(digits)) faults[at] = 'twice'
    seen.add(digits)
  })
  return faults
}
