/** Figures in the reader's words. */
import type { Measure, Row, Split } from '@/api/line'
import { t } from '@/lib/i18n'
import { clocked, counted, formatOf, percented, type Format } from './measures'

export function valueWords(value: number | null | undefined, format: Format): string {
  if (value === null || value === undefined) return t('line.nothing')
  if (format === 'percent') return t('line.percent', { n: percented(value) })
  if (format === 'seconds') return value < 60 ? t('line.seconds', { n: clocked(value) }) : clocked(value)
  return counted(value)
}
export const figureWords = (measure: Measure, value: number | null | undefined): string => valueWords(value, formatOf(measure))
export const measureName = (measure: string): string => t(`line.measures.${measure}`)

/** What a row is called: hours as they are read, calls without a queue, people by name. */
export function rowWords(row: Pick<Row, 'key' | 'label'>, by: Split): string {
  if (by === 'queue' && row.key === '-') return t('line.no_queue')
  return row.label || row.key
}

/** How a name is made up, with the seconds that are in force. */
export const definitionWords = (measure: Measure, totals: { service_seconds?: number | null, long_seconds?: number | null, daily_target?: number | null }): string => t(`line.definitions.${measure}`, {
  service: totals.service_seconds ? t('line.within', { n: totals.service_seconds }) : t('line.within_own'), long: totals.long_seconds ?? '', target: totals.daily_target ?? '',
})
