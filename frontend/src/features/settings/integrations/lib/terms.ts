/** What is edited of a webhook or an interceptor: fresh, tidied, compared. Pure. */
import type { InterceptorTerms } from '@/api/interceptors'
import type { WebhookTerms } from '@/api/webhooks'

export const freshWebhook = (): WebhookTerms => ({ name: '', address: '', types: [], condition: '', active: true, headers: {}, allowed_networks: [] })
export const freshInterceptor = (): InterceptorTerms => ({
  name: '', kind: 'http', address: '', entry_point: '', verbs: [], condition: '', timeout_ms: 1000, on_failure: 'open', may_change: [], active: true, allowed_networks: [],
})

/** Only what can be edited. */
export const webhookTerms = ({ name, address, types, condition, active, headers, allowed_networks }: WebhookTerms): WebhookTerms =>
  ({ name, address, types: [...types], condition, active, headers: { ...headers }, allowed_networks: [...allowed_networks] })
export const interceptorTerms = (one: InterceptorTerms): InterceptorTerms => ({
  name: one.name, kind: one.kind, address: one.address, entry_point: one.entry_point, verbs: [...one.verbs], condition: one.condition, timeout_ms: one.timeout_ms,
  on_failure: one.on_failure, may_change: [...one.may_change], active: one.active, allowed_networks: [...one.allowed_networks],
})

const same = (a: unknown, b: unknown): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b))
/** Lists here are sets, and objects have no order. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].map(String).sort()
  if (value === null || typeof value !== 'object') return typeof value === 'string' ? value.trim() : value
  return Object.entries(value).sort(([a], [b]) => a.localeCompare(b))
}

/** The parts that differ, with their new values: what is sent. */
export function changesOf<T extends object>(before: T, after: T): Partial<T> {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => !same(value, before[name as keyof T]))) as Partial<T>
}

/** Lines or commas to a list. */
export const linesOf = (text: string): string[] => [...new Set(text.split(/[\s,，、;；]+/).map((one) => one.trim()).filter(Boolean))]

/** https, or http with a warning; anything else is no address. */
export type AddressFault = '' | 'missing' | 'bad' | 'plain'
export function addressFault(address: string): AddressFault {
  const text = address.trim()
  if (text === '') return 'missing'
  let url: URL
  try { url = new URL(text) } catch { return 'bad' }
  if (url.protocol === 'https:') return url.username ? 'bad' : ''
  return url.protocol === 'http:' && !url.username ? 'plain' : 'bad'
}

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}(/(3[0-2]|[12]?\\d))?$`)
const ipv6 = /^[0-9a-f:]{2,39}(\/(12[0-8]|1[01]\d|\d?\d))?$/i
/** Whether it is written like 10.1.0.0/16 or fd00::/8. */
export const isNetwork = (text: string): boolean => ipv4.test(text) || (text.includes(':') && ipv6.test(text))
