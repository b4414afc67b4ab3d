/**
 * Time as people at the desk say it. Pure: everything takes `now`; milliseconds in, words' parts out.
 * The meaning of a deadline is one of normal, soon (amber), late (red).
 */
export type Urgency = 'none' | 'normal' | 'soon' | 'late'
export interface Part { unit: 'day' | 'hour' | 'minute', n: number }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Soon: in the last fifth of the time given, and in any case in the last half hour. */
export function urgencyOf(due: string | null | undefined, since: string | null | undefined, now: number): Urgency {
  if (!due) return 'none'
  const end = Date.parse(due)
  if (now >= end) return 'late'
  const whole = since ? Math.max(0, end - Date.parse(since)) : 0
  return end - now <= Math.max(30 * minute, whole / 5) ? 'soon' : 'normal'
}

/** At most two units, the larger first: 2 days 4 hours, 3 hours 12 minutes, 15 minutes. Never less than a minute. */
export function spanParts(milliseconds: number): Part[] {
  const total = Math.max(minute, Math.abs(milliseconds))
  const days = Math.floor(total / day)
  const hours = Math.floor((total % day) / hour)
  const minutes = Math.floor((total % hour) / minute)
  if (days > 0) return parts([{ unit: 'day', n: days }, { unit: 'hour', n: hours }])
  return parts([{ unit: 'hour', n: hours }, { unit: 'minute', n: minutes }])
}

const parts = (all: Part[]): Part[] => all.filter((part) => part.n > 0)

export type DayWord = 'today' | 'yesterday' | 'tomorrow' | 'this_year' | 'other'

/** Which way to name a day, seen from `now`, in the reader's own time zone. */
export function dayWord(at: Date, now: Date): DayWord {
  const distance = Math.round((startOf(at).getTime() - startOf(now).getTime()) / day)
  if (distance === 0) return 'today'
  if (distance === -1) return 'yesterday'
  if (distance === 1) return 'tomorrow'
  return at.getFullYear() === now.getFullYear() ? 'this_year' : 'other'
}

const startOf = (date: Date): Date => new Date(date.getFullYear(), date.getMonth(), date.getDate())
const two = (n: number): string => String(n).padStart(2, '0')

export const clockOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`
export const monthDayOf = (at: Date): string => `${two(at.getMonth() + 1)}-${two(at.getDate())}`
export const dateOf = (at: Date): string => `${at.getFullYear()}-${monthDayOf(at)}`
