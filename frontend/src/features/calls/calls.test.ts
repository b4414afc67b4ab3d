import { beforeAll, describe, expect, it } from 'vitest'
import type { CallDetail, CallPart, LiveCall, Pop, PopTicket } from '@/api/phone'
import { speak } from '@/lib/i18n'
import { laterTimes } from './lib/again'
import { choicesOf, isWithheld, keptChoice, movedChoice, noPop, popAfter, wayOf, type PopPlace } from './lib/choices'
import { diallable, heldFirst, meantBy, verbsOf, waits, type CallVerb } from './lib/control'
import { faultText } from './lib/faults'
import { isNarrowed, queryOf } from './lib/filters'
import { stepsOf } from './lib/track'

const call = (id: number, more: Partial<LiveCall> = {}): LiveCall => ({
  id, direction: 'inbound', phase: 'ringing', mine: 'ringing', number: { shown: '138 0013 8000', masked: false, digits: '+8613800138000' }, customer: null, chosen: false, candidates_count: 0,
  line: '', line_label: '', queue: '', queue_title: '', menu: [], began_at: '2026-11-22T09:00:00Z', rang_at: '2026-11-22T09:00:01Z', answered_at: null, waited: 0, leg_known: true, others: [],
  transferring: null, conference: false, ...more,
})
const all = (): boolean => true
const customer = { id: 7, name: '李建国', kind: 'person', level: 'vip', level_name: 'VIP' }
const ticket = (number: string, more: Partial<PopTicket> = {}): PopTicket => ({
  number, subject: '无法上网', state: 'open', kind: 'repair', node: '', node_title: {}, handler: '', department: '', required_end: null, card: '', updated_at: '', may_append: true, may_urge: true, ...more,
})
const pop = (more: Partial<Pop> = {}): Pop => ({
  call: call(1), customer: null, candidates: [], open_tickets: [], last_contacts: [], repeat: { calls: 0, days: 7, warn: false, last_at: null }, suggested: { category: null, category_name: '', because: '' }, ...more,
})

describe('what can be done with a call', () => {
  it.each<[Partial<LiveCall>, CallVerb[]]>([
    [{ mine: 'ringing' }, ['answer', 'hang_up']],
    [{ mine: 'talking' }, ['hold', 'mute', 'transfer', 'conference', 'dtmf', 'hang_up']],
    [{ mine: 'held' }, ['resume', 'transfer', 'hang_up']],
    [{ mine: 'talking', transferring: { to: '8102' } }, ['complete_transfer', 'cancel_transfer', 'mute', 'dtmf', 'hang_up']],
    [{ mine: 'held', transferring: { to: '8102' } }, ['complete_transfer', 'cancel_transfer', 'mute', 'dtmf', 'hang_up']],
    [{ mine: 'ended' }, []],
    [{ mine: 'talking', leg_known: false }, []],
  ])('%o', (state, verbs) => { expect(verbsOf(call(1, state), all)).toEqual(verbs) })

  it('is no more than the telephone system can', () => {
    expect(verbsOf(call(1, { mine: 'talking' }), (verb) => ['hold', 'hang_up'].includes(verb))).toEqual(['hold', 'hang_up'])
  })

  it('rests while a command is on its way, except hanging up', () => {
    expect([waits('hold', 'hold'), waits('hold', 'transfer'), waits('hold', 'hang_up'), waits(undefined, 'hold')]).toEqual(['busy', 'off', '', ''])
  })

  it('with two calls: the one talked on is held before the other is answered, a conference is not', () => {
    const [one, other] = [call(1, { mine: 'talking' }), call(2)]
    expect(heldFirst([one, other], other, all).map((each) => each.id)).toEqual([1])
    expect(heldFirst([one, other], other, (verb) => verb !== 'hold')).toEqual([])
    expect(heldFirst([{ ...one, conference: true }, other], other, all)).toEqual([])
    expect(heldFirst([{ ...one, mine: 'held' }, other], other, all)).toEqual([])
  })

  it('by keys means the call that is nearest', () => {
    const [held, talking, ringing] = [call(1, { mine: 'held' }), call(2, { mine: 'talking' }), call(3)]
    const both = [held, talking, ringing]
    expect(meantBy('answer', both)).toMatchObject({ call: { id: 3 }, verb: 'answer' })
    expect(meantBy('hold', both)).toMatchObject({ call: { id: 2 }, verb: 'hold' })
    expect(meantBy('hold', [held])).toMatchObject({ call: { id: 1 }, verb: 'resume' })
    expect(meantBy('hang_up', both)).toMatchObject({ call: { id: 2 } })
    expect(meantBy('hang_up', [held, ringing])).toMatchObject({ call: { id: 3 } })
    expect(meantBy('transfer', [ringing])).toBeNull()
  })

  it.each([['138 0013-8000', '13800138000'], ['＋86 138', '+86138'], ['sip8', 'SIP8'], ['*72#', '*72#'], ['', ''], ['138****8000', ''], ['a b;c', ''], ['1@evil', '']])('dials %s as %s', (text, number) => {
    expect(diallable(text)).toBe(number)
  })
})

