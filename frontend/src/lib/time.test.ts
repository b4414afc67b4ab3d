import { describe, expect, it } from 'vitest'
import { clockOf, dayWord, spanParts, urgencyOf } from './time'

const now = Date.parse('2026-11-22T04:00:00Z')
const inMinutes = (minutes: number): string => new Date(now + minutes * 60_000).toISOString()

describe('urgency', () => {
  it('has no meaning without a limit', () => expect(urgencyOf(null, inMinutes(-60), now)).toBe('none'))
  it('is normal with most of the time left', () => expect(urgencyOf(inMinutes(240), inMinutes(-60), now)).toBe('normal'))
  it('is soon in the last fifth', () => expect(urgencyOf(inMinutes(90), inMinutes(-400), now)).toBe('soon'))
  it('is soon in the last half hour, whatever was given', () => expect(urgencyOf(inMinutes(30), inMinutes(-1), now)).toBe('soon'))
  it('is late from the very moment', () => expect(urgencyOf(inMinutes(0), inMinutes(-60), now)).toBe('late'))
})

describe('spans', () => {
  const minutes = (n: number) => spanParts(n * 60_000)
  it('say at most two units', () => expect(minutes(2 * 1440 + 4 * 60 + 59)).toEqual([{ unit: 'day', n: 2 }, { unit: 'hour', n: 4 }]))
  it('leave out what is nothing', () => expect(minutes(180)).toEqual([{ unit: 'hour', n: 3 }]))
  it('say hours and minutes', () => expect(minutes(192)).toEqual([{ unit: 'hour', n: 3 }, { unit: 'minute', n: 12 }]))
  it('are never less than a minute', () => expect(minutes(0)).toEqual([{ unit: 'minute', n: 1 }]))
  it('measure backwards alike', () => expect(minutes(-15)).toEqual([{ unit: 'minute', n: 15 }]))
})

describe('days', () => {
  const at = (text: string) => new Date(text)
  const today = at('2026-11-22T09:00:00')
  it.each([['2026-11-22T00:00:00', 'today'], ['2026-11-21T23:59:00', 'yesterday'], ['2026-11-23T00:00:00', 'tomorrow'], ['2026-01-03T12:00:00', 'this_year'], ['2025-12-31T12:00:00', 'other']])('%s is %s', (text, word) => {
    expect(dayWord(at(text), today)).toBe(word)
  })
  it('clock has two figures each', () => expect(clockOf(at('2026-11-22T09:05:00'))).toBe('09:05'))
})
