/**
 * A clock's receipt made ready for the eye: stretches and marks on a bar of real time, lines with running sums. Pure.
 * Everything is cut by counted seconds, not by moments, so that it holds while a clock stands still and has no due time.
 */
import type { Clock, Span, Stage, Sums } from '@/api/clocks'

export type Tone = 'normal' | 'soon' | 'late'
export type StretchKind = 'counted' | 'outside' | 'paused' | 'open'
/** `left` and `width` are per cent of the bar; `coming` lies in the future. */
export interface Stretch { kind: StretchKind, tone: Tone, coming: boolean, why: string, start: number, end: number, left: number, width: number }
export interface Mark { kind: Stage['kind'] | 'now' | 'stopped', at: number, left: number, fired: boolean }
export interface Tick { at: number, left: number, day: boolean }
export interface Drawing { start: number, end: number, stretches: Stretch[], marks: Mark[], ticks: Tick[] }

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const kindOf = (span: Span): StretchKind => (span.counted ? 'counted' : span.why === 'paused' ? 'paused' : 'outside')
const yellowAfter = (clock: Clock): number => Math.min(clock.limit, ...clock.stages.filter((one) => one.kind === 'yellow').map((one) => one.after))

/** A clock that stands still is due nobody knows when. */
export const dueOf = (clock: Pick<Clock, 'state' | 'due_at'>): string | null => (clock.state === 'paused' ? null : clock.due_at)

/** The moment the bar ends with what it must show: now or the stop, the limit, and the next step where that is not far away. */
function endOf(clock: Clock, start: number, now: number): number {
  const must = Math.max(clock.stopped_at ? Date.parse(clock.stopped_at) : now, Date.parse(dueOf(clock) ?? '') || 0, start + minute)
  const next = clock.stages.find((one) => !one.fired && one.at !== null && Date.parse(one.at) > must)
  const step = next?.at ? Date.parse(next.at) : must
  return step - start <= 1.6 * (must - start) ? step : must
}

interface Piece { kind: StretchKind, tone: Tone, why: string, start: number, end: number }

/** A span in pieces, cut where the yellow card and where the limit was reached. */
function piecesOf(span: Span, before: number, yellow: number, limit: number): Piece[] {
  const start = Date.parse(span.start)
  const end = Date.parse(span.end)
  const kind = kindOf(span)
  if (!span.counted) return [{ kind, tone: 'normal', why: span.why, start, end }]
  const cuts = [yellow, limit].map((after) => start + (after - before) * 1000).filter((cut) => cut > start && cut < end)
  const edges = [start, ...new Set(cuts), end]
  return edges.slice(1).map((to, index) => {
    const from = edges[index]!
    const counted = before + (from - start) / 1000
    return { kind, tone: counted >= limit ? 'late' : counted >= yellow ? 'soon' : 'normal', why: span.why, start: from, end: to }
  })
}

function pieces(clock: Clock, now: number, end: number): Piece[] {
  const found: Piece[] = []
  let counted = earlierOf(clock).counted
  for (const span of [...clock.spans, ...(clock.to_due?.spans ?? [])]) {
    found.push(...piecesOf(span, counted, yellowAfter(clock), clock.limit))
    if (span.counted) counted += span.seconds
  }
  const open = Math.max(found.at(-1)?.end ?? 0, clock.stopped_at ? Date.parse(clock.stopped_at) : now)
  if (end > open) found.push({ kind: clock.stopped_at ? 'outside' : 'open', tone: 'normal', why: clock.stopped_at ? 'stopped' : 'coming', start: open, end })
  return found
}

