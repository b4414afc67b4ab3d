/** What saving will touch: keys of sentences below `integrations.touches`, no words. Pure. */
import type { InterceptorTerms } from '@/api/interceptors'
import type { WebhookTerms } from '@/api/webhooks'

/** `before` null: a new one. */
export function webhookTouches(before: { active: boolean } | null, changes: Partial<WebhookTerms>): string[] {
  if (!before) return ['webhook_new', ...(changes.allowed_networks?.length ? ['networks'] : [])]
  const said: string[] = []
  if ('name' in changes) said.push('name')
  if ('address' in changes) said.push('webhook_address')
  if ('types' in changes || 'condition' in changes) said.push('webhook_wants')
  if ('headers' in changes) said.push('webhook_headers')
  if (changes.allowed_networks?.length) said.push('networks')
  else if ('allowed_networks' in changes) said.push('networks_gone')
  return said
}

/** `after`: how it will stand. */
export function interceptorTouches(before: InterceptorTerms | null, after: InterceptorTerms, changes: Partial<InterceptorTerms>): string[] {
  const said: string[] = []
  if (!before) said.push('interceptor_new')
  else if ('name' in changes) said.push('name')
  if (before && ('verbs' in changes || 'condition' in changes)) said.push('interceptor_asked')
  if (before && ('address' in changes || 'entry_point' in changes)) said.push('interceptor_target')
  if ((!before || 'on_failure' in changes) && after.on_failure === 'closed') said.push('interceptor_closed')
  if (before && changes.on_failure === 'open') said.push('interceptor_open')
  if ('timeout_ms' in changes && after.timeout_ms > 2000) said.push('interceptor_slow')
  if (changes.may_change?.length) said.push('interceptor_changes')
  if (changes.allowed_networks?.length) said.push('networks')
  else if (before && 'allowed_networks' in changes) said.push('networks_gone')
  if (before && said.length === 0) said.push('interceptor_rest')
  return said
}
