import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Interceptor } from '@/api/interceptors'
import type { Webhook } from '@/api/webhooks'
import { i18n, speak } from '@/lib/i18n'
import DecisionLog from './interceptors/DecisionLog.vue'
import Interceptors from './interceptors/Interceptors.vue'
import TryOut from './interceptors/TryOut.vue'
import Consumers from './listeners/Consumers.vue'
import DeadLetters from './listeners/DeadLetters.vue'
import Groups from './listeners/Groups.vue'
import NewWebhook from './webhooks/NewWebhook.vue'
import ResendRange from './webhooks/ResendRange.vue'
import WebhookPage from './webhooks/WebhookPage.vue'

const health = { state: 'active' as const, waiting: 0, behind: 0, dead: 0, failures: 0, oldest_waiting_at: null, last_success_at: null, last_failure_at: null, last_failure: '', failing_since: null, rest_until: null, paused_at: null, paused_why: '' }
const billing: Webhook = {
  id: 7, version: 3, name: '计费系统', address: 'https://billing.example/hook', types: [], condition: '', active: true, headers: { 'X-Team': '…' }, allowed_networks: [],
  owner: { id: 1, name: '王敏' }, created_at: '2026-11-20T01:00:00Z', keys: [{ until: null }], health,
}
const check = (id: number, name: string): Interceptor => ({
  id, name, version: 1, position: id, kind: 'http', address: 'https://check.example', entry_point: '', verbs: ['close'], condition: '', timeout_ms: 1000, on_failure: 'closed', may_change: [], active: true, allowed_networks: [],
  created_at: '2026-11-20T01:00:00Z', created_by: null, old_key_until: null, health: { state: 'active', resting_since: null, resting_until: null, reason: '', last_failure: null },
})

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
const global = { plugins: [i18n, router] }
const press = async (shown: VueWrapper, words: string) => {
  await shown.findAll('button').find((one) => one.text().includes(words))!.trigger('click')
  await flushPromises()
}
beforeAll(() => speak('zh-Hans'))
beforeEach(async () => { asked.length = 0; answers = { 'GET /catalogue': [], 'GET /customer-levels': [], 'GET /departments': { items: [] } }; vi.stubGlobal('fetch', answer); await router.push('/') })
afterEach(() => vi.unstubAllGlobals())

describe('a new webhook', () => {
  it('cannot be saved without an address, and shows its key once', async () => {
    answers['POST /webhooks'] = { ...billing, secret: 'whsec_c2VjcmV0' }
    const shown = mount(NewWebhook, { global })
    await flushPromises()
    const save = () => shown.find('.save-bar button:last-child')
    await shown.findAll('input')[0]!.setValue('计费系统')
    expect(save().attributes('disabled')).toBeDefined()
    await shown.find('input[type="url"]').setValue('http://billing.example/hook')
    expect(shown.text()).toContain('http 不加密')
    expect(shown.find('.save-bar').text()).toContain('已经发生的不补发')
    await save().trigger('click')
    await flushPromises()
    expect(sent('POST /webhooks')[0]?.body).toMatchObject({ name: '计费系统', address: 'http://billing.example/hook', types: [], allowed_networks: [] })
    expect(shown.find<HTMLInputElement>('.secret input').element.value).toBe('whsec_c2VjcmV0')
    await press(shown, '已妥善保存')
    expect(router.currentRoute.value.path).toBe('/settings/webhooks/7')
    shown.unmount()
  })
})