describe('the pop', () => {
  it('offers a new ticket first, then what is open', () => {
    const choices = choicesOf(pop({ customer, open_tickets: [ticket('1'), ticket('2')] }))
    expect(choices.map((one) => one.key)).toEqual(['new', '1', '2'])
    expect(choicesOf(pop({ customer, open_tickets: [ticket('1')] }), false).map((one) => one.key)).toEqual(['1'])
  })
  it('asks who it is when several have the number, and offers none of them', () => {
    const candidates = [{ customer, how: 'same' as const, label: '', contacts: 2, open_tickets: 1 }]
    expect(choicesOf(pop({ candidates })).map((one) => one.kind)).toEqual(['candidate', 'nobody'])
  })
  it('makes a customer with the ticket when nobody has the number', () => {
    expect(choicesOf(pop())).toEqual([{ kind: 'new', key: 'new', unknown: true }])
  })
  it('keeps what is chosen through a refresh, and stops at the ends', () => {
    const choices = choicesOf(pop({ customer, open_tickets: [ticket('1'), ticket('2')] }))
    expect(keptChoice(choices, '2')).toBe('2')
    expect(keptChoice(choices, 'gone')).toBe('new')
    expect(keptChoice([], 'gone')).toBeNull()
    expect(movedChoice(choices, 'new', 1)).toBe('1')
    expect(movedChoice(choices, 'new', -1)).toBe('new')
    expect(movedChoice(choices, '2', 1)).toBe('2')
  })
  it('leads with the call: to a new ticket, to append, to urge, to read', () => {
    expect(wayOf({ kind: 'new', key: 'new', unknown: false }, 5)).toBe('/tickets/new?call=5')
    expect(wayOf({ kind: 'ticket', key: '1', ticket: ticket('1') }, 5)).toBe('/tickets/1?call=5&verb=append')
    expect(wayOf({ kind: 'ticket', key: '1', ticket: ticket('1', { may_append: false }) }, 5)).toBe('/tickets/1?call=5&verb=urge')
    expect(wayOf({ kind: 'ticket', key: '1', ticket: ticket('1', { may_append: false, may_urge: false }) }, 5)).toBe('/tickets/1?call=5')
    expect(wayOf({ kind: 'nobody', key: 'nobody' }, 5)).toBeNull()
  })
  it('knows a withheld number from a masked one', () => {
    expect(isWithheld({ shown: '', masked: false, digits: null })).toBe(true)
    expect(isWithheld({ shown: '138****8000', masked: true, digits: null })).toBe(false)
  })
})

describe('where the pop stands', () => {
  const after = (before: PopPlace, calls: LiveCall[], typing = false, wrapUp: number | null = null): PopPlace =>
    popAfter(before, { calls, wrap_up: wrapUp === null ? null : { call_id: wrapUp, part_id: 1, until: null, disposed: false } }, typing)

  it('comes with a ring: into the column, or docked while somebody types', () => {
    expect(after(noPop, [call(1)])).toMatchObject({ shown: 1, docked: false })
    expect(after(noPop, [call(1)], true)).toMatchObject({ shown: 1, docked: true })
  })
  it('comes once: put aside it stays aside, also when answered', () => {
    const seen = after(noPop, [call(1)])
    const aside = { ...seen, shown: null }
    expect(after(aside, [call(1)]).shown).toBeNull()
    expect(after(aside, [call(1, { mine: 'talking' })]).shown).toBeNull()
  })
  it('does not come for calls one makes, nor for those found under way', () => {
    expect(after(noPop, [call(1, { direction: 'outbound' }), call(2, { mine: 'talking' })]).shown).toBeNull()
  })
  it('leaves with its call, but stays through wrap-up', () => {
    const shown = after(noPop, [call(1)])
    expect(after(shown, []).shown).toBeNull()
    expect(after(shown, [], false, 1).shown).toBe(1)
    expect(after(shown, [], false, 2).shown).toBeNull()
  })
  it('of a second ring does not push away the one that is talked about', () => {
    const shown = after(after(noPop, [call(1)]), [call(1, { mine: 'talking' })])
    expect(after(shown, [call(1, { mine: 'talking' }), call(2)]).shown).toBe(1)
    expect(after({ ...shown, shown: null }, [call(1, { mine: 'talking' }), call(2)]).shown).toBe(2)
  })
  it('of one of two that ring at once stays, and the other comes when it is over', () => {
    const first = after(noPop, [call(1)])
    const both = after(first, [call(1), call(2)])
    expect(both.shown).toBe(1)
    expect(after(both, [call(2)]).shown).toBe(2)
  })
  it('comes again when the call went and rings once more', () => {
    expect(after(after(after(noPop, [call(1)]), []), [call(1)]).shown).toBe(1)
  })
  it('of a new ring replaces the pop of a call that is over', () => {
    expect(after(after(after(noPop, [call(1)]), [], false, 1), [call(2)], false, 1).shown).toBe(2)
  })
})

