import { beforeAll, describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { i18n, speak, te } from '@/lib/i18n'
import type { Health } from '@/api/webhooks'
import { lagTone, listenerLine } from './consumers'
import { exampleOf, languages } from './example'
import { conditionRead, type Facts } from './facts'
import { changeable, takesFields } from './interceptors'
import { moved, sameOrder } from './order'
import { faultOf, fieldOf, isoOf, lastHours } from './range'
import { addressFault, changesOf, freshInterceptor, freshWebhook, isNetwork, linesOf } from './terms'
import { interceptorTouches, webhookTouches } from './touches'
import { eventTypes } from './types'
import { attemptWords, healthTone, healthWords, lagWords, millisecondsWords, pretty, waitingWords } from './words'

beforeAll(() => speak('zh-Hans'))

describe('types of events', () => {
  const documented = [...readFileSync(path.resolve('../docs/event-log.md'), 'utf8').matchAll(/^\| `([A-Z]\w+)` \|/gm)].map((match) => match[1]!)
  it('are all that are documented, each once and with a word', () => {
    expect([...eventTypes].sort()).toEqual([...documented].sort())
    expect(eventTypes.filter((type) => !te(`integrations.types.${type}`))).toEqual([])
  })
})

describe('a range of time', () => {
  it('goes from field to moment and back', () => expect(fieldOf(new Date(isoOf('2026-11-22T09:05')))).toBe('2026-11-22T09:05'))
  it('knows what is wrong with it', () => {
    expect([faultOf({ since: '', until: '2026-11-22T09:05' }), faultOf({ since: '2026-11-22T09:05', until: '2026-11-22T09:05' }), faultOf({ since: '2026-11-21T09:05', until: '2026-11-22T09:05' })]).toEqual(['incomplete', 'backwards', ''])
    expect(isoOf('nonsense')).toBe('')
  })
  it('takes in what happens this minute', () => {
    const now = new Date(2026, 10, 22, 9, 5, 40)
    const { since, until } = lastHours(24, now)
    expect([since, until]).toEqual(['2026-11-21T09:05', '2026-11-22T09:06'])
    expect(Date.parse(isoOf(until))).toBeGreaterThan(now.getTime())
  })
})

describe('an address', () => {
  it.each([['', 'missing'], ['https://a.example/x', ''], ['http://a.example', 'plain'], ['ftp://a', 'bad'], ['a.example', 'bad'], ['https://me:pw@a.example', 'bad']])('%s: %s', (text, fault) => expect(addressFault(text)).toBe(fault))
  it.each(['10.1.0.0/16', '192.168.1.7', 'fd00::/8', '::1'])('%s is a network', (text) => expect(isNetwork(text)).toBe(true))
  it.each(['10.1.0.0/33', '300.1.1.1', 'ten', '10.1.0', 'dead'])('%s is none', (text) => expect(isNetwork(text)).toBe(false))
})

describe('terms', () => {
  it('lists are sets, space around words is nothing', () => {
    const before = { ...freshWebhook(), name: 'a', types: ['B', 'A'], headers: { x: '1', y: '2' } }
    expect(changesOf(before, { ...before, name: ' a ', types: ['A', 'B'], headers: { y: '2', x: '1' } })).toEqual({})
    expect(changesOf(before, { ...before, types: ['A'], active: false })).toEqual({ types: ['A'], active: false })
  })
  it('lines are read as they are typed', () => expect(linesOf(' a, b\n\nc、a ')).toEqual(['a', 'b', 'c']))
  it('say what they touch', () => {
    expect(webhookTouches(null, {})).toEqual(['webhook_new'])
    expect(webhookTouches({ active: true }, { types: [], condition: 'x', allowed_networks: [] })).toEqual(['webhook_wants', 'networks_gone'])
    const one = freshInterceptor()
    expect(interceptorTouches(null, { ...one, on_failure: 'closed', timeout_ms: 5000 }, { timeout_ms: 5000 })).toEqual(['interceptor_new', 'interceptor_closed', 'interceptor_slow'])
    expect(interceptorTouches(one, { ...one, timeout_ms: 500 }, { timeout_ms: 500 })).toEqual(['interceptor_rest'])
  })
  it('every sentence of a touch exists', () => {
    const all = [...webhookTouches(null, { allowed_networks: ['a'] }), ...webhookTouches({ active: true }, { name: '', address: '', types: [], headers: {}, allowed_networks: [] }),
      ...interceptorTouches(null, { ...freshInterceptor(), on_failure: 'closed', timeout_ms: 9000 }, { timeout_ms: 1, may_change: ['a'], allowed_networks: ['a'] }),
      ...interceptorTouches(freshInterceptor(), freshInterceptor(), { name: '', verbs: [], address: '', on_failure: 'open', allowed_networks: [] }), 'interceptor_rest']
    expect(all.filter((one) => !te(`integrations.touches.${one}`))).toEqual([])
  })
})

describe('the order of interceptors', () => {
  it('moves one, held within the list', () => {
    expect(moved([1, 2, 3], 3, 0)).toEqual([3, 1, 2])
    expect(moved([1, 2, 3], 1, 9)).toEqual([2, 3, 1])
    expect(sameOrder([1, 2], [2, 1])).toBe(false)
  })
  it('knows what each verb lets be changed', () => {
    const known = [{ verb: 'close', arguments: ['reason'] }, { verb: 'edit', arguments: ['fields', 'priority'] }]
    expect(changeable(known, ['close'], ['priority'])).toEqual(['priority', 'reason'])
    expect(changeable(known, [], [])).toEqual(['priority', 'reason'])
    expect([takesFields(known, ['close']), takesFields(known, [])]).toEqual([false, true])
  })
})

describe('how things fare', () => {
  const health: Health = { state: 'active', waiting: 0, behind: 0, dead: 0, failures: 0, oldest_waiting_at: null, last_success_at: null, last_failure_at: null, last_failure: '', failing_since: null, rest_until: null, paused_at: null, paused_why: '' }
  it('is said in a word, red only when somebody has to act', () => {
    expect([healthWords(health), healthTone(health)]).toEqual(['正常', 'normal'])
    expect([healthWords({ ...health, state: 'failing' }), healthTone({ ...health, state: 'failing' })]).toEqual(['失败中', 'late'])
    expect([healthWords({ ...health, state: 'paused' }), healthTone({ ...health, state: 'paused' })]).toEqual(['已暂停', 'normal'])
    expect([healthWords({ ...health, state: 'paused', paused_why: 'failing' }), healthTone({ ...health, state: 'paused', paused_why: 'failing' })]).toEqual(['已自动暂停', 'late'])
  })
  it('says how many wait, and for how long', () => {
    const now = Date.parse('2026-11-22T09:10:00Z')
    expect(waitingWords(health, now)).toBe('没有待投递')
    expect(waitingWords({ waiting: 12, oldest_waiting_at: '2026-11-22T09:07:00Z' }, now)).toBe('待投递 12，最早的已等 3分')
  })
  it('says what came of a try', () => {
    expect(attemptWords({ status: 200, error: '', words: '' })).toBe('200')
    expect(attemptWords({ status: 500, error: 'status', words: 'The receiver answered 500.' })).toBe('500')
    expect(attemptWords({ status: 302, error: 'redirect', words: '' })).toBe('302 · 重定向，未跟随')
    expect(attemptWords({ status: null, error: 'timeout', words: '' })).toBe('超时，没有答复')
    expect(attemptWords({ status: null, error: 'of_tomorrow', words: 'Something else.' })).toBe('Something else.')
    expect([millisecondsWords(34.6), millisecondsWords(15_000)]).toEqual(['35 毫秒', '15 秒'])
  })
  it('says how far behind somebody is', () => {
    expect(lagWords(0, false, 0)).toBe('已读完')
    expect(lagWords(1000, true, 125)).toBe('1000+ 个事件，2分')
    expect(lagTone({ lag: 3, seconds: 2, state: 'stopped' })).toBe('late')
    expect(lagTone({ lag: 3, seconds: 900, state: 'idle' })).toBe('normal')
    expect(lagTone({ lag: 3, seconds: 40, state: 'alive' })).toBe('soon')
    const line = listenerLine({ kind: 'listener', name: 'old', lag: { events: 3, more: false, seconds: 5 }, moved_at: null, alive: false, orphaned: true, parked: 1, dead: 2 })
    expect([line.state, line.about]).toEqual(['orphaned', ''])
  })
  it('shows JSON as people read it, and leaves the rest', () => expect([pretty('{"a":1}'), pretty('<html>')]).toEqual(['{\n  "a": 1\n}', '<html>']))
})

describe('a condition over events', () => {
  const facts: Pick<Facts, 'known' | 'open' | 'name' | 'value'> = { known: [{ name: 'type', values: [] }, { name: 'actor.kind', values: [] }], open: false, name: (fact) => (fact === 'type' ? '事件类型' : fact), value: (_, value) => String(value) }
  it('is read in its own words', () => expect(conditionRead('type is TicketClosed', facts)).toEqual({ words: '事件类型是TicketClosed', wrong: '' }))
  it('may be empty', () => expect(conditionRead(' ', facts)).toEqual({ words: '', wrong: '' }))
  it('names the slip and its place', () => {
    expect(conditionRead('contract is x', facts).wrong).toContain('第 1 个字「contract」')
    expect(conditionRead('type is', facts).wrong).toContain('写到末尾')
    expect(conditionRead('contract is x', { ...facts, open: true }).wrong).toBe('')
  })
  it('knows a fact with a dot', () => expect(conditionRead('actor.kind is staff', facts).wrong).toBe(''))
})

describe('an example program', () => {
  it.each(languages)('%s names the address of this installation', (language) => expect(exampleOf(language, 'https://desk.example')).toContain('https://desk.example'))
  it('is offered with a word in every language', () => expect(languages.filter((one) => !i18n.global.te(`integrations.read.languages.${one}`))).toEqual([]))
})
