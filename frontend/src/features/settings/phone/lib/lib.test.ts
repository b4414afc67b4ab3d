import { beforeAll, describe, expect, it } from 'vitest'
import type { TelephoneSystem } from '@/api/phone'
import { speak } from '@/lib/i18n'
import { connectionWords } from '@/lib/telephone'
import { choicesOf, findExtensions, menuFaults, menuLines, personFor, readPasted } from './extensions'
import { changesOf, draftOf, faultOf, freeCode, givenOf, settingsOf, systemTouches } from './terms'

beforeAll(() => speak('zh-Hans'))

const system: TelephoneSystem = {
  code: 'main', name: '总机', dialect: 'asterisk', host: 'pbx.example', port: 5038, username: 'gongdan', has_secret: true, control_address: '', recording_address: '', allowed_networks: [],
  settings: { recording_folder: '/var/spool' }, sip_address: '', sip_domain: '', ice_servers: [{ urls: ['stun:a:3478'], username: '', credential: '' }], active: true,
  health: 'connected', health_words: '', connected_at: null, heard_at: null, capabilities: [], version: 4, signals_address: '',
}

describe('a telephone system being edited', () => {
  it('sends only what differs, and no secret unless one was typed', () => {
    const before = draftOf(system, 'asterisk')
    expect(changesOf(before, { ...before }, 'asterisk')).toEqual({})
    expect(changesOf(before, { ...before, name: ' 主机 ', secret: 'x' }, 'asterisk')).toEqual({ name: '主机', secret: 'x' })
    expect(changesOf(before, { ...before, ice: [{ urls: 'stun:a:3478 turn:b:3478', username: 'u', credential: '…' }] }, 'asterisk'))
      .toEqual({ ice_servers: [{ urls: ['stun:a:3478', 'turn:b:3478'], username: 'u', credential: '…' }] })
    expect(changesOf(before, { ...before, words: '' }, 'asterisk')).toEqual({ settings: {} })
  })
  it('is made of what was given: an HTTP system has neither host nor password', () => {
    const draft = { ...draftOf(null, 'http'), name: '外部', host: 'x', secret: 'y', control_address: 'https://a.example' }
    expect(givenOf(draft, 'http')).toEqual({ name: '外部', control_address: 'https://a.example', active: true })
    expect(givenOf({ ...draftOf(null, 'freeswitch'), name: 'F', host: 'h', secret: 's' }, 'freeswitch')).toEqual({ name: 'F', host: 'h', port: 8021, secret: 's', active: true })
  })
  it('is judged before it is sent', () => {
    const draft = draftOf(system, 'asterisk')
    expect([faultOf(draft, 'asterisk'), faultOf({ ...draft, name: ' ' }, 'asterisk'), faultOf({ ...draft, host: 'a b' }, 'asterisk'), faultOf({ ...draft, host: '' }, 'http'),
      faultOf({ ...draft, words: '[1]' }, 'asterisk'), faultOf({ ...draft, sip_address: 'https://x' }, 'asterisk'), faultOf({ ...draft, port: 70000 }, 'asterisk')])
      .toEqual(['', 'name', 'host', '', 'words', 'sip_address', 'port'])
    expect([settingsOf(''), settingsOf('{"a":1}'), settingsOf('nonsense')]).toEqual([{}, { a: 1 }, null])
  })
  it('says what saving will touch', () => {
    expect(systemTouches(null, {})).toEqual(['made'])
    expect(systemTouches(system, { active: false, host: 'b' })).toEqual(['off'])
    expect(systemTouches(system, { host: 'b' })).toEqual(['reconnect', 'secret_again'])
    expect(systemTouches(system, { host: 'b', secret: 'x' })).toEqual(['reconnect'])
    expect(systemTouches({ ...system, active: false }, { name: 'b' })).toEqual(['later'])
    expect(systemTouches({ ...system, dialect: 'http' }, { name: 'b' })).toEqual(['name'])
    expect(systemTouches(system, { sip_address: 'wss://a' })).toEqual(['reconnect', 'softphones'])
    expect(systemTouches(system, {})).toEqual([])
  })
  it('gets a code that is free', () => expect([freeCode('Asterisk', []), freeCode('总机', ['system']), freeCode('A b', ['a-b', 'a-b-2'])]).toEqual(['asterisk', 'system-2', 'a-b-3']))
})

describe('pasted extensions', () => {
  it('are read line by line, a head left out, faults named', () => {
    const found = readPasted('分机,姓名\n801,张三\r\nkf-02\t李四\tpw\n\n801\n803\nx y', [{ number: '803' }])
    expect(found.map((one) => [one.line, one.number, one.who, one.secret, one.fault])).toEqual([
      [2, '801', '张三', '', ''], [3, 'KF-02', '李四', 'pw', ''], [5, '801', '', '', 'twice'], [6, '803', '', '', 'there'], [7, 'X Y', '', '', 'number'],
    ])
  })
  it('are matched to one person, never to two of one name', () => {
    const people = [{ id: 1, name: '张三', username: 'zs' }, { id: 2, name: '张三', username: 'zs2' }, { id: 3, name: '李四', username: 'ls' }]
    expect([personFor('李四', people)?.id, personFor('ZS2', people)?.id, personFor('张三', people), personFor('', people)]).toEqual([3, 2, null, null])
  })
  it('are found by number, channel and person', () => {
    const one = (number: string, name: string | null, channel = '') => ({ number, channel, staff: name ? { id: 1, name } : null })
    expect(findExtensions([one('801', '张三'), one('KF02', null, 'PJSIP/2'), one('803', null)], 'pjsip').map((found) => found.number)).toEqual(['KF02'])
  })
})

describe('the menu of a line', () => {
  it('goes to lines and back, by its keys', () => {
    const choices = { 10: { label: '十' }, 2: { label: '报修', category: 'repair' } }
    expect(menuLines(choices).map((one) => one.digits)).toEqual(['2', '10'])
    expect(choicesOf(menuLines(choices))).toEqual(choices)
    expect(choicesOf([{ digits: ' ', label: '', category: null }])).toEqual({})
  })
  it('names lines that cannot be kept', () => {
    const line = (digits: string, label = 'x') => ({ digits, label, category: null })
    expect(menuFaults([line('1'), line('1'), line('x'), line('', '')])).toEqual({ 1: 'twice', 2: 'digits' })
  })
})

describe('why a system cannot be heard', () => {
  it.each([
    ["[Errno 111] Connect call failed ('127.0.0.1', 5038)", '没有程序应答'], ['[Errno -2] Name or service not known', '主机名'], ['TimeoutError', '没有回答'],
    ['the connection was closed', '断开'], ['Authentication failed', '密码'],
  ])('%s', (english, words) => expect(connectionWords(english)).toContain(words))
  it('stays as it was said where it is not known', () => expect(connectionWords('something new')).toBe('something new'))
})
