/** How integrations fare, in the reader's words. */
import type { Attempt, Health } from '@/api/webhooks'
import { failureWords } from '@/lib/failures'
import { t, te } from '@/lib/i18n'
import { spanWords, whenWords } from '@/lib/words'

export type Tone = 'normal' | 'soon' | 'late' | 'mine' | 'done'

/** 正常 / 失败中 / 已暂停, with the reason where the product itself stopped. */
export function healthWords(health: Health): string {
  const why = `integrations.paused_why.${health.paused_why}`
  return health.state === 'paused' && health.paused_why && te(why) ? t(why) : t(`integrations.health.${health.state}`)
}
export function healthTone(health: Health): Tone {
  if (health.state === 'failing') return 'late'
  if (health.state === 'paused') return health.paused_why ? 'late' : 'normal'
  return 'normal'
}

/** 待投递 12，最早的已等 3分 */
export function waitingWords(health: Pick<Health, 'waiting' | 'oldest_waiting_at'>, at: number): string {
  if (health.waiting === 0) return t('integrations.none_waiting')
  const since = health.oldest_waiting_at ? at - Date.parse(health.oldest_waiting_at) : 0
  return since > 0 ? t('integrations.waiting_since', { n: health.waiting, span: spanWords(since) }) : t('integrations.waiting', { n: health.waiting })
}

export const lastSuccessWords = (at: string | null): string => (at ? whenWords(at) : t('integrations.never'))

/** 200 · 35 毫秒, or what stood in the way. */
export function attemptWords(attempt: Pick<Attempt, 'status' | 'error' | 'words'> | null): string {
  if (!attempt) return ''
  const key = `integrations.errors.${attempt.error}`
  const words = failureWords(attempt.words)
  const said = attempt.error ? (words !== attempt.words ? words : te(key) ? t(key) : attempt.words || attempt.error) : ''
  if (attempt.status === null) return said || t('integrations.no_answer')
  return said && attempt.error !== 'status' ? `${attempt.status} · ${said}` : String(attempt.status)
}

export function millisecondsWords(ms: number): string {
  return ms < 10_000 ? t('integrations.ms', { n: Math.round(ms) }) : t('integrations.seconds', { n: Math.round(ms / 1000) })
}

/** 落后 12 个事件，约 3 秒; 已读完 where nothing waits. */
export function lagWords(events: number, more: boolean, seconds: number): string {
  if (events === 0) return t('integrations.consumers.level')
  const span = seconds < 60 ? t('integrations.seconds', { n: Math.round(seconds) }) : spanWords(seconds * 1000)
  return t('integrations.consumers.behind', { n: more ? `${events}+` : events, span })
}

export const verbName = (verb: string): string => {
  const key = [`integrations.verbs.${verb}`, `tickets.verbs.${verb}`].find(te)
  return key ? t(key) : verb
}
export const listed = (words: readonly string[]): string => words.join(t('ui.list_comma'))

/** JSON as people read it; the text itself where it is none. */
export function pretty(text: string): string {
  try { return JSON.stringify(JSON.parse(text), null, 2) } catch { return text }
}
