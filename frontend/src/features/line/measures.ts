/** Which measures there are, how each is written, which has calls behind it, and what table and figures show. Pure. */
import type { Figures, Measure, Row, Split } from '@/api/line'

export type Format = 'count' | 'percent' | 'seconds' | 'decimal'

const percents: Measure[] = ['abandon_rate', 'service_level', 'service_level_offered', 'service_level_answered', 'over_long_share', 'occupancy']
export function formatOf(measure: Measure): Format {
  if (percents.includes(measure)) return 'percent'
  if (measure === 'calls_per_person_day') return 'decimal'
  return /_seconds(_avg)?$/.test(measure) ? 'seconds' : 'count'
}

/** Those without calls behind them: what is set, and what is counted of presence. */
const closed: Measure[] = ['service_seconds', 'long_seconds', 'daily_target', 'occupancy', 'worked_seconds', 'staffed_seconds', 'person_days']
const ofLine: Measure[] = ['offered', 'abandoned', 'short_abandoned', 'overflowed', 'waiting', 'abandon_rate', 'asa_seconds', 'longest_wait_seconds', 'service_level']

/** A number is a door when calls made it; nothing and null lead nowhere. */
export const isDoor = (measure: Measure, value: number | null | undefined): boolean => !closed.includes(measure) && typeof value === 'number' && value > 0

const waits: Measure[] = ['offered', 'answered', 'abandoned', 'abandon_rate', 'service_level', 'asa_seconds', 'longest_wait_seconds', 'aht_seconds', 'over_long_share']
const columns: Record<Split, Measure[]> = {
  hour: [...waits, 'occupancy'],
  day: [...waits, 'occupancy', 'calls_per_person_day'],
  queue: [...waits, 'overflowed', 'missed'],
  person: ['handled', 'missed', 'aht_seconds', 'talk_seconds_avg', 'hold_seconds_avg', 'wrap_up_seconds_avg', 'over_long_share', 'outbound', 'occupancy', 'calls_per_person_day'],
}

/** The table's columns; what cannot be told for the people asked for is left out. */
export const columnsOf = (by: Split, ofPeople: boolean): Measure[] => columns[by].filter((one) => !(ofPeople && ofLine.includes(one)))

export interface Group { code: string, measures: Measure[] }
/** The figures at the top: first in a group is the large one. */
export const figureGroups: Group[] = [
  { code: 'volume', measures: ['offered', 'answered', 'missed', 'outbound'] },
  { code: 'abandoned', measures: ['abandon_rate', 'abandoned', 'short_abandoned', 'overflowed'] },
  { code: 'service', measures: ['service_level', 'asa_seconds', 'longest_wait_seconds'] },
  { code: 'aht', measures: ['aht_seconds', 'talk_seconds_avg', 'hold_seconds_avg', 'wrap_up_seconds_avg'] },
  { code: 'work', measures: ['calls_per_person_day', 'over_long_share', 'occupancy'] },
]

/** Groups that say something of what was asked; figures that cannot be told are left out. */
export function groupsOf(totals: Figures, ofPeople: boolean): Group[] {
  return figureGroups
    .map((group) => ({ ...group, measures: group.measures.filter((one) => !(ofPeople && ofLine.includes(one))) }))
    .filter((group) => group.measures.some((one) => totals[one] !== null && totals[one] !== undefined))
}

const two = (n: number): string => String(n).padStart(2, '0')
/** 1:02:31, 2:05, or 12.3 below a minute; the unit stands in words beside. */
export function clocked(seconds: number): string {
  if (seconds < 60) return String(Math.round(seconds * 10) / 10)
  const whole = Math.round(seconds)
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}` : `${Math.floor(whole / 60)}:${two(whole % 60)}`
}
export const percented = (share: number): string => `${Math.round(share * 1000) / 10}`
export const counted = (n: number): string => String(Math.round(n * 10) / 10).replace(/\B(?=(\d{3})+(?!\d))/g, ',')

/** A table as CSV that a spreadsheet opens: figures bare, shares in per cent, text that looks like a formula defused. */
export function csvOf(head: string[], rows: readonly Row[], totals: Figures, total: string, measures: readonly Measure[]): string {
  const cell = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  const safe = (value: string): string => (/^[=+\-@\t]/.test(value) && value !== '-' ? `'${value}` : value)
  const figure = (measure: Measure, value: number | null | undefined): string => {
    if (value === null || value === undefined) return ''
    return formatOf(measure) === 'percent' ? `${percented(value)}%` : String(value)
  }
  const lines = [head, ...rows.map((row) => [safe(row.label), ...measures.map((one) => figure(one, row[one]))]), [total, ...measures.map((one) => figure(one, totals[one]))]]
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
