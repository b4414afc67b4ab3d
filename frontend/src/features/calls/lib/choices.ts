/** What the pop offers, one below the other, and what ⏎ does with each. Pure. */
import type { LiveCall, PhoneMe, Pop, PopCandidate, PopTicket } from '@/api/phone'

export type Choice =
  | { kind: 'candidate', key: string, candidate: PopCandidate }
  | { kind: 'nobody', key: string }
  | { kind: 'new', key: string, unknown: boolean }
  | { kind: 'ticket', key: string, ticket: PopTicket }

/** Several who it may be: first who; else a new ticket, then what is open and may be added to. */
export function choicesOf(pop: Pop, mayOpen = true): Choice[] {
  if (!pop.customer && pop.candidates.length > 0) {
    return [...pop.candidates.map((candidate): Choice => ({ kind: 'candidate', key: `c${candidate.customer.id}`, candidate })), { kind: 'nobody', key: 'nobody' }]
  }
  const fresh: Choice[] = mayOpen ? [{ kind: 'new', key: 'new', unknown: pop.customer === null }] : []
  return [...fresh, ...pop.open_tickets.map((ticket): Choice => ({ kind: 'ticket', key: ticket.number, ticket }))]
}

/** The chosen one survives a refresh of the pop; otherwise the first is ready to take. */
export function keptChoice(choices: readonly Choice[], before: string | null): string | null {
  return choices.some((one) => one.key === before) ? before : choices[0]?.key ?? null
}

export function movedChoice(choices: readonly Choice[], at: string | null, by: number): string | null {
  const index = choices.findIndex((one) => one.key === at)
  return choices[Math.max(0, Math.min(choices.length - 1, index + by))]?.key ?? null
}

/** Where a choice leads; null for what stays in the pop. */
export function wayOf(choice: Choice, call: number): string | null {
  if (choice.kind === 'new') return `/tickets/new?call=${call}`
  if (choice.kind === 'ticket') return ticketWay(choice.ticket, call, choice.ticket.may_append ? 'append' : choice.ticket.may_urge ? 'urge' : null)
  return null
}

export const ticketWay = (ticket: PopTicket, call: number, verb: 'append' | 'urge' | null): string =>
  `/tickets/${encodeURIComponent(ticket.number)}?call=${call}${verb ? `&verb=${verb}` : ''}`

export interface PopPlace {
  shown: number | null
  /** Docked under the bar because somebody was typing; else it has the middle column. */
  docked: boolean
  /** Calls whose pop came up by itself once; it does so once only. */
  seen: ReadonlySet<number>
}
export const noPop: PopPlace = { shown: null, docked: false, seen: new Set() }

const rings = (call: LiveCall): boolean => call.mine === 'ringing' && call.direction === 'inbound'

/**
 * Where the pop stands after the telephone said something. A new ring brings its pop, docked while somebody types. It waits while another
 * call has the pop that one still hears or talks on, and comes once that one is put aside or over. It leaves with its call, yet stays
 * through wrap-up. A call that went and rings again is a new ring.
 */
export function popAfter(before: PopPlace, me: Pick<PhoneMe, 'calls' | 'wrap_up'>, typing: boolean): PopPlace {
  const live = me.calls.some((one) => one.id === before.shown)
  const stays = live || (before.shown !== null && me.wrap_up?.call_id === before.shown)
  const fresh = live ? undefined : me.calls.find((one) => rings(one) && !before.seen.has(one.id))
  const seen = new Set(me.calls.filter((one) => one === fresh || !rings(one) || before.seen.has(one.id)).map((one) => one.id))
  if (fresh) return { shown: fresh.id, docked: typing, seen }
  return stays ? { ...before, seen } : { shown: null, docked: false, seen }
}

/** A number nobody can be called back on: withheld, or not told. */
export const isWithheld = (number: { shown: string, digits: string | null, masked: boolean }): boolean => !number.masked && !number.digits && !number.shown
