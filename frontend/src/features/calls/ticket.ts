/** What a ticket's page needs of the call it belongs to. */
import { readCall, readPop, type CustomerBrief, type MenuChoice, type PhoneNumber } from '@/api/phone'
import { menuWords, numberWords } from './shared/words'
import { phone } from './store'

/** Who called and what about, as far as the telephone tells. `stranger`: the number belongs to nobody we know; `shown`: the call in words. */
export interface CallKnown { customer: CustomerBrief | null, phone: string, category: string | null, stranger: boolean, shown: string[], at: string }
const shownOf = (one: { number: PhoneNumber, line_label: string, line?: string, menu: MenuChoice[] }): string[] => [numberWords(one.number), one.line_label || one.line || '', menuWords(one.menu)].filter(Boolean)

/** A masked number cannot be written into a ticket; the call knows it. */
const readable = (number: PhoneNumber): string => (number.masked || !number.digits ? '' : number.shown)

/** From the pop at hand, else asked for; a call long over has no pop any more, but its record. */
export async function knownOfCall(call: number): Promise<CallKnown> {
  try {
    const pop = phone.pops.get(call) ?? await readPop(call)
    const number = readable(pop.call.number)
    return { customer: pop.customer, phone: number, category: pop.suggested.category, stranger: pop.customer === null && pop.candidates.length === 0, shown: shownOf(pop.call), at: pop.call.began_at }
  } catch {
    const row = await readCall(call)
    return { customer: row.customer, phone: readable(row.number), category: null, stranger: row.customer === null, shown: shownOf(row), at: row.began_at }
  }
}

/** A ticket of this category was opened from the call: most likely that is what the call was about. */
export function knowCategory(call: number, category: string): void { phone.categories.set(call, category) }
