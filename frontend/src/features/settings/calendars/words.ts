/** How calendars, hours and lengths are said; times are those of the calendar's zone. */
import type { Definition, Interval, ReckonSpan } from '@/api/calendars'
import { t, te } from '@/lib/i18n'
import { dateOf, monthOf, shifted, weekdayOf, type Range } from './lib/days'
import { hoursText, weekRuns } from './lib/hours'
import { wallOf } from './lib/zoned'

export const weekdays = [0, 1, 2, 3, 4, 5, 6] as const
export const weekdayWord = (at: number): string => t(`calendars.weekdays.${at}`)

/** 周一至周五 09:00–12:00 13:30–18:00；周六 09:00–12:00 */
export function weekWords(week: readonly Interval[][]): string {
  const runs = weekRuns(week).map((run) => {
    const days = run.from === run.to ? weekdayWord(run.from) : run.to - run.from === 6 ? t('calendars.every_day') : t('calendars.day_run', { from: weekdayWord(run.from), to: weekdayWord(run.to) })
    return t('calendars.days_hours', { days, hours: hoursText(run.hours) })
  })
  return runs.join(t('calendars.run_comma')) || t('calendars.no_hours')
}

/** 7小时30分; seconds only when there are some. */
export function lengthWords(seconds: number): string {
  const parts: [string, number][] = [['hour', Math.floor(seconds / 3600)], ['minute', Math.floor((seconds % 3600) / 60)], ['second', seconds % 60]]
  const said = parts.filter(([, n]) => n > 0).map(([unit, n]) => t(`calendars.units.${unit}`, { n }))
  return said.join(t('time.between')) || t('calendars.units.minute', { n: 0 })
}
export const minutesWords = (minutes: number): string => lengthWords(minutes * 60)

export const hoursWords = (hours: readonly Interval[]): string => hoursText(hours) || t('calendars.no_hours')
/** 2月10日 周二 */
export const dateWords = (date: string): string => t('calendars.date', { month: t(`calendars.months.${monthOf(date)}`), day: dateOf(date), weekday: weekdayWord(weekdayOf(date)) })
export const rangeWords = (range: Range): string => (range.from === range.to ? dateWords(range.from) : t('calendars.range', { from: dateWords(range.from), to: dateWords(range.to) }))

export function momentWords(iso: string, zone: string): string {
  const { date, clock } = wallOf(iso, zone)
  return `${date} ${weekdayWord(weekdayOf(date))} ${clock}`
}

/** Start and end of a span; the day is said once when it is the same. */
export function spanWords(span: Pick<ReckonSpan, 'start' | 'end'>, zone: string): { day: string, clocks: string } {
  const [start, end] = [wallOf(span.start, zone), wallOf(span.end, zone)]
  const shown = start.date === end.date ? end.clock : end.clock === '00:00' && end.date === shifted(start.date, 1) ? '24:00' : `${end.date.slice(5)} ${end.clock}`
  return { day: `${start.date} ${weekdayWord(weekdayOf(start.date))}`, clocks: `${start.clock}–${shown}` }
}

/** The reasons the server gives itself are said in words; those of people as they are. */
export function reasonWords(reason: string): string {
  const [, kind, what = ''] = /^(days|holidays):(.+)$/.exec(reason) ?? []
  if (kind === 'holidays') return t('calendars.reasons_kept.holidays', { years: what.split(',').join(t('ui.list_comma')) })
  return kind === 'days' ? t('calendars.reasons_kept.days', { days: [...new Set(what.split('/'))].join(' – ') }) : reason
}

export const regionWord = (region: string): string => (te(`calendars.regions.${region || 'none'}`) ? t(`calendars.regions.${region || 'none'}`) : region)

/** One sentence on a definition: zone, holidays, length of a day. */
export const aboutWords = (one: Pick<Definition, 'time_zone' | 'holidays'>): string => `${one.time_zone} · ${regionWord(one.holidays)}`
