import { describe, expect, it } from 'vitest'
import { secondsLeft, secondsText, since, stopwatch } from './seconds'

describe('seconds', () => {
  it.each([[0, '00:00'], [42_900, '00:42'], [725_000, '12:05'], [3_787_000, '1:03:07'], [-3_000, '00:00'], [36_000_000, '10:00:00']])('%i ms is %s', (ms, text) => {
    expect(stopwatch(ms)).toBe(text)
  })
  it('counts from a moment, and says nothing without one', () => {
    expect(since('2026-11-22T09:12:00Z', Date.parse('2026-11-22T09:12:42Z'))).toBe('00:42')
    expect(since(null, 0)).toBe('')
    expect(secondsText(151)).toBe('02:31')
  })
  it('counts down to nothing and no further', () => {
    const until = '2026-11-22T09:12:30Z'
    expect(secondsLeft(until, Date.parse('2026-11-22T09:12:00.400Z'))).toBe(30)
    expect(secondsLeft(until, Date.parse('2026-11-22T09:12:29.999Z'))).toBe(1)
    expect(secondsLeft(until, Date.parse('2026-11-22T09:13:00Z'))).toBe(0)
    expect(secondsLeft(null, 0)).toBe(0)
  })
})
