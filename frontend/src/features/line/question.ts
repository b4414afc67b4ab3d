/** The question in the address: which days, split how, of whom. Pure; days are the reader's own. */
import { splits, type Behind, type Question, type Split } from '@/api/line'
import { dateOf } from '@/lib/time'

export const presets = ['today', 'yesterday', 'week', 'month', 'last_month'] as const
export type Preset = (typeof presets)[number]
export interface Days { from: string, to: string }

const plus = (date: Date, days: number): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days)

/** The days a preset means: week is the last seven with today, month from its first day to today. */
export function daysOf(preset: Preset, now: Date): Days {
  const today = plus(now, 0)
  const first = new Date(now.getFullYear(), now.getMonth(), 1)
  const [from, to] = {
    today: [today, today], yesterday: [plus(today, -1), plus(today, -1)], week: [plus(today, -6), today], month: [first, today],
    last_month: [new Date(now.getFullYear(), now.getMonth() - 1, 1), plus(first, -1)],
  }[preset] as [Date, Date]
  return { from: dateOf(from), to: dateOf(to) }
}

export const presetOf = (days: Days, now: Date): Preset | null => presets.find((one) => {
  const meant = daysOf(one, now)
  return meant.from === days.from && meant.to === days.to
}) ?? null

type Query = Record<string, unknown>
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))
const identity = (value: unknown): number | undefined => (/^[1-9]\d{0,17}$/.test(text(value)) ? Number(value) : undefined)

/** What the address asks; today by hour when it asks nothing. Of several days by day. */
export function questionOf(query: Query, now: Date): Question {
  const asked = { from: text(query.from), to: text(query.to) }
  const days = isDay(asked.from) && isDay(asked.to) && asked.from <= asked.to ? asked : daysOf('today', now)
  const by = splits.find((one) => one === query.by) ?? (days.from === days.to ? 'hour' : 'day')
  const queue = text(query.queue) || undefined
  return { ...days, by, queue, staff: identity(query.staff), department: identity(query.department) }
}

/** The question of one number: that of its row, narrowed to the row. */
export function behindOf({ by, ...rest }: Question, measure: string, key: string | null): Behind {
  const behind: Behind = { ...rest, measure }
  if (key === null) return behind
  const narrowed: Record<Split, Partial<Behind>> = { hour: { hour: Number(key) }, day: { from: key, to: key }, queue: { queue: key }, person: { staff: Number(key) } }
  return { ...behind, ...narrowed[by] }
}
