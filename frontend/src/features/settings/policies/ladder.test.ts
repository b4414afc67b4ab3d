import { describe, expect, it } from 'vitest'
import type { Limit } from '@/api/policies'
import { dayMinutesOf, minutesOf, places, stepsOf } from './lib/ladder'

const limit = (more: Partial<Limit>): Limit => ({ amount: 48, unit: 'hours', working: false, yellow: [], ladder: [], pauses: [], ...more })
const told = { what: 'notify' as const, whom: 'head' }

describe('the steps of a limit', () => {
  it('stand in the order in which they happen, whatever order they were written in', () => {
    const steps = stepsOf(limit({
      yellow: [{ amount: 30, unit: 'minutes' }, { amount: 50, unit: 'percent' }],
      ladder: [
        { when: 'after', amount: 1, unit: 'days', do: [told] },
        { when: 'at', amount: 0, unit: 'minutes', do: [told] },
        { when: 'before', amount: 2, unit: 'hours', do: [told] },
      ],
    }), 1440)
    expect(steps.map(({ kind, at }) => `${kind} ${at}`)).toEqual(['start 0', 'yellow 1', 'rung 2', 'yellow 0', 'red 0', 'rung 1', 'rung 0'])
    expect(steps.map((step) => step.minute)).toEqual([0, 1440, 2760, 2850, 2880, 2880, 4320])
  })

  it('puts a card before what follows from it at the same moment', () => {
    const steps = stepsOf(limit({ yellow: [{ amount: 2, unit: 'hours' }], ladder: [{ when: 'before', amount: 2, unit: 'hours', do: [told] }] }), 1440)
    expect(steps.map((step) => step.kind)).toEqual(['start', 'yellow', 'rung', 'red'])
  })

  it('says when a step would come before the start', () => {
    const steps = stepsOf(limit({ amount: 1, ladder: [{ when: 'before', amount: 2, unit: 'hours', do: [told] }] }), 1440)
    expect(steps[0]).toEqual({ kind: 'rung', at: 0, minute: -60 })
  })

  it('counts a day of working time as long as the calendar has it', () => {
    const week: [string, string][][] = [[['09:00', '12:00'], ['13:30', '18:00']], [['09:00', '12:00'], ['13:30', '18:00']], [['09:00', '12:00']], [], [], [], []]
    expect(dayMinutesOf(true, { week })).toBe(450)
    expect(dayMinutesOf(true, { week: [[['22:00', '06:00']]] })).toBe(480)
    expect(dayMinutesOf(true, null)).toBe(480)
    expect(dayMinutesOf(false, { week })).toBe(1440)
    expect(minutesOf(25, 'percent', { amount: 2, unit: 'days' }, 450)).toBe(225)
  })
})

describe('places on the drawn line', () => {
  it('run from one end to the other', () => {
    expect(places([0, 60, 120])).toEqual([0, 50, 100])
    expect(places([0])).toEqual([0])
  })
  it('keep steps apart that are near in time, and equal ones together', () => {
    const [start, yellow, red, step, end] = places([0, 2850, 2880, 2880, 2890], 6)
    expect(start).toBe(0)
    expect(red! - yellow!).toBeGreaterThanOrEqual(6)
    expect(step).toBe(red)
    expect(end! - step!).toBeGreaterThanOrEqual(6)
    expect(end).toBeCloseTo(100)
  })
  it('never leave the line, even when there are more steps than room', () => {
    const all = places(Array.from({ length: 40 }, (_, n) => n * n), 6)
    expect(Math.max(...all)).toBeLessThanOrEqual(100)
    expect([...all].sort((a, b) => a - b)).toEqual(all)
  })
})
