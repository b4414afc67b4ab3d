/** Interceptors (拦截器): who is asked before a verb, in which order, how that goes, and what each decided. */
import { freshKey } from '@/lib/text'
import { call, get, patch, post, remove } from './http'
import type { Page } from './paged'

export const kinds = ['http', 'python'] as const
export type Kind = (typeof kinds)[number]
/** What happens when it does not answer: the verb goes on (open 放行) or is stopped (closed 拦下). */
export const onFailures = ['open', 'closed'] as const
export type OnFailure = (typeof onFailures)[number]
export const decisions = ['allow', 'refuse', 'change', 'failed', 'skipped'] as const
export type DecisionCode = (typeof decisions)[number]

/** `verbs` empty: all. `may_change`: names of arguments, or fields.<code>. */
export interface InterceptorTerms {
  name: string
  kind: Kind
  address: string
  entry_point: string
  verbs: string[]
  condition: string
  timeout_ms: number
  on_failure: OnFailure
  may_change: string[]
  active: boolean
  allowed_networks: string[]
}
/** `resting`: it failed again and again and is left alone until `resting_until`; `missing`: its entry point is not installed. */
export const healthStates = ['active', 'resting', 'missing', 'off'] as const
export interface InterceptorHealth {
  state: (typeof healthStates)[number]
  resting_since: string | null
  resting_until: string | null
  reason: string
  /** Within the last day. */
  last_failure: { at: string, reason: string } | null
}
export interface Interceptor extends InterceptorTerms {
  id: number
  version: number
  position: number
  created_at: string
  created_by: { id: number, name: string } | null
  /** The key before the present one signs along until then. */
  old_key_until: string | null
  health: InterceptorHealth
}

export interface EntryPoint { name: string, target: string, package: string, package_version: string }
/** A verb that can be intercepted, with the arguments that could be changed. */
export interface Interceptable { verb: string, arguments: string[] }

/** `passed`: the verb went on. `ticket_number` is empty when one was being opened; `excerpt` is what came and could not be used. */
export interface LoggedDecision {
  id: number
  at: string
  proposal_id: string
  interceptor_id: number | null
  name: string
  verb: string
  ticket_number: string
  actor_name: string
  decision: DecisionCode
  passed: boolean
  sentence: string
  changed: string[]
  milliseconds: number
  excerpt: string
}
export interface LogFilter { interceptor?: number, decision?: string, verb?: string, ticket?: string, since?: string, until?: string }

/** What a try came to: nothing is done with it. */
export interface Tried { decision: DecisionCode, sentence: string, changed: string[], milliseconds: number, excerpt: string }
export interface Secret { id: number, secret: string | null }

const at = (id: number, rest = '') => `/interceptors/${id}${rest}`

export const interceptors = async () => (await get<{ items: Interceptor[] }>('/interceptors')).items
export const interceptor = (id: number) => get<Interceptor>(at(id))
export const addInterceptor = (terms: InterceptorTerms, key: string) => post<Secret>('/interceptors', terms, key)
export const changeInterceptor = (id: number, change: Partial<Omit<InterceptorTerms, 'kind'>> & { version: number }) => patch<Interceptor>(at(id), change)
export const removeInterceptor = (id: number) => remove<void>(at(id))
export const orderInterceptors = (ids: number[]) => call<unknown>('PUT', '/interceptors/order', { body: { ids } })
export const rotateInterceptor = (id: number, overlap_hours: number) => post<Secret>(at(id, '/rotate'), { overlap_hours }, freshKey())
export const tryInterceptor = (id: number, verb: string, ticket: string) => post<Tried>(at(id, '/test'), ticket ? { verb, ticket } : { verb })
export const interceptables = async () => (await get<{ items: Interceptable[] }>('/interceptors/verbs')).items
export const entryPoints = async () => (await get<{ items: EntryPoint[] }>('/interceptors/entry-points')).items
export const decisionLog = (filter: LogFilter, after: string | null, limit: number) =>
  get<Page<LoggedDecision>>('/interceptors/log', { ...filter, after, limit })
