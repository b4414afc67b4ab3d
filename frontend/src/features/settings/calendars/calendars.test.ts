import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { kinds, type Calendar, type Day, type Definition, type Interval } from '@/api/calendars'
import { i18n, speak, t } from '@/lib/i18n'
import CalendarForm from './CalendarForm.vue'
import DayStrip from './DayStrip.vue'
import HoursField from './HoursField.vue'
import { isoDate, shifted, weekdayOf } from './lib/days'
import WeekHours from './WeekHours.vue'
import { lengthWords, reasonWords, weekWords } from './words'
import YearView from './YearView.vue'
import ZonePicker from './ZonePicker.vue'

const split: Interval[] = [['09:00', '12:00'], ['13:30', '18:00']]
const week: Interval[][] = [split, split, split, split, split, [], []]
const definition: Definition = { time_zone: 'Asia/Shanghai', week, holidays: 'CN', makeup: null, exceptions: [{ from: '2027-03-03', to: '2027-03-03', hours: [['09:00', '12:00']], name: '盘点' }], day_minutes: null }
const calendar: Calendar = {
  code: 'standard', names: { 'zh-Hans': '标准工时' }, is_default: true, number: 3, version: 5, time_zone: 'Asia/Shanghai', week, holidays: 'CN', departments: [], provisional_years: [2027],
  definition, versions: [{ number: 3, created_at: '2026-11-01T00:00:00Z', created_by: null, reason: '' }],
}

function yearOf(year: number): Day[] {
  return Array.from({ length: 365 }, (_, at) => shifted(isoDate(year, 1, 1), at)).map((date) => {
    if (date === '2027-03-03') return { date, kind: 'exception', name: '盘点', hours: [['09:00', '12:00']], minutes: 180 }
    return weekdayOf(date) < 5 ? { date, kind: 'work', name: '', hours: split, minutes: 450 } : { date, kind: 'rest', name: '', hours: [], minutes: 0 }
  })
}

const asked: { method: string, path: string, body: unknown }[] = []
let refusal: { status: number, body: unknown } | null = null
let findings: unknown[] = []
async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const path = String(input).replace('/api/v1', '')
  asked.push({ method: init?.method ?? 'GET', path, body: init?.body ? JSON.parse(String(init.body)) : null })
  if (refusal && init?.method === 'POST' && !path.endsWith('/check')) return new Response(JSON.stringify(refusal.body), { status: refusal.status })
  const body = path.includes('/years/') ? { year: Number(path.slice(-4)), provisional: path.endsWith('2027'), days: yearOf(Number(path.slice(-4))) } : path.endsWith('/check') ? { findings } : calendar
  return new Response(JSON.stringify(body), { status: 200 })
}

beforeAll(() => speak('zh-Hans'))
beforeEach(() => { asked.length = 0; refusal = null; findings = []; vi.stubGlobal('fetch', answer) })
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers() })

const global = { plugins: [i18n] }

describe('words', () => {
  it('a week', () => expect(weekWords(week)).toBe('周一至周五 09:00–12:00 13:30–18:00'))
  it('a week with a short day', () => expect(weekWords([split, split, split, split, split, [['09:00', '12:00']], []])).toBe('周一至周五 09:00–12:00 13:30–18:00；周六 09:00–12:00'))
  it('no week', () => expect(weekWords([[], [], [], [], [], [], []])).toBe('没有上班时间'))
  it('lengths', () => expect([lengthWords(27_000), lengthWords(0), lengthWords(3_601)]).toEqual(['7小时30分', '0分', '1小时1秒']))
  it('why a version came', () => expect([reasonWords('holidays:2026,2027'), reasonWords('days:2026-02-10/2026-02-10'), reasonWords('搬家')]).toEqual(['官方放假表更新：2026、2027', '设置特殊日 2026-02-10', '搬家']))
  it('every kind has its words', () => { for (const kind of kinds) for (const group of ['kinds', 'kind_about']) expect(t(`calendars.${group}.${kind}`)).not.toContain('calendars.') })
})

