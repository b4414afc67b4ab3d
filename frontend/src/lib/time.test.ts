import { describe, expect, it } from 'vitest'
import { clockOf, dayWord, deadlineOf, exactSpan, soonestOf, spanParts, standingOf, urgencyOf, pressingOf } from './time'

const now = Date.parse('2026-11-22T04:00:00Z')
const inMinutes = (minutes: number): string => new Date(now + minutes * 60_000).toISOString()

describe('urgency', () => {
  it('has no meaning without a limit', () => expect(urgencyOf(null, inMinutes(-60), now)).toBe('none'))
  it('is normal with most of the time left', () => expect(urgencyOf(inMinutes(240), inMinutes(-60), now)).toBe('normal'))
  it('is soon in the last fifth', () => expect(urgencyOf(inMinutes(90), inMinutes(-400), now)).toBe('soon'))
  it('is soon in the last half hour, whatever was given', () => expect(urgencyOf(inMinutes(30), inMinutes(-1), now)).toBe('soon'))
  it('is late from the very moment', () => expect(urgencyOf(inMinutes(0), inMinutes(-60), now)).toBe('late'))
})

describe('urgency with a policy', () => {
  it('is soon from the yellow card on, not by a rule of thumb', () => {
    expect(urgencyOf(inMinutes(20), inMinutes(-400), now, inMinutes(1))).toBe('normal')
    expect(urgencyOf(inMinutes(200), inMinutes(-400), now, inMinutes(0))).toBe('soon')
  })
  it('is soon while a yellow card stands', () => expect(urgencyOf(inMinutes(240), inMinutes(-1), now, inMinutes(200), 'yellow')).toBe('soon'))
  it('is late past the limit, whatever the card', () => expect(urgencyOf(inMinutes(-1), inMinutes(-60), now, inMinutes(-30), 'yellow')).toBe('late'))
})

describe('standing', () => {
  it('a paused ticket waits, also past its limit', () => expect(standingOf({ due: inMinutes(-5), paused: 'customer' }, now)).toBe('paused'))
  it('what ended was in time up to the very moment', () => {
    expect(standingOf({ due: inMinutes(0), ended: inMinutes(0) }, now)).toBe('met')
    expect(standingOf({ due: inMinutes(-1), ended: inMinutes(0) }, now)).toBe('missed')
    expect(standingOf({ ended: inMinutes(0) }, now)).toBe('over')
  })
})

describe('the limit of a row', () => {
  const row = { state: 'open', received_at: inMinutes(-60), required_end: inMinutes(90), warn_at: inMinutes(30), actual_end: null, card: 'yellow' }
  const item = { arrived_at: inMinutes(-10), due_at: inMinutes(20), warn_at: inMinutes(10) }
  it('is the work item’s where it has one', () => expect(deadlineOf(row, item)).toMatchObject({ due: item.due_at, warn: item.warn_at, since: item.arrived_at, card: 'yellow' }))
  it('is the ticket’s otherwise', () => {
    expect(deadlineOf(row)).toMatchObject({ due: row.required_end, warn: row.warn_at, since: row.received_at })
    expect(deadlineOf(row, { ...item, due_at: null })).toMatchObject({ due: row.required_end })
  })
  it('is the ticket’s once it has ended', () => expect(deadlineOf({ ...row, state: 'closed', actual_end: inMinutes(0) }, item)).toMatchObject({ due: row.required_end, ended: inMinutes(0) }))
  it('that presses most is the earliest of all', () => {
    expect(soonestOf({ ...row, present: [{ ...item, due_at: inMinutes(60) }, item] })).toMatchObject({ due: item.due_at, warn: item.warn_at })
    expect(soonestOf({ ...row, present: [{ ...item, due_at: inMinutes(91) }] })).toMatchObject({ due: row.required_end, warn: row.warn_at })
    expect(soonestOf({ ...row, present: [] })).toMatchObject({ due: row.required_end })
    expect(soonestOf({ ...row, required_end: null, present: [{ ...item, due_at: null }] })).toMatchObject({ due: null })
  })
  it('of a line about one work item is the whole’s where that presses more', () => {
    expect(pressingOf(row, item)).toMatchObject({ due: item.due_at, warn: item.warn_at })
    expect(pressingOf({ ...row, required_end: inMinutes(-5) }, item)).toMatchObject({ due: inMinutes(-5), warn: undefined })
    expect(pressingOf({ ...row, required_end: null }, { ...item, due_at: null })).toMatchObject({ due: null })
  })
  it('says what a paused ticket waits for', () => {
    expect(deadlineOf({ ...row, state: 'paused', paused_for: 'customer' }).paused).toBe('customer')
    expect(deadlineOf({ ...row, state: 'paused' }).paused).toBe('other')
    expect(deadlineOf({ ...row, paused_for: 'customer' }).paused).toBe('')
  })
  it('is provisional where its own due time is', () => {
    expect(deadlineOf({ ...row, provisional: true }, { ...item, provisional: false }).provisional).toBe(false)
    expect(deadlineOf({ ...row, provisional: true }).provisional).toBe(true)
    expect(deadlineOf({ ...row, state: 'closed', actual_end: inMinutes(0), provisional: true }).provisional).toBe(false)
  })
  it('lets the time run on that a pause does not stop', () => {
    expect(deadlineOf({ ...row, state: 'paused', stands: false })).toMatchObject({ due: row.required_end, paused: '' })
    expect(deadlineOf({ ...row, state: 'paused', stands: true }, { ...item, stands: false }).paused).toBe('')
    expect(deadlineOf({ ...row, state: 'paused', stands: false }, { ...item, stands: true }).paused).toBe('other')
  })
})

describe('exact spans', () => {
  it.each([[0, '0:00:00'], [59, '0:00:59'], [93785, '26:03:05'], [-61, '−0:01:01']])('%i seconds are %s', (seconds, words) => expect(exactSpan(seconds)).toBe(words))
})

describe('spans', () => {
  const minutes = (n: number) => spanParts(n * 60_000)
  it('say at most two units', () => expect(minutes(2 * 1440 + 4 * 60 + 59)).toEqual([{ unit: 'day', n: 2 }, { unit: 'hour', n: 4 }]))
  it('leave out hours from a month on', () => expect(minutes(53 * 1440 + 20 * 60)).toEqual([{ unit: 'day', n: 53 }]))
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
