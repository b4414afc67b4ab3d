/** A year as months and weeks of ISO dates, and how keys walk through it. No time zone takes part: a date is a name. */

const two = (n: number): string => String(n).padStart(2, '0')
const at = (date: string): Date => new Date(`${date}T00:00:00Z`)

export const isoDate = (year: number, month: number, date: number): string => `${year}-${two(month)}-${two(date)}`
export const shifted = (date: string, days: number): string => new Date(at(date).getTime() + days * 86_400_000).toISOString().slice(0, 10)
/** 0 is Monday. */
export const weekdayOf = (date: string): number => (at(date).getUTCDay() + 6) % 7
export const monthOf = (date: string): number => Number(date.slice(5, 7))
export const dateOf = (date: string): number => Number(date.slice(8, 10))
export const yearOf = (date: string): number => Number(date.slice(0, 4))
const lastOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The weeks of a month from Monday; days of other months are null. Always six, so that nothing jumps. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const before = weekdayOf(isoDate(year, month, 1))
  const last = lastOf(year, month)
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_unused, weekday) => {
    const date = week * 7 + weekday - before + 1
    return date >= 1 && date <= last ? isoDate(year, month, date) : null
  }))
}

/** The day a key leads to, kept within the year; null when the key does not walk. */
export function walked(date: string, key: string): string | null {
  const target = step(date, key)
  if (target === null) return null
  const year = yearOf(date)
  if (target < isoDate(year, 1, 1)) return isoDate(year, 1, 1)
  return target > isoDate(year, 12, 31) ? isoDate(year, 12, 31) : target
}

function step(date: string, key: string): string | null {
  if (key === 'ArrowLeft') return shifted(date, -1)
  if (key === 'ArrowRight') return shifted(date, 1)
  if (key === 'ArrowUp') return shifted(date, -7)
  if (key === 'ArrowDown') return shifted(date, 7)
  if (key === 'Home') return shifted(date, -weekdayOf(date))
  if (key === 'End') return shifted(date, 6 - weekdayOf(date))
  if (key === 'PageUp') return monthAway(date, -1)
  if (key === 'PageDown') return monthAway(date, 1)
  return null
}

function monthAway(date: string, by: number): string {
  const year = yearOf(date)
  const month = monthOf(date) + by
  if (month < 1) return isoDate(year, 1, 1)
  if (month > 12) return isoDate(year, 12, 31)
  return isoDate(year, month, Math.min(dateOf(date), lastOf(year, month)))
}

export interface Range { from: string, to: string }
export const rangeOf = (one: string, other: string): Range => (one <= other ? { from: one, to: other } : { from: other, to: one })
export const within = (range: Range | null, date: string): boolean => range !== null && range.from <= date && date <= range.to
export const daysIn = (range: Range): number => Math.round((at(range.to).getTime() - at(range.from).getTime()) / 86_400_000) + 1
