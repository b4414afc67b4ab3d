/**
 * Hours of a day as minutes from its midnight. An interval over midnight ends after 1440 and belongs to the day it begins on.
 * Text is "09:00-12:00 13:30-18:00"; reading it forgives "9-12", full-width signs, commas and 、.
 */
import type { Interval } from '@/api/calendars'

export interface Stretch { start: number, end: number }

export const day = 1440
const two = (n: number): string => String(n).padStart(2, '0')

/** 570 → "09:30"; 1440 → "24:00"; what lies on the next day is named by its own clock. */
export function clock(minutes: number): string {
  const within = minutes > day ? minutes - day : minutes
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`
}

function minutesOf(text: string): number | null {
  const match = /^(\d{1,2})(?::(\d{1,2}))?$/.exec(text)
  if (!match) return null
  const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0)
  return Number(match[2] ?? 0) < 60 && minutes <= day ? minutes : null
}

function stretch(start: number, end: number): Stretch {
  return { start, end: end <= start ? end + day : end }
}

export const stretchesOf = (hours: readonly Interval[]): Stretch[] =>
  hours.map(([start, end]) => stretch(minutesOf(start) ?? 0, minutesOf(end) ?? 0))

export const hoursOf = (stretches: readonly Stretch[]): Interval[] =>
  [...stretches].sort((a, b) => a.start - b.start).map((one) => [clock(one.start), clock(one.end)])

/** What was typed as hours; null when it cannot be read. Nothing typed is a day without hours. */
export function readHours(text: string): Interval[] | null {
  const plain = text.normalize('NFKC').replace(/[~–—至到]/g, '-').replace(/\s*-\s*/g, '-').trim()
  const found: Stretch[] = []
  for (const part of plain.split(/[\s,;、。]+/).filter(Boolean)) {
    const [start, end, more] = part.split('-').map(minutesOf)
    if (start === undefined || start === null || end === undefined || end === null || more !== undefined || start === day) return null
    found.push(stretch(start, end))
  }
  return hoursOf(found)
}

export const hoursText = (hours: readonly Interval[]): string => hours.map(([start, end]) => `${start}–${end}`).join(' ')

export const minutesIn = (hours: readonly Interval[]): number => stretchesOf(hours).reduce((sum, one) => sum + one.end - one.start, 0)

/** Length of the commonest weekday that has hours; 0 when none has. */
export function commonestDay(week: readonly Interval[][]): number {
  const counted = new Map<number, number>()
  for (const minutes of week.map(minutesIn)) if (minutes > 0) counted.set(minutes, (counted.get(minutes) ?? 0) + 1)
  return [...counted].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/** What a night on `at` covers of the day after, which shows on that day as taken. */
export const fromTheDayBefore = (week: readonly Interval[][], at: number): Stretch[] =>
  stretchesOf(week[(at + 6) % 7] ?? []).filter((one) => one.end > day).map((one) => ({ start: 0, end: one.end - day }))

export interface DayRun { from: number, to: number, hours: Interval[] }

/** Neighbouring weekdays with the same hours said once; days without hours are left out. */
export function weekRuns(week: readonly Interval[][]): DayRun[] {
  const runs: DayRun[] = []
  week.forEach((hours, at) => {
    const last = runs.at(-1)
    if (last && last.to === at - 1 && JSON.stringify(last.hours) === JSON.stringify(hours)) last.to = at
    else if (hours.length > 0) runs.push({ from: at, to: at, hours: [...hours] })
  })
  return runs
}
