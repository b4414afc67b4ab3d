/** Policies (时限策略): how much time there is for what, in immutable versions, and what a new version would touch. */
import type { Text } from '@/lib/fields'
import { freshKey } from '@/lib/text'
import { call, get, patch, post } from './http'

export const units = ['minutes', 'hours', 'days'] as const
export type Unit = (typeof units)[number]
export type LeadUnit = Unit | 'percent'
export const standstills = ['pause', 'customer'] as const
export type Standstill = (typeof standstills)[number]
export const deeds = ['notify', 'raise_priority', 'hand_to_head', 'hand_up', 'urge', 'supervise', 'circulate'] as const
export type Deed = (typeof deeds)[number]
export const hearers = ['handler', 'head', 'next_level', 'opener'] as const
export const untils = ['reply', 'accept', 'either'] as const
export const deciders = ['right', 'head', 'next_level'] as const

/** How long before the limit a yellow card is issued; `percent` is of the limit. */
export interface Lead { amount: number, unit: LeadUnit }
/** `whom` belongs to notify: one of `hearers`, or `role:<code>`. */
export interface Do { what: Deed, whom: string | null }
/** One step of the ladder. `amount` is 0 at the limit. */
export interface Rung { when: 'before' | 'at' | 'after', amount: number, unit: LeadUnit, do: Do[] }

/** Everything in a limit counts in its own time: with `working`, that of the calendar. */
export interface Limit {
  amount: number
  unit: Unit
  working: boolean
  yellow: Lead[]
  ladder: Rung[]
  pauses: Standstill[]
}
export interface ResponseLimit extends Limit { until: (typeof untils)[number] }
export interface NodeLimit extends Limit { flow: string, node: string }
export interface Extensions { most: number, longest_amount: number, longest_unit: Unit, working: boolean, decided_by: (typeof deciders)[number] }

/** `when` is a condition, "" always; `calendar` a calendar's code, "" the liable department's. */
export interface Terms {
  when: string
  calendar: string
  process: Limit | null
  first_response: ResponseLimit | null
  next_response: Limit | null
  callback: Limit | null
  every_node: Limit | null
  nodes: NodeLimit[]
  extension: Extensions
}

export interface PolicyLine { code: string, names: Text, active: boolean, position: number, number: number, version: number, terms: Terms }
export interface PolicyVersion { number: number, created_at: string, created_by: { id: number, name: string } | null, terms: Terms }
/** What publishing answers; `version` is for the next change. */
export interface Published { code: string, number: number, version: number }
export interface Policy extends PolicyLine { versions: PolicyVersion[] }

/** `field` is the path into the terms, such as `process.ladder[0].amount`; `place` says it in English words. */
export interface Finding { field: string, code: string, detail: string, place: string }

/** Limits are counted seconds, null where there is none. */
export interface TouchedClock { kind: string, node: string, state: string, old_limit: number | null, new_limit: number | null, old_due: string | null, new_due: string | null }
/** A version before it is published has no number. */
export interface PolicyNamed { code: string, number: number | null }
/** `clocks` are those whose limit or due time would change; none when only cards, steps or extensions do. */
export interface Touched { ticket: string, subject: string, state: string, policy_now: PolicyNamed | null, policy_then: PolicyNamed | null, clocks: TouchedClock[] }
/** `count` is of the tickets looked at; `more`: there are others that were not; `items`: a part of them. */
export interface Preview { number: number | null, count: number, more: boolean, items: Touched[] }

/** What the choice of a calendar shows; `week` tells how long a working day is. */
export interface CalendarChoice { code: string, names: Text, is_default: boolean, week: [string, string][][] }

const at = (code: string, rest = '') => `/policies/${encodeURIComponent(code)}${rest}`

export const policies = async () => (await get<{ items: PolicyLine[] }>('/policies')).items
export const policy = (code: string) => get<Policy>(at(code))
export const addPolicy = (code: string, names: Text, terms: Terms) => post<Published>('/policies', { code, names, terms }, freshKey())
export const publishPolicy = (code: string, terms: Terms, version: number) => post<Published>(at(code, '/versions'), { terms, version }, freshKey())
export const changePolicy = (code: string, change: { names?: Text, active?: boolean, version: number }) => patch<Policy>(at(code), change)
export const orderPolicies = (codes: string[]) => call<unknown>('PUT', '/policies/order', { body: { codes } })
export const checkTerms = async (terms: Terms, code?: string) => (await post<{ findings: Finding[] }>('/policies/check', code ? { terms, code } : { terms })).findings
/** Without `terms`, the current version is looked at. */
export const previewPolicy = (code: string, terms?: Terms) => post<Preview>(at(code, '/preview'), terms ? { terms } : {})
export const applyPolicy = (code: string, number: number) => post<{ queued: boolean }>(at(code, '/apply'), { number }, freshKey())
export const calendarChoices = async () => (await get<{ items: CalendarChoice[] }>('/calendars')).items
