import { describe, expect, it } from 'vitest'
import type { Interval } from '@/api/calendars'
import { clock, commonestDay, fromTheDayBefore, hoursOf, hoursText, minutesIn, readHours, stretchesOf, weekRuns } from './hours'

const split: Interval[] = [['09:00', '12:00'], ['13:30', '18:00']]
const night: Interval[] = [['22:00', '06:00']]

describe('hours as they are typed', () => {
  it.each([
    ['9-12 13:30-18', split], ['09:00–12:00，13:30～18:00', split], ['９：００－１２：００、13:30至18:00', split], ['13:30-18, 9-12', split],
    ['22-6', night], ['0-24', [['00:00', '24:00']]], ['22-24', [['22:00', '24:00']]], ['', []], ['  ', []],
  ] as [string, Interval[]][])('%s', (text, hours) => expect(readHours(text)).toEqual(hours))
  it.each(['9', '9-', '9-12-13', '9-25', '9:61-12', 'abc', '24-3', '9.5-12'])('%s cannot be read', (text) => expect(readHours(text)).toBeNull())
  it('what is written can be read again', () => expect(readHours(hoursText(split))).toEqual(split))
})

describe('hours as minutes', () => {
  it('a night ends on the next day and comes back the same', () => {
    expect(stretchesOf(night)).toEqual([{ start: 1320, end: 1800 }])
    expect(hoursOf(stretchesOf(night))).toEqual(night)
    expect(minutesIn(night)).toBe(480)
  })
  it('a whole day', () => expect(minutesIn([['00:00', '24:00']])).toBe(1440))
  it('clocks', () => expect([clock(0), clock(570), clock(1440), clock(1800)]).toEqual(['00:00', '09:30', '24:00', '06:00']))
  it('Sunday’s night shows on Monday', () => {
    const week: Interval[][] = [[], [], [], [], [], [], night]
    expect(fromTheDayBefore(week, 0)).toEqual([{ start: 0, end: 360 }])
    expect(fromTheDayBefore(week, 1)).toEqual([])
  })
})

describe('a week', () => {
  const half: Interval[] = [['09:00', '12:00']]
  it('says neighbours with the same hours once and leaves out days off', () => {
    expect(weekRuns([split, split, [], split, split, half, []])).toEqual([
      { from: 0, to: 1, hours: split }, { from: 3, to: 4, hours: split }, { from: 5, to: 5, hours: half },
    ])
  })
  it('the commonest day counts; of equally common ones the longest; without hours none', () => {
    expect(commonestDay([split, split, half, [], [], [], []])).toBe(450)
    expect(commonestDay([half, split, [], [], [], [], []])).toBe(450)
    expect(commonestDay([[], [], [], [], [], [], []])).toBe(0)
  })
})
