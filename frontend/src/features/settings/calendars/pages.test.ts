import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Calendar, HolidayTable, Interval, Report } from '@/api/calendars'
import { i18n, speak } from '@/lib/i18n'
import CalendarForm from './CalendarForm.vue'
import DepartmentCalendars from './DepartmentCalendars.vue'
import HolidayTables from './HolidayTables.vue'
import TryOut from './TryOut.vue'

const day: Interval[] = [['09:00', '18:00']]
const week: Interval[][] = [day, day, day, day, day, [], []]
const calendar: Calendar = {
  code: 'standard', names: { 'zh-Hans': '标准工时' }, is_default: true, number: 3, version: 5, time_zone: 'Asia/Shanghai', week, holidays: 'CN', departments: [], provisional_years: [2027],
  definition: { time_zone: 'Asia/Shanghai', week, holidays: 'CN', makeup: null, exceptions: [], day_minutes: null }, versions: [],
}
const shifts: Calendar = { ...calendar, code: 'shifts', names: { 'zh-Hans': '倒班' }, is_default: false, provisional_years: [] }

type Answer = { status?: number, body: unknown }
let answers: Record<string, Answer> = {}
const asked: { what: string, body: unknown }[] = []
async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const what = `${init?.method ?? 'GET'} ${String(input).replace('/api/v1', '').split('?')[0]}`
  asked.push({ what: `${init?.method ?? 'GET'} ${String(input).replace('/api/v1', '')}`, body: init?.body ? JSON.parse(String(init.body)) : null })
  const found = answers[what]
  return new Response(JSON.stringify(found?.body ?? { code: 'not_found' }), { status: found ? (found.status ?? 200) : 404 })
}

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<i />' } }] })
const global = { plugins: [i18n, router] }
beforeAll(() => speak('zh-Hans'))
beforeEach(() => { asked.length = 0; answers = {}; vi.stubGlobal('fetch', answer) })
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers() })

describe('a try-out', () => {
  it('asks in the calendar’s zone and lists what counted and what did not', async () => {
    vi.useFakeTimers()
    vi.setSystemTime(new Date('2026-11-20T09:00:00Z'))
    answers['GET /calendars/standard/reckon'] = { body: { due: '2026-11-23T02:00:00Z', provisional: true, spans: [
      { start: '2026-11-20T09:00:00Z', end: '2026-11-20T10:00:00Z', counted: true, why: 'hours', seconds: 3600 },
      { start: '2026-11-20T10:00:00Z', end: '2026-11-20T16:00:00Z', counted: false, why: 'outside', seconds: 21600 },
    ] } }
    const shown = mount(TryOut, { props: { calendar }, global })
    await vi.advanceTimersByTimeAsync(400)
    const query = new URLSearchParams(asked.at(-1)?.what.split('?')[1])
    expect([query.get('start'), query.get('minutes')]).toEqual(['2026-11-20T09:00:00.000Z', '480'])
    expect(shown.find('.due').text()).toContain('2026-11-23 周一 10:00')
    expect(shown.find('.due').text()).toContain('暂定')
    expect(shown.findAll('tbody tr').map((row) => row.text())).toEqual([expect.stringContaining('17:00–18:00计入上班时间1小时'), expect.stringContaining('18:00–24:00不计下班时间6小时')])
    expect(shown.text()).toContain('计入 1小时，不计 6小时，前后共 7小时')
    shown.unmount()
  })
  it('does not ask for nothing', async () => {
    vi.useFakeTimers()
    const shown = mount(TryOut, { props: { calendar }, global })
    await shown.find('.amount input').setValue('0')
    await vi.advanceTimersByTimeAsync(400)
    expect(asked).toEqual([])
    expect(shown.find('[role="alert"]').text()).toBe('请填大于 0、至多一年的数。')
    shown.unmount()
  })
})

