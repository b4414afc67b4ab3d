/** Webhooks (回调地址): addresses that are told of events, how they fare, and every delivery (投递) with its attempts. */
import { freshKey } from '@/lib/text'
import { call, get, patch, post, remove } from './http'
import type { Page } from './paged'

export const deliveryStates = ['waiting', 'delivered', 'dead'] as const
export type DeliveryState = (typeof deliveryStates)[number]
export type HealthState = 'active' | 'failing' | 'paused'

/** `waiting` and `dead` are counted up to 10,000; `behind`: seconds the oldest that waits is old. */
export interface Health {
  state: HealthState
  waiting: number
  behind: number
  dead: number
  failures: number
  oldest_waiting_at: string | null
  last_success_at: string | null
  last_failure_at: string | null
  last_failure: string
  failing_since: string | null
  /** While it fails, it is left in peace until then. */
  rest_until: string | null
  paused_at: string | null
  /** Why the product stopped: failing, gone; "" when a person did. */
  paused_why: string
}

/** What is sent. `types` empty: all; `headers` go along with every request (a value "…" stays as it is); private networks are in CIDR notation. */
export interface WebhookTerms {
  name: string
  address: string
  types: string[]
  condition: string
  active: boolean
  headers: Record<string, string>
  allowed_networks: string[]
}
export interface Webhook extends WebhookTerms {
  id: number
  version: number
  owner: { id: number, name: string }
  created_at: string
  /** Keys that sign now, the newest first; `until` null: until it is rotated. */
  keys: { until: string | null }[]
  health: Health
}
/** The key is said once, when it is made. */
export type WithSecret = Webhook & { secret: string | null }

/** What came of a try. `status` null: no answer. `error` is a code, "" on success, `words` more of it; `answer` begins the body. */
export interface Attempt { at: string, status: number | null, ms: number, error: string, words: string, answer: string }
/** `status` to `ms` are those of the last try. */
export interface Delivery {
  id: number
  event_id: number
  type: string
  ticket: string | null
  state: DeliveryState
  attempts: number
  created_at: string
  done_at: string | null
  next_try_at: string | null
  status: number | null
  error: string
  words: string
  ms: number | null
}
/** What is secret stands as "…" in the headers. */
export interface DeliveryInFull extends Delivery {
  webhook_id: number
  request: { address: string, body: string }
  tries: (Attempt & { headers: Record<string, string> })[]
}
/** What came of a test, and what was sent. */
export interface Tested extends Attempt { ok: boolean, message_id: string, body: string }

export interface DeliveryFilter { state?: string, type?: string, ticket?: string, since?: string, until?: string }
export interface Range { since: string, until: string, states: DeliveryState[] }

const at = (id: number, rest = '') => `/webhooks/${id}${rest}`

export const webhooks = async () => (await get<{ items: Webhook[] }>('/webhooks')).items
export const webhook = (id: number) => get<Webhook>(at(id))
export const addWebhook = (terms: WebhookTerms, key: string) => post<WithSecret>('/webhooks', terms, key)
export const changeWebhook = (id: number, change: Partial<WebhookTerms> & { version: number }) => patch<Webhook>(at(id), change)
export const removeWebhook = (id: number) => remove<void>(at(id))
export const rotateWebhook = (id: number, overlap_hours: number) => post<WithSecret>(at(id, '/rotate'), { overlap_hours }, freshKey())
export const testWebhook = (id: number) => post<Tested>(at(id, '/test'))
export const resumeWebhook = (id: number) => post<Webhook>(at(id, '/resume'))

export const deliveries = (id: number, filter: DeliveryFilter, after: string | null, limit: number) =>
  get<Page<Delivery>>(at(id, '/deliveries'), { ...filter, after, limit })
export const delivery = (id: number) => get<DeliveryInFull>(`/webhooks/deliveries/${id}`)
export const resendDelivery = (id: number) => call<void>('POST', `/webhooks/deliveries/${id}/resend`, { body: {}, key: freshKey() })
export const resendRange = (id: number, range: Range) => post<{ count: number }>(at(id, '/resend'), range, freshKey())
