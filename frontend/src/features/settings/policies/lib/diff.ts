/** What differs between two versions of a policy, as facts a person would name. Pure; words are made elsewhere. */
import type { Extensions, Lead, Limit, Rung, Terms } from '@/api/policies'

import { copyOf, orderedTerms, single } from './terms'

/** Where a fact belongs: a part of the policy, or `node` with its flow and node. */
export interface Part { name: string, flow?: string, node?: string }

export type Fact =
  | { about: 'when' | 'calendar', value: string }
  | { about: 'limit', value: Pick<Limit, 'amount' | 'unit' | 'working'> }
  | { about: 'until', value: string }
  | { about: 'pauses', value: string[] }
  | { about: 'yellow', value: Lead }
  | { about: 'rung', value: Rung }
  | { about: 'extension', value: Extensions }

interface Placed { part: Part, fact: Fact, working: boolean }
/** `before` or `after` is null where there was or is nothing; `working` says in which time a lead or a step counts. */
export interface Change { part: Part, before: Fact | null, after: Fact | null, working: boolean }

/** Facts by a key under which two versions are compared. A lead or a step is one by its moment. */
function factsOf(terms: Terms): Map<string, Placed> {
  const found = new Map<string, Placed>()
  const add: Add = (key, part, fact, working = false) => {
    let free = key
    for (let n = 2; found.has(free); n++) free = `${key}#${n}`
    found.set(free, { part, fact, working })
  }
  add('when', { name: 'when' }, { about: 'when', value: terms.when })
  add('calendar', { name: 'calendar' }, { about: 'calendar', value: terms.calendar })
  for (const name of single) if (terms[name]) addLimit(add, name, { name }, terms[name])
  for (const one of terms.nodes) addLimit(add, `node ${one.flow} ${one.node}`, { name: 'node', flow: one.flow, node: one.node }, one)
  add('extension', { name: 'extension' }, { about: 'extension', value: terms.extension })
  return found
}

type Add = (key: string, part: Part, fact: Fact, working?: boolean) => void

function addLimit(add: Add, key: string, part: Part, limit: Limit & { until?: string }): void {
  const { amount, unit, working } = limit
  add(`${key} limit`, part, { about: 'limit', value: { amount, unit, working } })
  if (limit.until) add(`${key} until`, part, { about: 'until', value: limit.until })
  add(`${key} pauses`, part, { about: 'pauses', value: limit.pauses })
  for (const lead of limit.yellow) add(`${key} yellow ${lead.amount} ${lead.unit}`, part, { about: 'yellow', value: lead }, working)
  for (const rung of limit.ladder) add(`${key} rung ${rung.when} ${rung.amount} ${rung.unit}`, part, { about: 'rung', value: rung }, working)
}

/** Every difference, in the order of the newer version; what is gone stands after what stayed of its part. */
export function diffTerms(before: Terms | null, after: Terms): Change[] {
  const old = before ? factsOf(orderedTerms(before)) : new Map<string, Placed>()
  const now = factsOf(orderedTerms(copyOf(after)))
  const keys = [...now.keys(), ...[...old.keys()].filter((key) => !now.has(key))]
  const changes = keys.map((key) => {
    const { part, working } = (now.get(key) ?? old.get(key))!
    return { part, working, before: old.get(key)?.fact ?? null, after: now.get(key)?.fact ?? null }
  })
  return inParts(changes.filter((one) => text(one.before) !== text(one.after)))
}

const text = (fact: Fact | null): string => (fact ? JSON.stringify(fact, Object.keys(flatKeys).sort()) : '')
// The keys a fact may have, in one order, so that the same fact is the same text however the server wrote it.
const flatKeys = { about: 1, value: 1, amount: 1, unit: 1, working: 1, when: 1, do: 1, what: 1, whom: 1, most: 1, longest_amount: 1, longest_unit: 1, decided_by: 1 }

const partKey = (part: Part): string => [part.name, part.flow ?? '', part.node ?? ''].join(' ')

function inParts(changes: Change[]): Change[] {
  const order = [...new Set(changes.map((one) => partKey(one.part)))]
  return [...changes].sort((a, b) => order.indexOf(partKey(a.part)) - order.indexOf(partKey(b.part)))
}

/** Changes gathered under the part they belong to. */
export function byPart(changes: readonly Change[]): { part: Part, changes: Change[] }[] {
  const found = new Map<string, { part: Part, changes: Change[] }>()
  for (const change of changes) {
    const key = partKey(change.part)
    const held = found.get(key) ?? { part: change.part, changes: [] }
    held.changes.push(change)
    found.set(key, held)
  }
  return [...found.values()]
}
