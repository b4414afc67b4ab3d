/** Times and spans in the reader's words: 剩 3小时12分, 超时 15分, 今天 09:12, 昨天 18:03, 11-20 09:12. */
import { t } from './i18n'
import { now } from './now'
import { clockOf, dateOf, dayWord, exactClockOf, monthDayOf, spanParts, standingOf, type Deadline } from './time'

export function spanWords(milliseconds: number): string {
  return spanParts(milliseconds).map((part) => t(`time.${part.unit}`, { n: part.n })).join(t('time.between'))
}

export function leftWords(due: string | null | undefined, at: number = now.value): string {
  if (!due) return t('time.no_limit')
  const distance = Date.parse(due) - at
  return distance > 0 ? t('time.left', { span: spanWords(distance) }) : t('time.over', { span: spanWords(distance) })
}

/** How it stands with a limit: what is left, that it stands still, or how it ended. */
export function standingWords(deadline: Deadline, at: number = now.value): string {
  const standing = standingOf(deadline, at)
  if (standing === 'paused') return t(deadline.paused === 'customer' ? 'time.waiting_customer' : 'time.paused')
  if (standing === 'met') return t('time.met')
  if (standing === 'over') return t('time.ended')
  if (standing === 'missed') return t('time.missed', { span: spanWords(Date.parse(deadline.ended!) - Date.parse(deadline.due!)) })
  return leftWords(deadline.due, at)
}

/** A moment to the second, for receipts: 11-20 09:12:05. */
export function exactWhen(iso: string | null | undefined): string {
  if (!iso) return ''
  const moment = new Date(iso)
  return `${monthDayOf(moment)} ${exactClockOf(moment)}`
}

export function whenWords(iso: string | null | undefined, at: number = now.value): string {
  if (!iso) return ''
  const moment = new Date(iso)
  const word = dayWord(moment, new Date(at))
  if (word === 'other') return `${dateOf(moment)} ${clockOf(moment)}`
  if (word === 'this_year') return `${monthDayOf(moment)} ${clockOf(moment)}`
  return t(`time.${word}`, { clock: clockOf(moment) })
}

/** How long something lasted, or has lasted so far. */
export function lastedWords(from: string | null | undefined, to: string | null | undefined, at: number = now.value): string {
  if (!from) return ''
  return spanWords((to ? Date.parse(to) : at) - Date.parse(from))
}
