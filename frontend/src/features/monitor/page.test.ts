import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Board, BoardPerson, PhoneMe } from '@/api/phone'
import { i18n, speak } from '@/lib/i18n'
import LinePage from './LinePage.vue'

const at = '2026-11-22T08:00:00Z'
const person: BoardPerson = {
  staff: { id: 7, name: '王敏' }, department: '热线', team_names: ['甲班'], presence: { state: 'busy', reason: '', since: '2026-11-22T07:58:00Z' }, extension: '807', answered_today: 31, target: 70,
  call: { id: 90, number: { shown: '138****5678', masked: true, digits: null }, customer: null, direction: 'inbound', phase: 'talking', since: '2026-11-22T07:59:00Z', queue: 'repair' },
}
const board: Board = {
  at, people: [person, { ...person, staff: { id: 8, name: '刘洋' }, call: null, presence: { state: 'ready', reason: '', since: at } }],
  queues: [{ queue: 'repair', title: '报修', system: 'main', waiting: 1, longest_since: '2026-11-22T07:59:30Z', agents_ready: 0, agents_talking: 1, offered_today: 20, answered_today: 18, abandoned_today: 2, service_level: 0.85, service_seconds: 20, asa_seconds: 9 }],
  calls_waiting: [{ call_id: 91, number: { shown: '', masked: false, digits: null }, queue: 'repair', since: '2026-11-22T07:59:30Z', customer: null, level_name: '' }], systems: [],
}
const me = { presence: { state: 'ready', reason: '', since: at, until: null, extension: { id: 1, number: '800', kind: 'desk_phone', system: 'main' } }, reasons: [{ code: 'meal', name: '用餐' }], capabilities: ['listen', 'barge'] } as unknown as PhoneMe

let answers: Record<string, unknown> = {}
const asked: { what: string, body: unknown }[] = []
async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const what = `${init?.method ?? 'GET'} ${String(input).replace('/api/v1', '')}`
  asked.push({ what, body: init?.body ? JSON.parse(String(init.body)) : null })
  const found = answers[what]
  return new Response(JSON.stringify(found ?? { code: 'not_found' }), { status: found === undefined ? 404 : 200 })
}
const global = { plugins: [i18n, createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<i />' } }] })] }
const press = async (shown: VueWrapper, words: string) => {
  await shown.findAll('button').find((one) => one.text().includes(words))!.trigger('click')
  await vi.advanceTimersByTimeAsync(10)
}
async function shownPage(): Promise<VueWrapper> {
  const shown = mount(LinePage, { global, attachTo: document.body })
  await vi.advanceTimersByTimeAsync(10)
  await flushPromises()
  return shown
}
beforeAll(() => speak('zh-Hans'))
beforeEach(() => { vi.useFakeTimers({ now: Date.parse(at) }); asked.length = 0; answers = { 'GET /phone/board': board, 'GET /phone/me': me }; vi.stubGlobal('fetch', answer) })
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals() })

describe('the board', () => {
  it('says who waits too long, who talks to whom since when, and that nobody is ready', async () => {
    const shown = await shownPage()
    const queue = shown.find('.scroll tbody tr').text()
    expect(queue).toContain('00:30过久')
    expect(queue).toContain('无人就绪')
    expect(queue).toContain('85% 20 秒内')
    const talking = shown.findAll('.people tbody tr')[0]!.text()
    expect(talking).toContain('王敏')
    expect(talking).toContain('138****5678')
    expect(talking).toContain('01:00')
    expect(shown.find('.waiting li').text()).toContain('号码未显示')
    shown.unmount()
  })
  it('keeps what it knew, with its clocks standing, while the server is away', async () => {
    const shown = await shownPage()
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('away')))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(shown.find('[role="alert"]').text()).toContain('计时已停住')
    const before = shown.find('.people time').text()
    await vi.advanceTimersByTimeAsync(3_000)
    expect(shown.find('.people time').text()).toBe(before)
    vi.stubGlobal('fetch', answer)
    await vi.advanceTimersByTimeAsync(4_000)
    expect(shown.find('[role="alert"]').exists()).toBe(false)
    shown.unmount()
  })
  it('teaches where there is nothing yet', async () => {
    answers['GET /phone/board'] = { at, people: [], queues: [], calls_waiting: [], systems: [] }
    const shown = await shownPage()
    expect(shown.text()).toContain('还没有队列和坐席')
    shown.unmount()
  })
})

describe('a supervisor', () => {
  it('listens at once, and is told what came of it', async () => {
    answers['POST /phone/calls/90/supervise'] = { command: 5 }
    answers['GET /phone/commands/5'] = { id: 5, verb: 'listen', state: 'done', fault: '' }
    const shown = await shownPage()
    await shown.find('[data-id="7"]').trigger('click')
    expect(shown.find('.acts').text()).not.toContain('耳语')
    await press(shown, '监听')
    await vi.advanceTimersByTimeAsync(300)
    expect(asked.find((one) => one.what === 'POST /phone/calls/90/supervise')?.body).toEqual({ how: 'listen', staff_id: 7 })
    expect(shown.find('.acts .note').text()).toBe('正在监听 王敏 的通话，请接听分机 800。')
    shown.unmount()
  })
  it('is asked once more before the customer hears, and told when it failed', async () => {
    answers['POST /phone/calls/90/supervise'] = { command: 6 }
    answers['GET /phone/commands/6'] = { id: 6, verb: 'barge', state: 'failed', fault: 'no such channel' }
    const shown = await shownPage()
    await shown.find('[data-id="7"]').trigger('click')
    await press(shown, '强插')
    expect(asked.some((one) => one.what.startsWith('POST'))).toBe(false)
    await press(shown, '确认强插')
    await vi.advanceTimersByTimeAsync(300)
    expect(shown.find('.acts .note').text()).toContain('强插没有做到：no such channel')
    shown.unmount()
  })
  it('needs an extension to listen with, and a reason to send somebody on a break', async () => {
    answers['GET /phone/me'] = { ...me, presence: { ...me.presence, extension: null } }
    answers['POST /phone/people/7/presence'] = { ...person, call: null, presence: { state: 'break', reason: 'meal', since: at } }
    const shown = await shownPage()
    await shown.find('[data-id="7"]').trigger('click')
    expect(shown.find('.acts').text()).toContain('先在页面上方登录一个分机')
    await shown.find('.acts select').setValue('break')
    expect(shown.find('.acts [type="submit"]').attributes('disabled')).toBeDefined()
    await shown.findAll('.acts select')[1]!.setValue('meal')
    await shown.find('.acts form').trigger('submit')
    await vi.advanceTimersByTimeAsync(10)
    expect(asked.find((one) => one.what.startsWith('POST'))?.body).toEqual({ state: 'break', reason: 'meal' })
    expect(shown.find('.acts .note').text()).toBe('王敏 现在是：小休。')
    shown.unmount()
  })
})