describe('one webhook', () => {
  it('is tested: what was sent and what came back stand side by side', async () => {
    answers['GET /webhooks/7'] = billing
    answers['GET /webhooks/7/deliveries'] = { items: [], next: null }
    answers['POST /webhooks/7/test'] = { ok: false, message_id: 'msg_test', body: '{"type":"WebhookTest"}', at: '2026-11-22T09:00:00Z', status: 500, ms: 12, error: 'status', words: 'The receiver answered 500.', answer: '{"error":"down"}' }
    const shown = mount(WebhookPage, { props: { id: 7 }, global })
    await flushPromises()
    expect(shown.text()).toContain('还没有投递')
    await press(shown, '试发')
    expect(shown.find('.test').text()).toContain('"type": "WebhookTest"')
    expect(shown.find('.test').text()).toContain('"error": "down"')
    expect(shown.find('.test').text()).toContain('12 毫秒')
    shown.unmount()
  })
  it('sends one delivery again and says so beside it', async () => {
    const one = { id: 5, event_id: 77, type: 'TicketClosed', ticket: '20261122-000123', state: 'dead', attempts: 1, created_at: '2026-11-22T08:00:00Z', done_at: null, next_try_at: null, status: 500, error: 'status', words: 'The receiver answered 500.', ms: 12 }
    answers['GET /webhooks/7'] = billing
    answers['GET /webhooks/7/deliveries'] = { items: [one], next: null }
    answers['GET /webhooks/deliveries/5'] = { ...one, webhook_id: 7, request: { address: billing.address, body: '{"id":"evt_77"}' }, tries: [{ at: '2026-11-22T08:00:00Z', status: 500, ms: 12, error: 'status', words: '', answer: 'down', headers: { 'webhook-id': 'msg_7_77' } }] }
    answers['POST /webhooks/deliveries/5/resend'] = {}
    await router.push('/settings/webhooks/7?delivery=5')
    const shown = mount(WebhookPage, { props: { id: 7 }, global })
    await flushPromises()
    expect(shown.find('article').text()).toContain('msg_7_77')
    expect(shown.find('article').text()).toContain('"id": "evt_77"')
    await shown.find('article header .act').trigger('click')
    await flushPromises()
    await press(shown, '确认，以相同编号再次投递')
    expect(sent('POST')).toHaveLength(1)
    expect(shown.find('article .note').text()).toBe('已排入投递。')
    shown.unmount()
  })
  it('sends only what was changed, and leaves hidden headers as they are', async () => {
    answers['GET /webhooks/7'] = billing
    answers['PATCH /webhooks/7'] = billing
    await router.push('/settings/webhooks/7?tab=settings')
    const shown = mount(WebhookPage, { props: { id: 7 }, global })
    await flushPromises()
    expect(shown.find('.save-bar').exists()).toBe(false)
    await shown.findAll('.form input')[0]!.setValue('计费')
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(sent('PATCH')[0]?.body).toEqual({ name: '计费', version: 3 })
    shown.unmount()
  })
  it('keeps what was typed when somebody else was quicker, and takes over what they changed', async () => {
    answers['GET /webhooks/7'] = billing
    await router.push('/settings/webhooks/7?tab=settings')
    const shown = mount(WebhookPage, { props: { id: 7 }, global })
    await flushPromises()
    await shown.findAll('.form input')[0]!.setValue('计费')
    answers['GET /webhooks/7'] = { ...billing, version: 4, address: 'https://new.example/hook' }
    vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => (init?.method === 'PATCH' ? Promise.resolve(new Response(JSON.stringify({ code: 'stale_version' }), { status: 409 })) : answer(input, init)))
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(shown.findAll<HTMLInputElement>('.form input').slice(0, 2).map((one) => one.element.value)).toEqual(['计费', 'https://new.example/hook'])
    vi.stubGlobal('fetch', answer)
    answers['PATCH /webhooks/7'] = billing
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(sent('PATCH')[0]?.body).toEqual({ name: '计费', version: 4 })
    shown.unmount()
  })
  it('lets a list of headers be as it was', async () => {
    answers['GET /webhooks/7'] = billing
    await router.push('/settings/webhooks/7?tab=settings')
    const shown = mount(WebhookPage, { props: { id: 7 }, global })
    await flushPromises()
    await shown.find('[aria-label="第 1 个请求头的值"]').setValue('other')
    expect(shown.find('.save-bar').text()).toContain('新的请求头')
    await press(shown, '放弃')
    expect(shown.find<HTMLInputElement>('[aria-label="第 1 个请求头的值"]').element.value).toBe('…')
    expect(shown.find('.save-bar').exists()).toBe(false)
    shown.unmount()
  })
  it('says what a range would touch before it sends it again', async () => {
    answers['GET /webhooks/7/deliveries'] = { items: Array.from({ length: 3 }, (_, id) => ({ id })), next: null }
    answers['POST /webhooks/7/resend'] = { count: 3 }
    const shown = mount(ResendRange, { props: { webhook: billing, range: { since: '2026-11-21T08:00', until: '2026-11-22T08:00' } }, global })
    await flushPromises()
    expect(shown.find('.touches').text()).toBe('这段时间的 3 次投递（死信）会按先后再次发到 https://billing.example/hook，编号不变。')
    await press(shown, '再次投递')
    expect(sent('POST')).toEqual([])
    await press(shown, '确认再次投递 3 次')
    expect(sent('POST /webhooks/7/resend')[0]?.body).toMatchObject({ states: ['dead'] })
    expect(shown.text()).toContain('已排入 3 次投递')
    shown.unmount()
  })
})

