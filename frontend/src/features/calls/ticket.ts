/** What a ticket's page needs of the call it belongs to. */
import { readCall, readPop, type CustomerBrief, type PhoneNumber } from '@/api/phone'
import { phone } from './store'

/** Who called and what about, as far as the telephone tells. `stranger`: the number belongs to nobody we know. */
export interface CallKnown { customer: CustomerBrief | null, phone: string, category: string | null, stranger: boolean }

/** A masked number cannot be written into a ticket; the call knows it. */
const readable = (number: PhoneNumber): string => (number.masked || !number.digits ? '' : number.shown)

/** From the pop at hand, else asked for; a call long over has no pop any more, but its record. */
export async function knownOfCall(call: number): Promise<CallKnown> {
  try {
    const pop = phone.pops.get(call) ?? await readPop(call)
    const number = readable(pop.call.number)
    return { customer: pop.customer, phone: number, category: pop.suggested.category, stranger: pop.customer === null && pop.candidates.length === 0 }
  } catch {
    const row = await readCall(call)
    return { customer: row.customer, phone: readable(row.number), category: null, stranger: row.customer === null }
  }
}

/** A ticket of this category was opened from the call: most likely that is what the call was about. */
export function knowCategory(call: number, category: string): void { phone.categories.set(call, category) }
