import { describe, expect, it } from 'vitest'
import type { Row } from '@/api/line'
import { drawingOf, filled, ordered, topicsOf } from './drawing'
import { clocked, columnsOf, counted, csvOf, formatOf, groupsOf, isDoor, percented } from './measures'
import { heightOf, lies, mixed, optionOf, secondsStep, type Look, type Said } from './option'
import { behindOf, daysOf, presetOf, questionOf } from './question'

const now = new Date(2026, 10, 22, 9, 30)
const row = (key: string, more: Partial<Row> = {}): Row => ({ key, label: `${key}:00`, offered: 10, answered: 8, abandoned: 2, ...more })

describe('the question', () => {
  it('presets are whole days', () => {
    expect(daysOf('week', now)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
    expect(daysOf('month', now)).toEqual({ from: '2026-11-01', to: '2026-11-22' })
    expect(daysOf('last_month', new Date(2026, 0, 31))).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect(presetOf({ from: '2026-11-21', to: '2026-11-21' }, now)).toBe('yesterday')
    expect(presetOf({ from: '2026-11-20', to: '2026-11-21' }, now)).toBeNull()
  })
  it('is today by hour when nothing is asked, and by day over several', () => {
    expect(questionOf({}, now)).toMatchObject({ from: '2026-11-22', to: '2026-11-22', by: 'hour' })
    expect(questionOf({ from: '2026-11-01', to: '2026-11-22' }, now).by).toBe('day')
    expect(questionOf({ from: '2026-11-22', to: '2026-11-01', by: 'nonsense', staff: 'x', queue: '-' }, now)).toEqual({ from: '2026-11-22', to: '2026-11-22', by: 'hour', queue: '-', staff: undefined, department: undefined })
  })
  it('of one number is narrowed to its row', () => {
    const asked = { from: '2026-11-01', to: '2026-11-22', queue: 'vip' }
    expect(behindOf({ ...asked, by: 'day' }, 'answered', '2026-11-03')).toEqual({ from: '2026-11-03', to: '2026-11-03', queue: 'vip', measure: 'answered' })
    expect(behindOf({ ...asked, by: 'hour' }, 'abandoned', '09')).toEqual({ ...asked, measure: 'abandoned', hour: 9 })
    expect(behindOf({ ...asked, by: 'person' }, 'handled', '7')).toEqual({ ...asked, measure: 'handled', staff: 7 })
    expect(behindOf({ ...asked, by: 'queue' }, 'offered', '-')).toEqual({ ...asked, measure: 'offered', queue: '-' })
    expect(behindOf({ ...asked, by: 'queue' }, 'offered', null)).toEqual({ ...asked, measure: 'offered' })
  })
})

describe('measures', () => {
  it('are written by what they are', () => {
    expect((['service_level', 'asa_seconds', 'talk_seconds_avg', 'answered', 'calls_per_person_day', 'longest_wait_seconds'] as const).map(formatOf)).toEqual(['percent', 'seconds', 'seconds', 'count', 'decimal', 'seconds'])
    expect([0, 12.34, 59.96, 60, 125, 3751].map(clocked)).toEqual(['0', '12.3', '60', '1:00', '2:05', '1:02:31'])
    expect([0.8567, 0, 1].map(percented)).toEqual(['85.7', '0', '100'])
    expect([1234567, 65.34, 0].map(counted)).toEqual(['1,234,567', '65.3', '0'])
  })
  it('are doors when calls made them', () => {
    expect([isDoor('answered', 3), isDoor('answered', 0), isDoor('answered', null), isDoor('occupancy', 0.7), isDoor('service_level', 0.9)]).toEqual([true, false, false, false, true])
  })
  it('leave out what cannot be told of people', () => {
    expect(columnsOf('day', true)).not.toContain('offered')
    expect(columnsOf('day', false)[0]).toBe('offered')
    expect(groupsOf({ answered: 3, offered: null, aht_seconds: 60 }, true).map((one) => one.code)).toEqual(['volume', 'aht'])
  })
  it('go to a spreadsheet as they stand', () => {
    const text = csvOf(['队列', '接通', '接通率'], [row('a', { label: '=报修, "急"', service_level: 0.8567 }), row('b', { label: '-', service_level: null })], { answered: 16, service_level: 0.5 }, '合计', ['answered', 'service_level'])
    expect(text).toBe('\uFEFF队列,接通,接通率\r\n"\'=报修, ""急""",8,85.7%\r\n-,8,\r\n合计,16,50%\r\n')
  })
})

describe('a drawing', () => {
  const rows = [row('09'), row('11', { answered: 5, abandoned: 0 })]
  it('has the numbers of the table, and shows hours without calls', () => {
    const drawing = drawingOf(rows, 'hour', 'volume', false, 70)!
    expect(drawing.keys).toEqual(['09', '10', '11'])
    expect(drawing.series.map((one) => [one.measure, ...one.values])).toEqual([['answered', 8, null, 5], ['abandoned', 2, null, 0]])
    expect(filled(rows, 'day')).toHaveLength(2)
  })
  it('has people and queues by how much they did, days as they come', () => {
    const some = [row('1', { handled: 2, offered: 1 }), row('2', { handled: 9, offered: 3 }), row('3')]
    expect(ordered(some, 'person').map((one) => one.key)).toEqual(['2', '1', '3'])
    expect(ordered(some, 'queue').map((one) => one.key)).toEqual(['3', '2', '1'])
    expect(ordered(some, 'day')).toEqual(some)
  })
  it('is only of what can be told', () => {
    expect(topicsOf(rows, 'hour', false)).toEqual(['volume'])
    expect(drawingOf(rows, 'hour', 'service', false, null)).toBeNull()
    const people = [row('7', { label: '王敏', handled: 40, missed: 1, calls_per_person_day: 65.3 })]
    expect(drawingOf(people, 'person', 'volume', false, 70)!.series.map((one) => one.measure)).toEqual(['handled', 'missed'])
    expect(drawingOf(people, 'person', 'per_day', false, 70)!.target).toBe(70)
  })
  const look: Look = { ink: '#111', line: '#ddd', font: 'f', healthy: '#efe', chosen: '#00f', tones: { first: '#1', second: '#2', third: '#3', late: '#4', soon: '#5' } }
  const said: Said = { name: (one) => one, value: String, target: 'target' }
  type Option = { xAxis: { type: string }, series: { data: unknown[], stack?: string, markLine?: { data: object[] } }[] }
  it('becomes an option with the same numbers, the chosen bar marked', () => {
    const option = optionOf(drawingOf(rows, 'hour', 'volume', false, null)!, look, said, '11') as unknown as Option
    expect(option.series[0]!.data).toEqual([8, null, { value: 5, itemStyle: { color: '#00f' } }])
    expect(option.series.map((one) => one.stack)).toEqual(['all', 'all'])
    expect(option.xAxis.type).toBe('category')
  })
  it('mixes colours of the theme', () => expect([mixed('#000000', '#ffffff', 0.7), mixed('#000', '#fff', 0.7), mixed('red', '#ffffff', 0.7)]).toEqual(['#4d4d4d', '#4d4d4d', 'red']))
  it('parts time by whole minutes', () => expect([20, 200, 290, 3000, 90_000].map(secondsStep)).toEqual([5, 60, 60, 600, 18_000]))
  it('lies on its side for names, and carries the target', () => {
    const drawing = drawingOf([row('7', { label: '王敏', calls_per_person_day: 65.3 })], 'person', 'per_day', false, 70)!
    const option = optionOf(drawing, look, said, null) as unknown as Option
    expect([lies(drawing), option.xAxis.type, heightOf(drawing)]).toEqual([true, 'value', 180])
    expect(option.series[0]!.markLine!.data).toEqual([{ xAxis: 70 }])
  })
})
