import { mount } from '@vue/test-utils'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '@/api/clocks'
import { i18n, speak } from '@/lib/i18n'
import ClockPart from './ClockPart.vue'
import Ladder from './Ladder.vue'
import ReceiptLines from './ReceiptLines.vue'
import Shares from './Shares.vue'

const global = { plugins: [i18n] }
beforeAll(() => speak('zh-Hans'))

const at = (clock: string): string => `2026-11-20T${clock}Z`
const clock = (more: Partial<Clock> = {}): Clock => ({
  id: 1, kind: 'node', node: 'verify', node_title: '核实', state: 'running', started_at: at('01:00:00'), due_at: at('09:00:00'), warn_at: at('08:00:00'), limit: 14_400, first_limit: 10_800,
  used: 5403, remaining: 8997, counting_now: true, breached_at: null, stopped_at: null, provisional: true,
  calendar: { code: 'standard', names: { 'zh-Hans': '标准' }, number: 3 }, policy: { code: 'complaint', names: { 'zh-Hans': '投诉' }, number: 2 },
  stages: [{ at: at('08:00:00'), after: 10_800, kind: 'yellow', do: [], fired: false }, { at: null, after: 14_400, kind: 'step', do: [{ what: 'notify', whom: 'head' }, { what: 'urge' }], fired: false }],
  spans: [
    { start: at('01:00:00'), end: at('02:30:00'), counted: true, why: 'hours', seconds: 5400 }, { start: at('02:30:00'), end: at('03:00:00'), counted: false, why: 'outside', seconds: 1800 },
    { start: at('03:00:00'), end: at('03:00:10'), counted: false, why: 'paused', seconds: 10 }, { start: at('03:00:10'), end: at('03:00:13'), counted: true, why: 'hours', seconds: 3 },
  ],
  sums: { counted: 5403, outside: 1800, paused: 10, whole: 7213 }, to_due: { spans: [], sums: { counted: 14_400, outside: 14_390, paused: 10, whole: 28_800 } }, ...more,
})
const words = (shown: { text(): string }): string => shown.text().replace(/\s+/g, ' ')

describe('one clock', () => {
  it('says how it stands, by which calendar and policy, and what the limit was at first', () => {
    const shown = words(mount(ClockPart, { props: { clock: clock(), now: Date.parse(at('03:00:13')), opened: true }, global }))
    for (const part of ['环节「核实」', '4:00:00', '（原 3:00:00）', '1:30:03', '2:29:57', '标准 第 3 版', '投诉 第 2 版', '计入']) expect(shown).toContain(part)
  })
  it('explains why its due time is provisional', () => {
    const shown = (provisional: boolean) => words(mount(ClockPart, { props: { clock: clock({ provisional }), now: Date.parse(at('03:00:13')), opened: true }, global }))
    expect(shown(true)).toContain('要求时间是暂定的')
    expect(shown(false)).not.toContain('暂定')
  })
  it('does not name a due time while it stands still', () => {
    const shown = words(mount(ClockPart, { props: { clock: clock({ state: 'paused', counting_now: false, to_due: null }), now: Date.parse(at('03:00:13')), opened: true }, global }))
    expect(shown).toContain('恢复后确定')
    expect(shown).toContain('已暂停，不计入')
  })
})

describe('its receipt', () => {
  it('has a line for each interval and sums that add up', () => {
    const shown = mount(ReceiptLines, { props: { clock: clock() }, global })
    expect(shown.findAll('tbody tr').map((one) => one.findAll('td').slice(3).map((cell) => cell.text()))).toEqual([['1:30:00', '1:30:00'], ['0:30:00', ''], ['0:00:10', ''], ['0:00:03', '1:30:03']])
    expect(shown.findAll('.sum').map((one) => one.findAll('b').map((each) => each.text()))).toEqual([
      ['1:30:03', '0:30:00', '0:00:10', '2:00:13'], ['1:30:03', '2:29:57', '4:00:00'], ['4:00:00', '3:59:50', '0:00:10', '8:00:00'],
    ])
  })
  it('says by how much a limit was passed', () => {
    const over = clock({ sums: { counted: 18_000, outside: 0, paused: 0, whole: 18_000 }, to_due: null })
    expect(words(mount(ReceiptLines, { props: { clock: over }, global }).findAll('.sum')[1]!)).toContain('已用5:00:00−超出1:00:00=时限4:00:00')
  })
})

describe('its ladder', () => {
  it('marks what comes next and says what is done and to whom', () => {
    const lines = mount(Ladder, { props: { clock: clock() }, global }).findAll('li')
    expect(lines[0]!.text()).toContain('下一步')
    expect(lines[1]!.text()).toContain('通知部门负责人、催办')
    expect(lines[1]!.text()).toContain('恢复后确定')
  })
})

describe('shares', () => {
  it('add up to the whole', () => {
    const shown = mount(Shares, { props: { shares: [{ department: { id: 1, name: '网络部' }, seconds: 2 }, { department: null, seconds: 1 }], whole: 3 }, global })
    expect(shown.findAll('tr').slice(1).map((one) => one.findAll('td').map((cell) => cell.text()))).toEqual([['网络部', '0:00:02', '66.7%'], ['未分到部门', '0:00:01', '33.3%'], ['合计', '0:00:03', '100.0%']])
  })
})