describe('interceptors', () => {
  it('are moved by keys and saved in their order', async () => {
    answers['GET /interceptors'] = { items: [check(1, '甲'), check(2, '乙')] }
    answers['PUT /interceptors/order'] = { items: [] }
    const shown = mount(Interceptors, { global, attachTo: document.body })
    await flushPromises()
    await shown.find('[data-id="2"] .handle').trigger('keydown', { key: 'ArrowUp' })
    await flushPromises()
    expect(shown.findAll('li[data-id]').map((one) => one.attributes('data-id'))).toEqual(['2', '1'])
    expect(document.activeElement?.closest('[data-id]')?.getAttribute('data-id')).toBe('2')
    await shown.find('.save-bar button:last-child').trigger('click')
    await flushPromises()
    expect(sent('PUT /interceptors/order')[0]?.body).toEqual({ ids: [2, 1] })
    shown.unmount()
  })
  it('leave a log that is found by who, what and verb, in the reader’s words', async () => {
    vi.useFakeTimers()
    const line = { id: 1, at: '2026-11-22T08:00:00Z', proposal_id: 'prop_1', interceptor_id: 1, name: '甲', verb: 'close', ticket_number: '20261122-000123', actor_name: '王敏', decision: 'failed', passed: false, sentence: 'no answer within 300 ms', changed: [], milliseconds: 301, excerpt: '' }
    answers['GET /interceptors/log'] = { items: [line], next: null }
    answers['GET /interceptors/verbs'] = { items: [{ verb: 'close', arguments: [] }] }
    const shown = mount(DecisionLog, { props: { interceptors: [check(1, '甲')] }, global })
    await vi.advanceTimersByTimeAsync(10)
    expect(shown.find('li').text()).toContain('操作被拦下')
    expect(shown.find('li').text()).toContain('300 ms 内没有回答')
    const [who, , verb] = shown.findAll('select')
    await who!.setValue('1')
    await verb!.setValue('close')
    await vi.advanceTimersByTimeAsync(300)
    expect(Object.fromEntries(new URLSearchParams(sent('GET /interceptors/log').at(-1)?.what.split('?')[1]))).toEqual({ interceptor: '1', verb: 'close', limit: '50' })
    vi.useRealTimers()
    shown.unmount()
  })
  it('are tried with a ticket, and a failure says what it would mean', async () => {
    answers['GET /interceptors/verbs'] = { items: [{ verb: 'close', arguments: ['reason'] }] }
    answers['POST /interceptors/1/test'] = { decision: 'failed', sentence: 'no answer within 1000 ms', changed: [], milliseconds: 1001, excerpt: '' }
    const shown = mount(TryOut, { props: { interceptor: check(1, '甲') }, global })
    await flushPromises()
    await shown.find('form input').setValue('20261122-000123')
    await shown.find('form').trigger('submit')
    await flushPromises()
    expect(sent('POST')[0]?.body).toEqual({ verb: 'close', ticket: '20261122-000123' })
    expect(shown.find('.answer').text()).toContain('1000 ms 内没有回答')
    expect(shown.find('.answer').text()).toContain('真正操作时：拦下')
    shown.unmount()
  })
})

describe('listeners', () => {
  const line = (name: string, more: object) => ({ kind: 'listener', name, lag: { events: 0, more: false, seconds: 0 }, moved_at: null, alive: true, orphaned: false, parked: 0, dead: 0, ...more })
  it('only who is orphaned can be removed, and only when asked twice', async () => {
    answers['GET /listeners'] = { items: [line('notify', {}), line('old', { alive: false, orphaned: true, parked: 2 })] }
    answers['GET /webhooks'] = { items: [billing] }
    answers['DELETE /listeners/old'] = {}
    const shown = mount(Consumers, { global })
    await flushPromises()
    expect(shown.findAll('button').map((one) => one.text())).toEqual(['移除'])
    await press(shown, '移除')
    expect(sent('DELETE')).toEqual([])
    await press(shown, '移除并丢弃其搁置与死信')
    expect(sent('DELETE')[0]?.what).toBe('DELETE /listeners/old')
    shown.unmount()
  })
  it('dead letters of a time are replayed together', async () => {
    const letter = { id: 4, consumer: 'notify', subject: 'ticket', subject_id: 9, event_id: 77, type: 'TicketClosed', attempts: 12, error: 'Traceback\nKeyError: 1', parked_at: '2026-11-22T08:00:00Z', waiting: 3 }
    answers['GET /dead-letters'] = { items: [letter], next: null }
    answers['GET /listeners'] = { items: [] }
    answers['POST /dead-letters/replay'] = { queued: true }
    const shown = mount(DeadLetters, { global })
    await flushPromises()
    expect(shown.find('li').text()).toContain('归档')
    expect(shown.find('li summary').text()).toBe('KeyError: 1')
    expect(shown.find('.touched').exists()).toBe(false)
    await shown.findAll('select')[1]!.setValue('24')
    await flushPromises()
    expect(shown.find('.touched').text()).toContain('涉及所有监听器的 1 封死信')
    await press(shown, '全部重放')
    await press(shown, '确认重放 1 封')
    expect(sent('POST /dead-letters/replay')[0]?.body).toMatchObject({ consumer: null, since: expect.stringMatching(/Z$/), until: expect.stringMatching(/Z$/) })
    shown.unmount()
  })
  it('a group is made with what it reads and where it begins', async () => {
    answers['GET /events/groups'] = { items: [] }
    answers['PUT /events/groups/erp'] = {}
    const shown = mount(Groups, { global })
    await flushPromises()
    expect(shown.text()).toContain('还没有组')
    await press(shown, '新增组')
    await shown.find('form input').setValue('erp')
    await shown.find('form').trigger('submit')
    await flushPromises()
    expect(sent('PUT')[0]?.body).toEqual({ types: [], subject: '', ticket: '', condition: '', after: 'now' })
    shown.unmount()
  })
})
