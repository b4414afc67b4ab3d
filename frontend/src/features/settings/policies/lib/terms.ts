/** Terms while they are edited: fresh limits, copies, and the one spelling that is sent. Pure. */
import type { Limit, NodeLimit, ResponseLimit, Rung, Terms, Unit } from '@/api/policies'
import { byMoment, dayMinutesOf, minutesOf } from './ladder'

export const single = ['process', 'first_response', 'next_response', 'callback', 'every_node'] as const
/** A limit that exists once in a policy. */
export type Single = (typeof single)[number]

export const freshLimit = (amount: number, unit: Unit, working = true): Limit => ({ amount, unit, working, yellow: [{ amount: 20, unit: 'percent' }], ladder: [], pauses: ['pause', 'customer'] })
export const freshResponse = (): ResponseLimit => ({ ...freshLimit(30, 'minutes'), until: 'reply' })
export const freshNode = (flow: string, node: string): NodeLimit => ({ ...freshLimit(4, 'hours'), flow, node })
export const freshRung = (when: Rung['when']): Rung => ({ when, amount: when === 'at' ? 0 : 1, unit: 'hours', do: [{ what: 'notify', whom: 'head' }] })

const first: Record<Single, () => Limit> = {
  process: () => freshLimit(2, 'days'),
  first_response: freshResponse,
  next_response: () => freshLimit(4, 'hours'),
  callback: () => freshLimit(1, 'days'),
  every_node: () => freshLimit(8, 'hours'),
}
export const freshOf = (name: Single): Limit => first[name]()

export const freshTerms = (): Terms => ({
  when: '', calendar: '', process: freshLimit(2, 'days'), first_response: freshResponse(), next_response: null, callback: null, every_node: null, nodes: [],
  extension: { most: 2, longest_amount: 2, longest_unit: 'days', working: true, decided_by: 'right' },
})

export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** As it is sent: nothing to whom where nobody is told. Leads and steps keep their places, so that findings meet them. */
export function sentTerms(terms: Terms): Terms {
  const copy = copyOf(terms)
  copy.when = copy.when.trim()
  for (const limit of limitsOf(copy)) limit.ladder = limit.ladder.map(sentRung)
  return copy
}

/** As it is kept: leads and steps in the order of their moments. */
export function orderedTerms(terms: Terms): Terms {
  const copy = sentTerms(terms)
  for (const limit of limitsOf(copy)) {
    const day = dayMinutesOf(limit.working, null)
    limit.ladder.sort(byMoment(limit, day))
    limit.yellow.sort((a, b) => minutesOf(b.amount, b.unit, limit, day) - minutesOf(a.amount, a.unit, limit, day))
    limit.pauses.sort()
  }
  return copy
}

export const limitsOf = (terms: Terms): Limit[] => [...single.map((name) => terms[name]).filter((one): one is Limit => one !== null), ...terms.nodes]

function sentRung(rung: Rung): Rung {
  const deeds = rung.do.map((one) => ({ what: one.what, whom: one.what === 'notify' ? one.whom : null }))
  return rung.when === 'at' ? { when: 'at', amount: 0, unit: 'minutes', do: deeds } : { ...rung, do: deeds }
}

export const sameTerms = (a: Terms, b: Terms): boolean => JSON.stringify(sorted(orderedTerms(a))) === JSON.stringify(sorted(orderedTerms(b)))

/** Keys in one order, so that the same content is the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]))
}
