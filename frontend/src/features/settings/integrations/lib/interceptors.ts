/** Interceptors in words and lists. */
import type { DecisionCode, Interceptable, Interceptor, InterceptorHealth, InterceptorTerms } from '@/api/interceptors'
import { failureWords } from '@/lib/failures'
import { t, te } from '@/lib/i18n'
import { now } from '@/lib/now'
import { whenWords } from '@/lib/words'
import { listed, verbName, type Tone } from './words'

export const healthTones: Record<InterceptorHealth['state'], Tone> = { active: 'normal', resting: 'late', missing: 'late', off: 'normal' }
export const decisionTones: Record<DecisionCode, Tone> = { allow: 'normal', refuse: 'late', change: 'mine', failed: 'late', skipped: 'soon' }

/** Known to a reader: 提交, 优先级, fields.x 自定义字段 x. */
export function argumentName(name: string): string {
  const own = /^fields\.(.+)$/.exec(name)
  if (own) return t('integrations.own_field', { code: own[1] })
  const key = `integrations.arguments.${name}`
  return te(key) ? t(key) : name
}

/** Arguments that could be changed before these verbs (none: all), without own fields; those chosen already stay in sight. */
export function changeable(known: readonly Interceptable[], verbs: readonly string[], chosen: readonly string[]): string[] {
  const wanted = known.filter((one) => verbs.length === 0 || verbs.includes(one.verb)).flatMap((one) => one.arguments)
  return [...new Set([...wanted, ...chosen])].filter((name) => !name.startsWith('fields')).sort()
}
/** Whether one of the verbs takes own fields of forms. */
export const takesFields = (known: readonly Interceptable[], verbs: readonly string[]): boolean =>
  known.some((one) => (verbs.length === 0 || verbs.includes(one.verb)) && one.arguments.includes('fields'))

export function verbsWords(verbs: readonly string[]): string {
  if (verbs.length === 0) return t('integrations.every_verb')
  return verbs.length <= 4 ? listed(verbs.map(verbName)) : t('integrations.verbs_more', { names: listed(verbs.slice(0, 4).map(verbName)), n: verbs.length })
}

export function healthWords(health: InterceptorHealth): string {
  return t(`integrations.interceptor_health.${health.state}`)
}
/** Why it is left alone, until when; or when it last failed. */
export function troubleWords(one: Pick<Interceptor, 'health' | 'on_failure'>): string {
  const { state, resting_until: until, reason, last_failure: last } = one.health
  if (state === 'missing') return t('integrations.interceptors.missing')
  if (state === 'resting' && until && Date.parse(until) <= now.value) return t('integrations.interceptors.resting_probe', { why: failureWords(reason) })
  if (state === 'resting') return t(one.on_failure === 'open' ? 'integrations.interceptors.resting_open' : 'integrations.interceptors.resting_closed', { when: whenWords(until), why: failureWords(reason) })
  return state === 'active' && last ? t('integrations.interceptors.last_failure', { when: whenWords(last.at), why: failureWords(last.reason) }) : ''
}

export const targetOf = (one: Pick<InterceptorTerms, 'kind' | 'address' | 'entry_point'>): string => (one.kind === 'http' ? one.address : one.entry_point)