export function drawingOf(clock: Clock, now: number): Drawing {
  const start = Date.parse(clock.started_at)
  const end = endOf(clock, start, now)
  const whole = Math.floor(now / 1000) * 1000
  const percent = (at: number): number => ((Math.min(Math.max(at, start), end) - start) / (end - start)) * 100
  const stretches = pieces(clock, now, end).map((one) => ({ ...one, coming: one.start >= whole, left: percent(one.start), width: percent(one.end) - percent(one.start) }))
  const marks: Mark[] = clock.stages.flatMap((one): Mark[] => {
    const at = one.at ? Date.parse(one.at) : NaN
    return at >= start && at <= end ? [{ kind: one.kind, at, left: percent(at), fired: one.fired }] : []
  })
  // A card says what the step at the same moment would hide.
  for (const card of marks.filter((one) => one.kind !== 'step')) drop(marks, (one) => one.kind === 'step' && one.at === card.at)
  if (clock.stopped_at) marks.push({ kind: 'stopped', at: Date.parse(clock.stopped_at), left: percent(Date.parse(clock.stopped_at)), fired: true })
  else if (now >= start && now <= end) marks.push({ kind: 'now', at: now, left: percent(now), fired: true })
  return { start, end, stretches, marks, ticks: ticksOf(start, end).map((one) => ({ ...one, left: percent(one.at) })) }
}

function drop<T>(list: T[], when: (one: T) => boolean): void {
  for (let at = list.length - 1; at >= 0; at--) if (when(list[at]!)) list.splice(at, 1)
}

const steps = [5 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 7 * day, 14 * day, 30 * day, 90 * day, 365 * day]

/** At most seven moments on the clock's round figures, counted from the reader's midnight. */
export function ticksOf(start: number, end: number, most = 7): Omit<Tick, 'left'>[] {
  const step = steps.find((one) => (end - start) / one <= most) ?? (end - start) / most
  const first = new Date(start)
  const midnight = new Date(first.getFullYear(), first.getMonth(), first.getDate()).getTime()
  const found: Omit<Tick, 'left'>[] = []
  for (let at = midnight + Math.ceil((start - midnight) / step) * step; at < end; at += step) found.push({ at, day: step >= day || isMidnight(at) })
  return found
}

function isMidnight(at: number): boolean {
  const moment = new Date(at)
  return moment.getHours() === 0 && moment.getMinutes() === 0
}

/** One line of the receipt; `sum` is what was counted up to and with this line. */
export interface Line { start: string, end: string, kind: Exclude<StretchKind, 'open'>, why: string, seconds: number, sum: number }

/** The intervals line by line, with the running sum of what counts. */
export function linesOf(clock: Clock): Line[] {
  let sum = earlierOf(clock).counted
  return clock.spans.map((span) => {
    if (span.counted) sum += span.seconds
    return { start: span.start, end: span.end, kind: kindOf(span) as Line['kind'], why: span.why, seconds: span.seconds, sum }
  })
}

/** What lies before the first line of a receipt that is too long to be sent whole; zeros otherwise. */
export function earlierOf(clock: Pick<Clock, 'spans' | 'sums'>): Sums {
  const of = (kind: StretchKind): number => clock.spans.filter((one) => kindOf(one) === kind).reduce((sum, one) => sum + one.seconds, 0)
  const { sums } = clock
  const counted = sums.counted - of('counted'), outside = sums.outside - of('outside'), paused = sums.paused - of('paused')
  return { counted, outside, paused, whole: counted + outside + paused }
}

/** A long receipt shows its beginning and its end; `hidden` is how many lie between. */
export function folded<T>(lines: readonly T[], head = 3, tail = 7): { first: T[], hidden: number, last: T[] } {
  if (lines.length <= head + tail + 1) return { first: [...lines], hidden: 0, last: [] }
  return { first: lines.slice(0, head), hidden: lines.length - head - tail, last: lines.slice(-tail) }
}

/** Tenths of a per cent that add up to exactly 100.0: the largest remainders are rounded up. */
export function percentsOf(parts: readonly number[]): number[] {
  const whole = parts.reduce((sum, one) => sum + one, 0)
  if (whole <= 0) return parts.map(() => 0)
  const exact = parts.map((one) => (one / whole) * 1000)
  const found = exact.map(Math.floor)
  const missing = 1000 - found.reduce((sum, one) => sum + one, 0)
  const order = exact.map((one, index) => ({ index, rest: one - Math.floor(one) })).sort((a, b) => b.rest - a.rest)
  for (const { index } of order.slice(0, missing)) found[index]! += 1
  return found.map((one) => one / 10)
}

/** The stage that comes next, and how each stands. */
export function nextStage(clock: Clock): number {
  return clock.state === 'running' || clock.state === 'paused' ? clock.stages.findIndex((one) => !one.fired) : -1
}