describe('the list of calls', () => {
  it('asks for whole days', () => {
    const asked = queryOf({ from: '2026-11-01', to: '2026-11-02', outcome: 'missed', odd: 'x', number: '' })
    expect(asked).toEqual({ from: new Date(2026, 10, 1).toISOString(), to: new Date(2026, 10, 3).toISOString(), outcome: 'missed' })
    expect(queryOf({ from: 'nonsense' })).toEqual({})
    expect([isNarrowed({}), isNarrowed({ mine: '1' })]).toEqual([false, true])
  })
})

describe('how a call went', () => {
  const part = (more: Partial<CallPart>): CallPart => ({
    id: 1, seq: 1, person: { id: 1, name: '刘洋' }, extension: '8101', rang_at: '2026-11-22T09:00:20Z', answered_at: null, ended_at: null, outcome: 'missed', ring_seconds: 15, talk_seconds: 0,
    hold_seconds: 0, wrap_up_seconds: 0, transferred_to: '', transfer_mode: '', ...more,
  })
  const detail = {
    direction: 'inbound', began_at: '2026-11-22T09:00:00Z', line_label: '热线', dialled: '4008001234', menu: [{ digits: '2', label: '报修', at: '2026-11-22T09:00:05Z' }],
    stays: [{ queue: 'hotline', title: '热线人工', entered_at: '2026-11-22T09:00:06Z', left_at: '2026-11-22T09:01:00Z', outcome: 'answered', waited: 54 }],
    parts: [
      part({ ended_at: '2026-11-22T09:00:35Z' }),
      part({ seq: 2, person: null, extension: '8102', answered_at: '2026-11-22T09:01:00Z', ended_at: '2026-11-22T09:03:00Z', outcome: 'answered', transferred_to: '8103', transfer_mode: 'attended' }),
      part({ seq: 3, outcome: 'elsewhere', ended_at: '2026-11-22T09:01:00Z' }),
    ],
    ended_at: '2026-11-22T09:05:00Z', ended_by: 'customer', closed_by_us: false,
  } as unknown as CallDetail

  it('is told in time; who rang while another took it is not', () => {
    expect(stepsOf(detail).map((one) => one.code)).toEqual(['began_inbound', 'menu', 'queued', 'part_missed', 'answered', 'transferred_attended', 'ended_customer'])
    expect(stepsOf(detail)[4]).toMatchObject({ params: { name: '8102', seconds: 15 } })
  })
  it('tells an abandoned wait, and an end nobody told', () => {
    const left = { ...detail, menu: [], parts: [], closed_by_us: true, stays: [{ ...detail.stays[0]!, outcome: 'abandoned' as const }] }
    expect(stepsOf(left).map((one) => one.code)).toEqual(['began_inbound', 'queued', 'left_abandoned', 'closed_by_us'])
  })
})

describe('trying again', () => {
  it('is offered later today and tomorrow', () => {
    const times = laterTimes(new Date(2026, 10, 30, 9, 20))
    expect(times.map((one) => one.code)).toEqual(['in_one_hour', 'in_three_hours', 'tomorrow_morning', 'tomorrow_afternoon'])
    expect(times[2]!.at).toEqual(new Date(2026, 11, 1, 10))
  })
})

describe('why it did not work', () => {
  beforeAll(() => speak('zh-Hans'))
  it.each([
    ['not_connected', '与电话系统的连接断了'], ['stale', '电话系统没有及时回应'], ['Asterisk cannot conference.', '这套电话系统做不到'], ['the system cannot do this', '这套电话系统做不到'], ['no answer within 5 seconds', '电话系统没有及时回应'],
    ['Asterisk is not connected.', '与电话系统的连接断了'], ['Asterisk no longer has this channel.', '这通电话已经不在了'], ['-ERR USER_BUSY', '-ERR USER_BUSY'], ['', '电话系统没有说明原因'],
  ])('%s', (fault, words) => { expect(faultText(fault)).toBe(words) })
})
