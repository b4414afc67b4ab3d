/** Moving, stretching and adding stretches on a drawn day. They never cross each other; an edge stops at its neighbour. */
import { day, type Stretch } from './hours'

export type Grip = 'start' | 'end' | 'whole'
export const step = 15

export const snap = (minutes: number, to = step): number => Math.round(minutes / to) * to

/** How far a stretch may reach: the neighbours' edges; the last may run over midnight into the next day, never 24 hours or more. */
function roomOf(all: readonly Stretch[], at: number): { low: number, high: number } {
  const mine = all[at] as Stretch
  const before = all.filter((one, index) => index !== at && one.start < mine.start).map((one) => one.end)
  const after = all.filter((one, index) => index !== at && one.start > mine.start).map((one) => one.start)
  return { low: Math.max(0, ...before), high: Math.min(2 * day, ...after) }
}

const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/** A begin that is also the end would be empty, so only 00:00–24:00 has all 24 hours. */
const longest = (start: number): number => (start === 0 ? day : day - step)

/** The stretches with one of them dragged by `by` minutes at its grip. */
export function moved(all: readonly Stretch[], at: number, grip: Grip, by: number): Stretch[] {
  const mine = all[at]
  if (!mine) return [...all]
  const { low, high } = roomOf(all, at)
  const length = mine.end - mine.start
  const fresh = { ...mine }
  if (grip === 'start') fresh.start = between(mine.start + by, Math.max(low, mine.end - longest(mine.end - day)), Math.min(day, mine.end) - step)
  else if (grip === 'end') fresh.end = between(mine.end + by, mine.start + step, Math.min(high, mine.start + longest(mine.start)))
  else {
    fresh.start = between(mine.start + by, low, Math.min(day - step, high - length))
    fresh.end = fresh.start + length
  }
  return all.map((one, index) => (index === at ? fresh : one))
}

/** A new stretch drawn from one minute to another, cut to the free room around where it began; null where there is none. */
export function drawn(all: readonly Stretch[], from: number, to: number): Stretch | null {
  if (all.some((one) => one.start <= from && from < one.end)) return null
  const low = Math.max(0, ...all.filter((one) => one.end <= from).map((one) => one.end))
  const high = Math.min(day, ...all.filter((one) => one.start > from).map((one) => one.start))
  const start = between(snap(Math.min(from, to)), low, high)
  const end = between(snap(Math.max(from, to)), low, high)
  return end - start >= step ? { start, end } : null
}

/** Where a stretch that is added by key goes: an ordinary morning or afternoon if free, else the largest gap's beginning. */
export function freeStretch(all: readonly Stretch[]): Stretch | null {
  const usual = [{ start: 540, end: 720 }, { start: 810, end: 1080 }]
  const free = usual.find((one) => all.every((other) => other.end <= one.start || other.start >= one.end))
  if (free) return free
  const sorted = [...all].sort((a, b) => a.start - b.start)
  const gaps = [...sorted.map((one, at) => ({ start: one.end, end: sorted[at + 1]?.start ?? day })), { start: 0, end: sorted[0]?.start ?? day }]
  const widest = gaps.sort((a, b) => b.end - b.start - (a.end - a.start))[0]
  if (!widest || widest.end - widest.start < step) return null
  return { start: widest.start, end: Math.min(widest.end, widest.start + 180) }
}