describe('hours written', () => {
  it('count as they are typed and are tidied on leaving', async () => {
    const shown = mount(HoursField, { props: { modelValue: [] }, global })
    const input = shown.find('input')
    await input.setValue('9-12 13:30-18')
    expect(shown.emitted('update:modelValue')?.at(-1)).toEqual([split])
    await input.trigger('blur')
    expect(input.element.value).toBe('09:00–12:00 13:30–18:00')
  })
  it('that cannot be read change nothing and say so', async () => {
    const shown = mount(HoursField, { props: { modelValue: split }, global })
    await shown.find('input').setValue('9 bis 12')
    expect(shown.emitted('update:modelValue')).toBeUndefined()
    expect(shown.emitted('unreadable')?.at(-1)).toEqual([true])
    expect(shown.find('[role="alert"]').text()).toContain('9-12')
  })
})

describe('a day drawn', () => {
  const strip = () => mount(DayStrip, { props: { stretches: [{ start: 540, end: 720 }, { start: 810, end: 1080 }], before: [], label: '周一' }, global, attachTo: document.body })
  it('is one tab stop; its edges say their time', () => {
    const shown = strip()
    const edges = shown.findAll('[role="slider"]')
    expect(edges.map((edge) => edge.attributes('aria-valuetext'))).toEqual(['09:00', '12:00', '13:30', '18:00'])
    expect(edges.filter((edge) => edge.attributes('tabindex') === '0')).toHaveLength(1)
    shown.unmount()
  })
  it('moves an edge by keys, quarter or hour, and takes a stretch away', async () => {
    const shown = strip()
    const edge = shown.findAll('[role="slider"]')[3]!
    await edge.trigger('keydown', { key: 'ArrowRight' })
    expect(shown.emitted('change')?.at(-1)).toEqual([[{ start: 540, end: 720 }, { start: 810, end: 1095 }]])
    await edge.trigger('keydown', { key: 'ArrowLeft', shiftKey: true })
    expect(shown.emitted('change')?.at(-1)).toEqual([[{ start: 540, end: 720 }, { start: 810, end: 1020 }]])
    await edge.trigger('keydown', { key: 'Delete' })
    expect(shown.emitted('change')?.at(-1)).toEqual([[{ start: 540, end: 720 }]])
    shown.unmount()
  })
  it('goes from edge to edge with ↑↓', async () => {
    const shown = strip()
    await shown.findAll('[role="slider"]')[0]!.trigger('keydown', { key: 'ArrowDown' })
    await flushPromises()
    expect(document.activeElement?.getAttribute('aria-label')).toBe('周一第 1 段结束')
    shown.unmount()
  })
})

describe('a time zone', () => {
  it('is found by parts of its name and taken with ⏎', async () => {
    const shown = mount(ZonePicker, { props: { modelValue: 'Asia/Shanghai' }, global, attachTo: document.body })
    await shown.find('input').setValue('new york')
    await shown.find('input').trigger('keydown', { key: 'Enter' })
    expect(shown.emitted('update:modelValue')).toEqual([['America/New_York']])
    shown.unmount()
  })
})

describe('a week edited', () => {
  it('copies a day to others and shows a finding at its day', async () => {
    const shown = mount(WeekHours, { props: { modelValue: week, said: (spot: string) => (spot === 'week.2' ? '第 2 段与前一段重叠。' : undefined) }, global })
    expect(shown.find('.finding').text()).toBe('第 2 段与前一段重叠。')
    await shown.find('[aria-label="把周一复制到其他天"]').trigger('click')
    await shown.findAll('.copy button').find((one) => one.text() === '周末')!.trigger('click')
    expect(shown.emitted('update:modelValue')?.at(-1)).toEqual([[split, split, split, split, split, split, split]])
  })
})

describe('the rules', () => {
  it('are proved before they are published, with the version that was read', async () => {
    vi.useFakeTimers()
    const shown = mount(CalendarForm, { props: { calendar, regions: ['CN'] }, global, attachTo: document.body })
    await shown.find('[aria-label="周六的上班时间"]').setValue('9-12')
    expect(shown.find('.save-bar').text()).toContain('正在计时的工单保持原来的版本')
    const save = () => shown.findAll('.save-bar button').at(-1)!
    expect(save().attributes('disabled')).toBeDefined()
    await vi.advanceTimersByTimeAsync(400)
    expect(save().text()).toContain('发布第 4 版')
    await save().trigger('click')
    await vi.advanceTimersByTimeAsync(1)
    const sent = asked.find((one) => one.path === '/calendars/standard/versions')
    expect(sent?.body).toMatchObject({ version: 5, definition: { week: [split, split, split, split, split, [['09:00', '12:00']], []], exceptions: definition.exceptions } })
    expect(shown.emitted('saved')).toEqual([['standard']])
    shown.unmount()
  })
  it('with a finding cannot be saved', async () => {
    vi.useFakeTimers()
    findings = [{ field: 'definition', code: 'no_working_time', detail: 'x', place: 'week' }]
    const shown = mount(CalendarForm, { props: { calendar, regions: ['CN'] }, global })
    await shown.find('[aria-label="周六的上班时间"]').setValue('9-12')
    await vi.advanceTimersByTimeAsync(400)
    expect(shown.text()).toContain('今后一年没有任何上班时间')
    expect(shown.findAll('.save-bar button').at(-1)!.attributes('disabled')).toBeDefined()
    shown.unmount()
  })
})

