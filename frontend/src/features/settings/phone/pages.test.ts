import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { SystemInFull } from '@/api/phone_settings'
import { i18n, speak } from '@/lib/i18n'
import { lookupsKey } from '@/ui'
import Extensions from './extensions/Extensions.vue'
import LinesPage from './lines/LinesPage.vue'
import RulesPage from './rules/RulesPage.vue'
import SignalsPage from './signals/SignalsPage.vue'
import NewSystem from './systems/NewSystem.vue'
import SystemPage from './systems/SystemPage.vue'
import Systems from './systems/Systems.vue'

const system: SystemInFull = {
  code: 'main', name: '总机', dialect: 'asterisk', host: 'pbx.example', port: 5038, username: 'gongdan', has_secret: true, control_address: '', recording_address: '', allowed_networks: [],
  settings: {}, sip_address: '', sip_domain: '', ice_servers: [], active: true, health: 'connecting', health_words: "[Errno 111] Connect call failed ('10.0.0.1', 5038)", connected_at: null, heard_at: null,
  capabilities: ['listen'], version: 4, signals_address: '', keys: [],
}
const rules = { wrap_up_seconds: 30, daily_target: 70, long_call_seconds: 300, short_abandon_seconds: 5, repeat_days: 7, repeat_calls: 2, merge_days: 2, recording_days: 180, signal_days: 90, disposition_required: true, version: 3 }

let answers: Record<string, unknown> = {}
const asked: { what: string, body: unknown }[] = []
async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const what = `${init?.method ?? 'GET'} ${String(input).replace('/api/v1', '')}`
  asked.push({ what, body: init?.body ? JSON.parse(String(init.body)) : null })
  const found = answers[what] ?? answers[what.split('?')[0]!]
  return new Response(JSON.stringify(found ?? { code: 'not_found' }), { status: found === undefined ? 404 : 200 })
}
const sent = (what: string) => asked.filter((one) => one.what.startsWith(what))

const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<i />' } }] })
const lookups = { staff: async () => [], departments: async () => [], teams: async () => [], categories: async () => [], upload: async () => { throw new Error('none') }, attachmentUrl: () => '', recordingUrl: () => '' }
const global = { plugins: [i18n, router], provide: { [lookupsKey as symbol]: lookups } }
const press = async (shown: VueWrapper, words: string) => {
  await shown.findAll('button').find((one) => one.text().includes(words))!.trigger('click')
  await flushPromises()
}
async function shownPage(page: Component, props: Record<string, unknown> = {}): Promise<VueWrapper> {
  const shown = mount(page, { props, global }) as VueWrapper
  await flushPromises()
  return shown
}
beforeAll(() => speak('zh-Hans'))
beforeEach(async () => { asked.length = 0; answers = { 'GET /phone/systems': { items: [system] }, 'GET /catalogue': [] }; vi.stubGlobal('fetch', answer); await router.push('/') })
afterEach(() => { vi.unstubAllGlobals(); vi.useRealTimers() })

describe('telephone systems', () => {
  it('say how they fare and what to do', async () => {
    const shown = await shownPage(Systems)
    expect(shown.find('li').text()).toContain('正在连接')
    expect(shown.find('li').text()).toContain('没有程序应答')
    shown.unmount()
  })
  it('are changed without sending the password, and say what that touches', async () => {
    answers['GET /phone/systems/main'] = system
    answers['PATCH /phone/systems/main'] = system
    const shown = await shownPage(SystemPage, { code: 'main' })
    expect(shown.find('.save-bar').exists()).toBe(false)
    await shown.findAll('.form input')[0]!.setValue('主机房')
    expect(shown.find('.save-bar').text()).toContain('重新连接一次')
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(sent('PATCH')[0]?.body).toEqual({ name: '主机房', version: 4 })
    expect(shown.text()).toContain('已保存')
    shown.unmount()
  })
  it('keep what was typed when somebody else was quicker', async () => {
    answers['GET /phone/systems/main'] = system
    const shown = await shownPage(SystemPage, { code: 'main' })
    await shown.findAll('.form input')[0]!.setValue('主机房')
    answers['GET /phone/systems/main'] = { ...system, version: 5, username: 'other' }
    vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => (init?.method === 'PATCH' ? Promise.resolve(new Response(JSON.stringify({ code: 'stale_version' }), { status: 409 })) : answer(input, init)))
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(shown.findAll<HTMLInputElement>('.form input').map((one) => one.element.value)).toEqual(expect.arrayContaining(['主机房', 'other']))
    expect(shown.find('.save-bar [role="alert"]').text()).not.toBe('')
    vi.stubGlobal('fetch', answer)
    answers['PATCH /phone/systems/main'] = system
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(sent('PATCH').at(-1)?.body).toEqual({ name: '主机房', version: 5 })
    shown.unmount()
  })
  it('of the HTTP interface show their key once', async () => {
    answers['POST /phone/systems'] = { ...system, code: 'other', dialect: 'http', key: 'whsec_c2VjcmV0' }
    const shown = await shownPage(NewSystem)
    await shown.findAll('input[type="radio"]')[2]!.setValue()
    await flushPromises()
    await shown.find('.form input').setValue('外部系统')
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(sent('POST')[0]?.body).toEqual({ name: '外部系统', code: 'http', dialect: 'http', active: true })
    expect(shown.find<HTMLInputElement>('.secret input').element.value).toBe('whsec_c2VjcmV0')
    await press(shown, '已妥善保存')
    expect(router.currentRoute.value.path).toBe('/settings/phone/systems/http')
    shown.unmount()
  })
})

