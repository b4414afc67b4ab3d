/** What a chart draws: the very numbers of the table, in series that mean something. Pure, without words and colours. */
import type { Measure, Row, Split } from '@/api/line'
import { formatOf, type Format } from './measures'

export const topics = ['volume', 'service', 'abandon', 'speed', 'aht', 'long', 'occupancy', 'per_day'] as const
export type Topic = (typeof topics)[number]
/** Tones by meaning: plain ones are shades of ink; late is what went wrong. */
export type Tone = 'first' | 'second' | 'third' | 'late' | 'soon'
export interface Series { measure: Measure, kind: 'bar' | 'line', stacked: boolean, tone: Tone, values: (number | null)[] }
export interface Drawing { topic: Topic, format: Format, keys: string[], labels: string[], series: Series[], target: number | null, band: [number, number] | null }

interface Plan { series: [Measure, Tone][], people?: [Measure, Tone][], stacked?: boolean, kind?: 'line' }
const plans: Record<Topic, Plan> = {
  volume: { series: [['answered', 'first'], ['abandoned', 'late'], ['short_abandoned', 'second'], ['overflowed', 'soon']], people: [['handled', 'first'], ['missed', 'late']], stacked: true },
  service: { series: [['service_level', 'first']] },
  abandon: { series: [['abandon_rate', 'late']] },
  speed: { series: [['asa_seconds', 'first'], ['longest_wait_seconds', 'third']], kind: 'line' },
  aht: { series: [['talk_seconds_avg', 'first'], ['hold_seconds_avg', 'third'], ['wrap_up_seconds_avg', 'second']], stacked: true },
  long: { series: [['over_long_share', 'first']] },
  occupancy: { series: [['occupancy', 'first']] },
  per_day: { series: [['calls_per_person_day', 'first']] },
}
/** 69 to 74 % is the healthy band of occupancy. */
const healthy: [number, number] = [0.69, 0.74]

const valueOf = (row: Row, measure: Measure): number | null => row[measure] ?? null

/** People by how many they took, queues by how many came; hours and days as they come. */
export function ordered(rows: readonly Row[], by: Split): Row[] {
  if (by === 'hour' || by === 'day') return [...rows]
  const size = (row: Row): number => (by === 'person' ? row.handled : row.offered) ?? 0
  return [...rows].sort((a, b) => size(b) - size(a) || a.label.localeCompare(b.label, 'zh'))
}

/** What is asked for is drawn in full: every hour from the first to the last with calls, so that gaps show. */
export function filled(rows: readonly Row[], by: Split): Row[] {
  if (by !== 'hour' || rows.length === 0) return [...rows]
  const known = new Map(rows.map((row) => [Number(row.key), row]))
  const hours = [...known.keys()]
  const [first, last] = [Math.min(...hours), Math.max(...hours)]
  return Array.from({ length: last - first + 1 }, (_, at) => known.get(first + at) ?? { key: String(first + at).padStart(2, '0'), label: `${String(first + at).padStart(2, '0')}:00` })
}

/** One topic's drawing; null where nothing of it can be told. `ofPeople`: what nobody took is not theirs. */
export function drawingOf(rows: readonly Row[], by: Split, topic: Topic, ofPeople: boolean, dailyTarget: number | null): Drawing | null {
  const plan = plans[topic]
  const shown = filled(rows, by)
  const wanted = (ofPeople || by === 'person') && plan.people ? plan.people : plan.series
  const series = wanted
    .map(([measure, tone]): Series => ({ measure, tone, kind: plan.kind && by !== 'queue' && by !== 'person' ? plan.kind : 'bar', stacked: plan.stacked ?? false, values: shown.map((row) => valueOf(row, measure)) }))
    .filter((one) => one.values.some((value) => value !== null))
  if (series.length === 0) return null
  return {
    topic, format: formatOf(series[0]!.measure), keys: shown.map((row) => row.key), labels: shown.map((row) => row.label), series,
    target: topic === 'per_day' ? dailyTarget : null, band: topic === 'occupancy' ? healthy : null,
  }
}

/** The topics that can be drawn of these rows, in their order. */
export const topicsOf = (rows: readonly Row[], by: Split, ofPeople: boolean): Topic[] => topics.filter((one) => drawingOf(rows, by, one, ofPeople, null) !== null)
