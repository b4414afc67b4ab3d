/**
 * Time as people at the desk say it. Pure: everything takes `now`; milliseconds in, words' parts out.
 * The meaning of a deadline is one of normal, soon (amber), late (red).
 */
export type Urgency = 'none' | 'normal' | 'soon' | 'late'
export interface Part { unit: 'day' | 'hour' | 'minute', n: number }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** What a limit is, as far as the one who shows it knows. `warn` is the moment of the first yellow card, `card` the worst that stands. */
export interface Deadline {
  due?: string | null
  warn?: string | null
  since?: string | null
  card?: string
  /** What a paused ticket waits for; "" while it runs. */
  paused?: string
  ended?: string | null
  /** A year on the way has no official table yet: the due time may be corrected. */
  provisional?: boolean
}

/** Soon: from the yellow card on; where none is planned, in the last fifth of the time given and in any case the last half hour. */
export function urgencyOf(due: string | null | undefined, since: string | null | undefined, now: number, warn?: string | null, card = ''): Urgency {
  if (!due) return 'none'
  const end = Date.parse(due)
  if (now >= end) return 'late'
  if (card === 'yellow') return 'soon'
  if (warn) return now >= Date.parse(warn) ? 'soon' : 'normal'
  const whole = since ? Math.max(0, end - Date.parse(since)) : 0
  return end - now <= Math.max(30 * minute, whole / 5) ? 'soon' : 'normal'
}

/** How it stands with a limit. `met` and `missed` are of what has ended, `over` without a limit to compare with. */
export type Standing = Urgency | 'paused' | 'met' | 'missed' | 'over'

export function standingOf(deadline: Deadline, now: number): Standing {
  const { due, ended, paused } = deadline
  if (ended) return due ? (Date.parse(ended) <= Date.parse(due) ? 'met' : 'missed') : 'over'
  return paused ? 'paused' : urgencyOf(due, deadline.since, now, deadline.warn, deadline.card)
}

interface Timed { state: string, received_at: string, required_end: string | null, actual_end: string | null, warn_at?: string | null, card?: string, paused_for?: string, stands?: boolean, provisional?: boolean }
interface TimedItem { arrived_at: string, due_at: string | null, warn_at?: string | null, stands?: boolean, provisional?: boolean }

/**
 * The limit of a ticket's row, or of the work item in it. What has ended is judged by the whole ticket's limit. A pause that does
 * not stop the limit leaves its time running.
 */
export function deadlineOf(row: Timed, item?: TimedItem | null): Deadline {
  const stands = (item?.due_at ? item.stands : row.stands) ?? true
  const paused = row.state === 'paused' && stands ? row.paused_for || 'other' : ''
  const base = { card: row.card ?? '', paused, ended: row.actual_end }
  if (item?.due_at && !row.actual_end) return { ...base, due: item.due_at, warn: item.warn_at, since: item.arrived_at, provisional: item.provisional ?? false }
  return { ...base, due: row.required_end, warn: item ? undefined : row.warn_at, since: row.received_at, provisional: !row.actual_end && (row.provisional ?? false) }
}

/** The limit that presses most: of the open work item that is due first, else of the whole ticket. */
export function soonestOf(row: Timed & { present: readonly TimedItem[] }): Deadline {
  const first = [...row.present].sort((a, b) => momentOf(a.due_at) - momentOf(b.due_at))[0]
  return deadlineOf(row, first && momentOf(first.due_at) <= momentOf(row.required_end) ? first : null)
}

/** Of a line about one work item: its own limit, or the whole ticket's where that presses more. Lists are in this order. */
export function pressingOf(row: Timed, item: TimedItem): Deadline {
  if (momentOf(item.due_at) <= momentOf(row.required_end)) return deadlineOf(row, item)
  return { ...deadlineOf(row), warn: undefined } // the line's own warning is the work item's
}

const momentOf = (iso: string | null): number => (iso ? Date.parse(iso) : Infinity)

/** At most two units, the larger first: 53 days, 2 days 4 hours, 3 hours 12 minutes, 15 minutes. Never less than a minute. */
export function spanParts(milliseconds: number): Part[] {
  const total = Math.max(minute, Math.abs(milliseconds))
  const days = Math.floor(total / day)
  const hours = Math.floor((total % day) / hour)
  const minutes = Math.floor((total % hour) / minute)
  if (days >= 30) return [{ unit: 'day', n: days }]
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

/** Hours, minutes and seconds to the second: 26:03:05, with a sign when negative. For figures that must visibly add up. */
export function exactSpan(seconds: number): string {
  const whole = Math.abs(Math.round(seconds))
  return `${seconds < 0 ? '−' : ''}${Math.floor(whole / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
}

export const clockOf = (at: Date): string => `${two(at.getHours())}:${two(at.getMinutes())}`
export const exactClockOf = (at: Date): string => `${clockOf(at)}:${two(at.getSeconds())}`
export const monthDayOf = (at: Date): string => `${two(at.getMonth() + 1)}-${two(at.getDate())}`
export const dateOf = (at: Date): string => `${at.getFullYear()}-${monthDayOf(at)}`