describe('extensions', () => {
  it('are pasted from a table: who is found is theirs, what is refused is told in its line', async () => {
    vi.useFakeTimers()
    answers['GET /phone/extensions'] = { items: [{ id: 1, system: 'main', number: '801', kind: 'desk_phone', channel: '', staff: { id: 5, name: '王敏' }, active: true, taken_by: null }] }
    answers['GET /staff'] = [{ id: 6, name: '李四', username: 'ls' }]
    answers['POST /phone/extensions'] = { id: 2 }
    const shown = mount(Extensions, { global })
    await vi.advanceTimersByTimeAsync(10)
    await shown.findAll('button').find((one) => one.text().includes('批量粘贴'))!.trigger('click')
    await shown.find('textarea').setValue('801,王敏\n802,李四\nkf-03')
    await vi.advanceTimersByTimeAsync(400)
    expect(shown.find('form').text()).toContain('2 个可登记，1 行有问题')
    expect(shown.find('form tbody').text()).toContain('已登记过')
    await shown.find('form').trigger('submit')
    await vi.advanceTimersByTimeAsync(50)
    expect(sent('POST').map((one) => one.body)).toEqual([
      { system: 'main', number: '802', kind: 'desk_phone', staff_id: 6 }, { system: 'main', number: 'KF-03', kind: 'desk_phone', staff_id: null },
    ])
    expect(shown.find('form').text()).toContain('已登记 2 个分机')
    shown.unmount()
  })
})

describe('lines and queues', () => {
  it('a menu is kept by its keys', async () => {
    answers['GET /phone/lines'] = { items: [{ id: 3, number: '4008001234', label: '客服热线', category: '', choices: { 2: { label: '报修' } } }] }
    answers['GET /phone/queues'] = { items: [{ id: 4, system: 'main', name: 'hotline', title: '热线', service_seconds: 20 }] }
    answers['PATCH /phone/lines/3'] = {}
    answers['PATCH /phone/queues/4'] = {}
    const shown = await shownPage(LinesPage)
    expect(shown.find('button.line').text()).toContain('2 报修')
    await shown.find('button.line').trigger('click')
    await press(shown, '加一个按键')
    const second = shown.findAll('.choice')[1]!
    await second.findAll('input')[0]!.setValue('2')
    expect(shown.find('.choice .error').text()).toBe('这个按键上面已有')
    await second.findAll('input')[0]!.setValue('*')
    await second.findAll('input')[1]!.setValue('人工')
    await shown.find('form.open').trigger('submit')
    await flushPromises()
    expect(sent('PATCH /phone/lines/3')[0]?.body).toEqual({ number: '4008001234', label: '客服热线', category: '', choices: { 2: { label: '报修' }, '*': { label: '人工' } } })
    await shown.find('form.line input[type="number"]').setValue(15)
    await shown.find('form.line').trigger('submit')
    await flushPromises()
    expect(sent('PATCH /phone/queues/4')[0]?.body).toEqual({ title: '热线', service_seconds: 15 })
    shown.unmount()
  })
})

describe('rules of the line', () => {
  it('send what was changed and say what it touches; reasons change places', async () => {
    answers['GET /phone/line-settings'] = rules
    answers['PATCH /phone/line-settings'] = rules
    answers['GET /phone/break-reasons'] = { items: [{ id: 1, code: 'meal', name: '用餐', position: 0, active: true }, { id: 2, code: 'rest', name: '休息', position: 0, active: true }] }
    answers['PATCH /phone/break-reasons/1'] = {}
    const shown = await shownPage(RulesPage)
    const target = shown.findAll('.form-row').find((one) => one.text().includes('每人每天接听目标'))!.find('input')
    await target.setValue('80')
    await target.trigger('change')
    expect(shown.find('.save-bar').text()).toContain('监控和统计立即改用新目标')
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(sent('PATCH /phone/line-settings')[0]?.body).toEqual({ daily_target: 80, version: 3 })
    await shown.find('[aria-label="「用餐」下移"]').trigger('click')
    await flushPromises()
    expect(sent('PATCH /phone/break-reasons').map((one) => [one.what, one.body])).toEqual([['PATCH /phone/break-reasons/1', { position: 1 }]])
    shown.unmount()
  })
})

describe('raw signals', () => {
  it('say what could not be read, and why', async () => {
    answers['GET /phone/signals'] = { items: [
      { id: 2, system: 'main', key: 'k2', call: '', received_at: '2026-11-22T08:00:00Z', raw: 'Event: Nonsense', reading: [], fault: 'no channel' },
      { id: 1, system: 'main', key: 'k1', call: 'c1', received_at: '2026-11-22T08:00:00Z', raw: '{"a":1}', reading: [{ kind: 'ringing' }], fault: '' },
    ], next: null }
    const shown = await shownPage(SignalsPage)
    expect(shown.text()).toContain('什么都没弹出来？从这里查起')
    const [bad, good] = shown.findAll('li button.line')
    expect(bad!.text()).toContain('读不懂')
    expect(good!.text()).toContain('振铃')
    await bad!.trigger('click')
    expect(shown.find('.inside').text()).toContain('读不懂：no channel')
    await shown.find('input[type="checkbox"]').setValue(true)
    await flushPromises()
    expect(sent('GET /phone/signals').at(-1)?.what).toContain('fault=1')
    shown.unmount()
  })
})
