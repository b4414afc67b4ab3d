import { beforeAll, describe, expect, it } from 'vitest'
import type { Clock, Span } from '@/api/clocks'
import { speak } from '@/lib/i18n'
import { allowedWords } from '../page/verbs/extension'
import { drawingOf, earlierOf, folded, linesOf, nextStage, percentsOf, ticksOf } from './receipt'

const start = Date.parse('2026-11-20T01:00:00Z')
const iso = (hours: number): string => new Date(start + hours * 3_600_000).toISOString()
const span = (from: number, to: number, counted: boolean, why: string): Span => ({ start: iso(from), end: iso(to), counted, why, seconds: (to - from) * 3600 })

/** Three hours counted, a night of fourteen, one more hour, one hour paused, half an hour; a limit of eight, yellow after four. */
const spans = [span(0, 3, true, 'hours'), span(3, 17, false, 'outside'), span(17, 18, true, 'hours'), span(18, 19, false, 'paused'), span(19, 19.5, true, 'hours')]
const clock = (more: Partial<Clock> = {}): Clock => ({
  id: 1, kind: 'node', node: 'verify', node_title: '核实', state: 'running', started_at: iso(0), due_at: iso(23), warn_at: iso(18), limit: 8 * 3600, first_limit: 8 * 3600,
  used: 4.5 * 3600, remaining: 3.5 * 3600, counting_now: true, breached_at: null, stopped_at: null, provisional: false, calendar: null, policy: null,
  stages: [{ at: iso(18), after: 4 * 3600, kind: 'yellow', do: [], fired: true }, { at: iso(23), after: 8 * 3600, kind: 'red', do: [], fired: false }, { at: iso(400), after: 99 * 3600, kind: 'step', do: [], fired: false }],
  spans, sums: { counted: 16_200, outside: 50_400, paused: 3600, whole: 70_200 },
  to_due: { spans: [span(19.5, 23, true, 'hours')], sums: { counted: 28_800, outside: 50_400, paused: 3600, whole: 82_800 } }, ...more,
})
const now = start + 19.5 * 3_600_000

describe('the receipt’s lines', () => {
  it('carry a running sum that ends at what was used', () => {
    expect(linesOf(clock()).map((one) => one.sum / 3600)).toEqual([3, 3, 4, 4, 4.5])
    expect(linesOf(clock()).map((one) => one.kind)).toEqual(['counted', 'outside', 'counted', 'paused', 'counted'])
  })
  it('begin with what lies before them when the beginning is missing', () => {
    const cut = clock({ spans: spans.slice(2) })
    expect(earlierOf(cut)).toEqual({ counted: 10_800, outside: 50_400, paused: 0, whole: 61_200 })
    expect(linesOf(cut).at(-1)?.sum).toBe(16_200)
    expect(earlierOf(clock())).toEqual({ counted: 0, outside: 0, paused: 0, whole: 0 })
  })
  it('fold in the middle only when that saves something', () => {
    expect(folded([1, 2, 3, 4], 1, 2).hidden).toBe(0)
    expect(folded([1, 2, 3, 4, 5], 1, 2)).toEqual({ first: [1], hidden: 2, last: [4, 5] })
  })
})

describe('the drawing', () => {
  it('covers the bar without gap or overlap', () => {
    const { stretches, start: from, end } = drawingOf(clock(), now)
    expect([stretches[0]!.start, stretches.at(-1)!.end]).toEqual([from, end])
    for (const [index, one] of stretches.slice(1).entries()) expect(one.start).toBe(stretches[index]!.end)
    expect(stretches.reduce((sum, one) => sum + one.width, 0)).toBeCloseTo(100, 6)
  })
  it('turns amber where the yellow card and red where the limit was reached', () => {
    const tones = (one: Clock, at: number) => drawingOf(one, at).stretches.filter((each) => each.kind === 'counted').map((each) => each.tone)
    expect(tones(clock(), now)).toEqual(['normal', 'normal', 'soon', 'soon'])
    const late = clock({ spans: [...spans, span(19.5, 25, true, 'hours')], sums: { counted: 36_000, outside: 50_400, paused: 3600, whole: 90_000 }, to_due: null })
    expect(tones(late, start + 25 * 3_600_000)).toEqual(['normal', 'normal', 'soon', 'soon', 'late'])
  })
  it('knows what is still to come', () => expect(drawingOf(clock(), now).stretches.filter((one) => one.coming).map((one) => one.why)).toEqual(['hours']))
  it('leaves out a step that is far away, and marks the rest in order', () => {
    expect(drawingOf(clock(), now).marks.map((one) => one.kind)).toEqual(['yellow', 'red', 'now'])
  })
  it('shows a clock that stands still up to now, with what it cannot know left open', () => {
    const still = clock({ state: 'paused', to_due: null, stages: clock().stages.map((one) => ({ ...one, at: one.fired ? one.at : null })) })
    const { end, marks } = drawingOf(still, now)
    expect(end).toBe(now)
    expect(marks.map((one) => one.kind)).toEqual(['yellow', 'now'])
  })
  it('of one that stopped ends at its limit or its stop, with no now', () => {
    const done = clock({ state: 'met', stopped_at: iso(19.5), to_due: null })
    expect(drawingOf(done, start + 900 * 3_600_000)).toMatchObject({ end: start + 23 * 3_600_000 })
    expect(drawingOf(done, now).marks.map((one) => one.kind)).toEqual(['yellow', 'red', 'stopped'])
  })
  it('has a few ticks on round moments', () => {
    const ticks = ticksOf(start + 61_000, start + 23 * 3_600_000)
    expect(ticks.length).toBeGreaterThan(2)
    expect(ticks.length).toBeLessThanOrEqual(7)
    expect(ticks.every((one) => new Date(one.at).getMinutes() === 0)).toBe(true)
  })
})

describe('shares', () => {
  it.each([[[1, 1, 1]], [[5, 0, 3, 7, 11]], [[999_999, 1]], [[7]]])('%j add up to a hundred', (parts) => {
    expect(percentsOf(parts).reduce((sum, one) => sum + Math.round(one * 10), 0)).toBe(1000)
  })
  it('of nothing are nothing', () => expect(percentsOf([0, 0])).toEqual([0, 0]))
})

describe('what comes next', () => {
  it('is the first stage that has not come', () => expect(nextStage(clock())).toBe(1))
  it('is nothing once the clock has stopped', () => expect(nextStage(clock({ state: 'breached' }))).toBe(-1))
})

describe('an extension', () => {
  beforeAll(() => speak('zh-Hans'))
  const allowed = { most: 2, granted: 1, longest: { amount: 2, unit: 'days', working: true }, decided_by: 'head' } as const
  it('says how often, how long and who decides', () => expect(allowedWords(allowed)).toEqual(['已延 1 次，最多 2 次', '每次最长 2 个工作日', '由部门负责人审批']))
  it('says that none is left', () => expect(allowedWords({ ...allowed, granted: 2 })).toEqual(['已延 2 次，不能再延']))
  it('says nothing where no policy rules it', () => expect(allowedWords(undefined)).toEqual([]))
})
