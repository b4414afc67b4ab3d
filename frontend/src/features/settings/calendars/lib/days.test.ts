import { describe, expect, it } from 'vitest'
import { daysIn, rangeOf, shifted, walked, weekdayOf, weeksOf, within } from './days'
import { festivals } from './festivals'
import { bySpot, spotOf, stretchOf } from './findings'
import { momentOf, wallOf, zones } from './zoned'

describe('days of a year', () => {
  it('2026-02-01 is a Sunday and ends the first week', () => {
    expect(weekdayOf('2026-02-01')).toBe(6)
    expect(weeksOf(2026, 2)[0]).toEqual([null, null, null, null, null, null, '2026-02-01'])
  })
  it('a month has six weeks and all its days, also in a leap year', () => {
    const days = weeksOf(2028, 2).flat().filter(Boolean)
    expect(weeksOf(2028, 2)).toHaveLength(6)
    expect([days.length, days.at(-1)]).toEqual([29, '2028-02-29'])
  })
  it.each([
    ['2026-03-01', 'ArrowLeft', '2026-02-28'], ['2026-01-31', 'ArrowRight', '2026-02-01'], ['2026-02-10', 'ArrowUp', '2026-02-03'], ['2026-02-10', 'ArrowDown', '2026-02-17'],
    ['2026-02-11', 'Home', '2026-02-09'], ['2026-02-11', 'End', '2026-02-15'], ['2026-03-31', 'PageUp', '2026-02-28'], ['2026-01-31', 'PageDown', '2026-02-28'],
    ['2026-01-01', 'ArrowLeft', '2026-01-01'], ['2026-12-30', 'ArrowDown', '2026-12-31'], ['2026-01-05', 'PageUp', '2026-01-01'], ['2026-12-05', 'PageDown', '2026-12-31'],
  ])('%s %s → %s', (date, key, to) => expect(walked(date, key)).toBe(to))
  it('other keys do not walk', () => expect(walked('2026-01-01', 'a')).toBeNull())
  it('a range runs forwards and knows its days', () => {
    const range = rangeOf('2026-03-02', '2026-02-27')
    expect(range).toEqual({ from: '2026-02-27', to: '2026-03-02' })
    expect([daysIn(range), within(range, '2026-02-28'), within(range, '2026-03-03'), within(null, '2026-02-28')]).toEqual([4, true, false, false])
  })
  it('shifts over a year', () => expect(shifted('2026-12-31', 1)).toBe('2027-01-01'))
})

describe('moments by a zone’s clock', () => {
  it.each([['Asia/Shanghai', '2026-02-10', '09:00'], ['America/New_York', '2026-07-01', '23:59'], ['Europe/Berlin', '2026-03-29', '01:30'], ['UTC', '2026-01-01', '00:00'], ['Asia/Kathmandu', '2026-05-05', '12:00']])('%s %s %s goes there and back', (zone, date, clock) => {
    expect(wallOf(momentOf({ date, clock }, zone), zone)).toEqual({ date, clock })
  })
  it('is the right moment', () => expect(momentOf({ date: '2026-02-10', clock: '09:00' }, 'Asia/Shanghai')).toBe('2026-02-10T01:00:00.000Z'))
  it('offers the zone that is set, once', () => expect(zones('Asia/Shanghai').filter((one) => one === 'Asia/Shanghai')).toHaveLength(1))
})

describe('an official table', () => {
  const days = { '2026-02-14': ['makeup', '春节'], '2026-02-15': ['holiday', '春节'], '2026-02-16': ['holiday', '春节'], '2026-02-28': ['makeup', '春节'], '2026-04-05': ['holiday', '清明'] } as Record<string, [string, string]>
  it('is said in runs', () => {
    expect(festivals(days, 'holiday')).toEqual({ days: 3, runs: [{ from: '2026-02-15', to: '2026-02-16', name: '春节' }, { from: '2026-04-05', to: '2026-04-05', name: '清明' }] })
    expect(festivals(days, 'makeup').runs).toHaveLength(2)
  })
})

describe('where a finding belongs', () => {
  it.each([['week[3][1]', 'week.3'], ['week', 'week'], ['makeup[0]', 'makeup'], ['exceptions[2].hours[0]', 'exceptions.2'], ['day_minutes', 'day_minutes'], ['definition', ''], ['colour', '']])('%s → %s', (place, spot) => expect(spotOf(place)).toBe(spot))
  it.each([['week[3][1]', 1], ['exceptions[2].hours[0]', 0], ['makeup[2]', 2], ['hours[1]', 1], ['exceptions[2]', null], ['week', null]])('%s is interval %s', (place, at) => expect(stretchOf(place)).toBe(at))
  it('gathers them', () => {
    const one = { field: 'definition', code: 'a', detail: '', place: 'week[0][0]' }
    expect(Object.keys(bySpot([one, { ...one, place: 'time_zone' }, { ...one, place: 'week[0][1]' }]))).toEqual(['week.0', 'time_zone'])
  })
})
