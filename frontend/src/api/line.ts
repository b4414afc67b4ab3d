/** The measures of the line (话务统计): what is asked, and the calls behind each number. Rates 0 to 1, times in seconds, null: not to be told. */
import { get } from './http'
import type { Page } from './paged'
import type { CallRow, PhoneNumber } from './phone'

export const measureNames = [
  'offered', 'answered', 'abandoned', 'short_abandoned', 'overflowed', 'waiting', 'missed', 'handled', 'abandon_rate', 'asa_seconds', 'longest_wait_seconds',
  'service_level', 'service_level_offered', 'service_level_answered', 'service_seconds', 'aht_seconds', 'talk_seconds_avg', 'hold_seconds_avg', 'wrap_up_seconds_avg',
  'over_long_share', 'long_seconds', 'outbound', 'outbound_answered', 'occupancy', 'worked_seconds', 'staffed_seconds', 'person_days', 'calls_per_person_day', 'daily_target',
] as const
export type Measure = (typeof measureNames)[number]
export type Figures = Partial<Record<Measure, number | null>>
export type Row = Figures & { key: string, label: string }
export const splits = ['hour', 'day', 'queue', 'person'] as const
export type Split = (typeof splits)[number]

/** `from` and `to` are local days (YYYY-MM-DD), both counted; queue "-" is what stood in none. */
export interface Question { from: string, to: string, by: Split, queue?: string, staff?: number, department?: number }
export interface Answer { from: string, to: string, by: Split | 'none', totals: Figures, rows: Row[] }
export type Behind = Omit<Question, 'by'> & { measure: string, hour?: number }
export type { CallRow, PhoneNumber }

export const askLine = (question: Question, signal?: AbortSignal): Promise<Answer> => get('/line/measures', { ...question }, signal)
export const callsBehind = (behind: Behind, after: string | null, limit: number): Promise<Page<CallRow>> => get('/line/measures/calls', { ...behind, after, limit })
