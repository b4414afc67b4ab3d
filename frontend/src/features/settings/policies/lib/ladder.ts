/**
 * The steps of one limit along its time: the start, yellow cards, the limit with its red card, and what escalates.
 * Moments are minutes from the start, in the limit's own time. Pure.
 */
import type { CalendarChoice, LeadUnit, Limit, Rung } from '@/api/policies'

type Timed = Pick<Limit, 'amount' | 'unit' | 'working' | 'yellow' | 'ladder'>

/** `at` is the index of a yellow lead or of a rung where it stands in the limit. */
export interface Step { kind: 'start' | 'yellow' | 'red' | 'rung', at: number, minute: number }

const plainDay = 24 * 60
const usualDay = 8 * 60

/** Minutes of one day of a limit. A working day is the commonest among the calendar's weekdays. */
export function dayMinutesOf(working: boolean, calendar: Pick<CalendarChoice, 'week'> | null): number {
  if (!working) return plainDay
  const lengths = (calendar?.week ?? []).map((day) => day.reduce((sum, [start, end]) => sum + span(start, end), 0)).filter((length) => length > 0)
  const counted = new Map<number, number>()
  for (const length of lengths) counted.set(length, (counted.get(length) ?? 0) + 1)
  return [...counted].sort(([, a], [, b]) => b - a)[0]?.[0] ?? usualDay
}

function span(start: string, end: string): number {
  const length = minuteOf(end) - minuteOf(start)
  return length > 0 ? length : length + plainDay
}
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** How many minutes an amount is; per cent are of the limit. */
export function minutesOf(amount: number, unit: LeadUnit, limit: Pick<Limit, 'amount' | 'unit'>, day: number): number {
  if (unit === 'percent') return (amount / 100) * minutesOf(limit.amount, limit.unit, limit, day)
  return amount * { minutes: 1, hours: 60, days: day }[unit]
}

export function rungMinute(rung: Pick<Rung, 'when' | 'amount' | 'unit'>, limit: Pick<Limit, 'amount' | 'unit'>, day: number): number {
  const end = minutesOf(limit.amount, limit.unit, limit, day)
  if (rung.when === 'at') return end
  const distance = minutesOf(rung.amount, rung.unit, limit, day)
  return rung.when === 'before' ? end - distance : end + distance
}

export const byMoment = (limit: Pick<Limit, 'amount' | 'unit'>, day: number) => (a: Rung, b: Rung): number => rungMinute(a, limit, day) - rungMinute(b, limit, day)

// At one moment: a card first, then what follows from it.
const rank = { start: 0, yellow: 1, red: 2, rung: 3 }

/** Every step in the order in which it happens. */
export function stepsOf(limit: Timed, day: number): Step[] {
  const end = minutesOf(limit.amount, limit.unit, limit, day)
  const steps: Step[] = [
    { kind: 'start', at: 0, minute: 0 },
    ...limit.yellow.map((lead, at) => ({ kind: 'yellow' as const, at, minute: end - minutesOf(lead.amount, lead.unit, limit, day) })),
    { kind: 'red', at: 0, minute: end },
    ...limit.ladder.map((rung, at) => ({ kind: 'rung' as const, at, minute: rungMinute(rung, limit, day) })),
  ]
  return steps.sort((a, b) => a.minute - b.minute || rank[a.kind] - rank[b.kind] || a.at - b.at)
}

/**
 * Where each moment stands on a line from 0 to 100: as far apart as they are in time, but never nearer than `gap`,
 * so that half an hour before two days can still be seen. Moments come in order; equal ones share their place.
 */
export function places(minutes: readonly number[], gap = 6): number[] {
  const first = minutes[0] ?? 0
  const whole = (minutes.at(-1) ?? first) - first
  const distances = minutes.map((minute, at) => (at === 0 ? 0 : minute - minutes[at - 1]!))
  const apart = distances.filter((distance) => distance > 0).length
  if (apart === 0) return minutes.map(() => 0)
  const least = Math.min(gap, 100 / apart)
  const free = 100 - least * apart
  let place = 0
  return distances.map((distance) => {
    if (distance > 0) place += least + (free * distance) / whole
    return Math.min(100, place)
  })
}