async function yearView(year = '2027') {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: { template: '<i />' } }] })
  await router.push(`/?year=${year}`)
  const shown = mount(YearView, { props: { calendar }, global: { plugins: [i18n, router] }, attachTo: document.body })
  await flushPromises()
  const press = async (key: string, more = {}) => { await shown.find('[data-date][tabindex="0"]').trigger('keydown', { key, ...more }); await flushPromises() }
  return { shown, press, at: () => shown.find('[data-date][tabindex="0"]').attributes('data-date') }
}

describe('the year', () => {
  it('shows every day with kind and hours, one tab stop, and marks a provisional year', async () => {
    const { shown } = await yearView()
    expect(shown.findAll('[role="gridcell"]')).toHaveLength(365)
    expect(shown.findAll('[role="gridcell"][tabindex="0"]')).toHaveLength(1)
    expect(shown.find('[data-date="2027-03-03"]').attributes('aria-label')).toBe('3月3日 周三，特殊，盘点，09:00–12:00，3小时')
    expect(shown.text()).toContain('2027 年的官方放假表尚未公布')
    shown.unmount()
  })
  it('is walked by arrows; Shift chooses; Esc lets go', async () => {
    const { shown, press, at } = await yearView()
    await press('ArrowRight')
    expect(at()).toBe('2027-01-02')
    await press('ArrowDown', { shiftKey: true })
    expect(shown.findAll('[aria-selected="true"]')).toHaveLength(8)
    await press('Escape')
    expect(shown.findAll('[aria-selected="true"]')).toHaveLength(0)
    shown.unmount()
  })
  it('gives chosen days off with a name', async () => {
    const { shown, press } = await yearView()
    await press('ArrowRight', { shiftKey: true })
    await shown.find('input[value="off"]').setValue()
    await shown.find('aside input[maxlength="60"]').setValue('年会')
    await shown.find('form').trigger('submit')
    await flushPromises()
    expect(asked.find((one) => one.path === '/calendars/standard/days')?.body).toEqual({ from: '2027-01-01', to: '2027-01-02', hours: [], name: '年会', version: 5 })
    expect(shown.emitted('saved')).toHaveLength(1)
    shown.unmount()
  })
  it('takes own days away, and only where there are some', async () => {
    const { shown } = await yearView()
    const at = (date: string) => shown.find(`[data-date="${date}"]`)
    await at('2027-03-02').trigger('pointerdown', { button: 0 })
    expect(shown.find('input[value="rule"]').exists()).toBe(false)
    await at('2027-03-03').trigger('pointerdown', { button: 0 })
    await shown.find('input[value="rule"]').setValue()
    await shown.find('form').trigger('submit')
    await flushPromises()
    expect(asked.find((one) => one.path.endsWith('/days'))?.body).toMatchObject({ from: '2027-03-03', to: '2027-03-03', hours: null })
    shown.unmount()
  })
  it('says what the server finds wrong and keeps what was entered', async () => {
    refusal = { status: 422, body: { code: 'invalid_calendar', detail: 'no', errors: [{ field: 'definition', code: 'night_meets_next_day', detail: 'night', place: 'exceptions[0]' }] } }
    const { shown } = await yearView()
    await shown.find('[data-date="2027-01-04"]').trigger('pointerdown', { button: 0 })
    await shown.find('input[value="hours"]').setValue()
    await shown.find('.hours input').setValue('22-10')
    await shown.find('form').trigger('submit')
    await flushPromises()
    expect(shown.find('aside [role="alert"]').text()).toContain('夜班与次日的上班时间重叠')
    expect(shown.find<HTMLInputElement>('.hours input').element.value).toBe('22-10')
    expect(shown.emitted('saved')).toBeUndefined()
    shown.unmount()
  })
})