describe('departments', () => {
  const line = (id: number, name: string, parent: number | null) => ({ id, code: `d${id}`, name, parent_id: parent, head: null, position: id, active: true })
  it('show own and inherited calendars, and say who changes along', async () => {
    answers['GET /departments'] = { body: { items: [line(1, '公司', null), line(2, '网络部', 1), line(3, '一班', 2), line(4, '二班', 2)] } }
    answers['GET /calendars/departments'] = { body: { items: [
      { department_id: 1, name: '公司', path: ['公司'], own: null, effective: 'standard', from_department_id: null },
      { department_id: 2, name: '网络部', path: [], own: null, effective: 'standard', from_department_id: null },
      { department_id: 3, name: '一班', path: [], own: null, effective: 'standard', from_department_id: null },
      { department_id: 4, name: '二班', path: [], own: 'shifts', effective: 'shifts', from_department_id: 4 },
    ] } }
    answers['PUT /departments/2/calendar'] = { body: {} }
    const shown = mount(DepartmentCalendars, { props: { calendars: [calendar, shifts] }, global })
    await flushPromises()
    await shown.find('[data-id="2"]').trigger('click')
    await flushPromises()
    expect(shown.find('[data-id="2"]').text()).toContain('继承 标准工时')
    expect(shown.text()).toContain('上级都没有指定，用默认日历：标准工时')
    shown.findComponent({ name: 'ElSelect' }).vm.$emit('update:modelValue', 'shifts')
    await flushPromises()
    expect(shown.find('.save-bar').text()).toContain('此部门新开始的计时按「倒班」')
    expect(shown.find('.save-bar').text()).toContain('其下 1 个没有自定日历的部门随之改变')
    await shown.findAll('.save-bar button').at(-1)!.trigger('click')
    await flushPromises()
    expect(asked.find((one) => one.what === 'PUT /departments/2/calendar')?.body).toEqual({ calendar: 'shifts' })
    expect(shown.emitted('saved')).toHaveLength(1)
    shown.unmount()
  })
})

describe('official tables', () => {
  const table: HolidayTable = { region: 'CN', year: 2026, edition: 1, days: { '2026-02-14': ['makeup', '春节'], '2026-02-16': ['holiday', '春节'], '2026-02-17': ['holiday', '春节'] }, source: 'library 1', added_at: '2026-01-01T00:00:00Z' }
  const report: Report = { id: 9, at: '2026-11-20T01:00:00Z', calendar: 'standard', number: 4, lines: [{ ticket: '20261122-000123', clock: 'node', node: 'verify', old_due: '2027-02-08T02:00:00Z', new_due: '2027-02-18T02:00:00Z' }] }
  it('are said in runs; a refresh says what came and what it corrected', async () => {
    answers['POST /calendars/holidays/refresh'] = { body: { added: [{ region: 'CN', year: 2027, edition: 1 }], corrected: 1, reports: [9] } }
    const shown = mount(HolidayTables, { props: { tables: [table], reports: [report], calendars: [calendar] }, global })
    expect(shown.text()).toContain('放假 2 天，调休上班 1 天')
    expect(shown.text()).toContain('2月16日 周一 至 2月17日 周二')
    expect(shown.text()).toContain('2027 年尚无官方放假表')
    await shown.findAll('button').find((one) => one.text() === '更新')!.trigger('click')
    await flushPromises()
    expect(shown.text()).toContain('新增：中国大陆节假日与调休 2027 年第 1 次。')
    expect(shown.text()).toContain('更正了 1 个时限')
    expect(shown.find('a').attributes('href')).toBe('/tickets/20261122-000123')
    expect(shown.text()).toContain('环节「verify」')
    shown.unmount()
  })
})

describe('two people at one calendar', () => {
  it('the second is told, keeps what was entered, and may save over it', async () => {
    vi.useFakeTimers()
    answers['POST /calendars/check'] = { body: { findings: [] } }
    answers['POST /calendars/standard/versions'] = { status: 409, body: { code: 'stale_version', detail: 'changed' } }
    answers['GET /calendars/standard'] = { body: { ...calendar, number: 4, version: 6 } }
    const shown = mount(CalendarForm, { props: { calendar, regions: ['CN'] }, global })
    await shown.find('[aria-label="周六的上班时间"]').setValue('9-12')
    await vi.advanceTimersByTimeAsync(400)
    await shown.findAll('.save-bar button').at(-1)!.trigger('click')
    await vi.advanceTimersByTimeAsync(10)
    expect(shown.text()).toContain('现为第 4 版')
    expect(shown.find<HTMLInputElement>('[aria-label="周六的上班时间"]').element.value).toBe('9-12')
    answers['POST /calendars/standard/versions'] = { body: calendar }
    await shown.findAll('.save-bar button').at(-1)!.trigger('click')
    await vi.advanceTimersByTimeAsync(10)
    expect(asked.at(-1)?.body).toMatchObject({ version: 6 })
    expect(shown.emitted('saved')).toHaveLength(1)
    shown.unmount()
  })
})
