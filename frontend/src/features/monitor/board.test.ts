import { describe, expect, it } from 'vitest'
import type { Board, BoardPerson, BoardQueue } from '@/api/phone'
import { countStates, peopleShown, percentOf, queuesShown, serviceSecondsOf, sinceOf, stateOf, unheard, waitTone, wholeOf, worstTone } from './board'

const at = '2026-11-22T08:00:00Z'
const person = (id: number, name: string, state: BoardPerson['presence']['state'], call: Partial<NonNullable<BoardPerson['call']>> | null = null): BoardPerson => ({
  staff: { id, name }, department: '热线', team_names: ['甲班'], presence: { state, reason: '', since: at }, extension: `80${id}`, answered_today: 0, target: 70,
  call: call && { id, number: { shown: '138****0000', masked: true, digits: null }, customer: null, direction: 'inbound', phase: 'talking', since: '2026-11-22T08:05:00Z', queue: 'q', ...call },
})
const queue = (name: string, more: Partial<BoardQueue> = {}): BoardQueue => ({
  queue: name, title: name, system: 's', waiting: 0, longest_since: null, agents_ready: 0, agents_talking: 0, offered_today: 0, answered_today: 0, abandoned_today: 0,
  service_level: null, service_seconds: 20, asa_seconds: null, ...more,
})

describe('people on the board', () => {
  const people = [person(1, '王', 'offline'), person(2, '李', 'ready'), person(3, '赵', 'busy', {}), person(4, '钱', 'ready', { phase: 'ringing' }), person(5, '安', 'ready')]
  it('do what their call says, else what they said', () => {
    expect(people.map(stateOf)).toEqual(['offline', 'ready', 'talking', 'ringing', 'ready'])
    expect(sinceOf(people[2]!)).toBe('2026-11-22T08:05:00Z')
    expect(sinceOf(people[1]!)).toBe(at)
  })
  it('stand by what they do, then by name; who is absent only when asked for', () => {
    const names = (filter: object) => peopleShown(people, { state: '', text: '', absent: false, ...filter }).map((one) => one.staff.name)
    expect(names({})).toEqual(['赵', '钱', '安', '李'])
    expect(names({ absent: true }).at(-1)).toBe('王')
    expect(names({ state: 'offline' })).toEqual(['王'])
    expect(names({ text: '803 热' })).toEqual(['赵'])
  })
  it('are counted', () => expect(countStates(people)).toMatchObject({ ready: 2, talking: 1, ringing: 1, offline: 1, break: 0 }))
})

describe('queues', () => {
  it('know when a wait is soon too long and when it is', () => {
    const tone = (seconds: number) => waitTone(at, 20, Date.parse(at) + seconds * 1000)
    expect([tone(0), tone(10), tone(11), tone(20), tone(21)]).toEqual(['normal', 'normal', 'soon', 'soon', 'late'])
    expect(waitTone(null, 20, 0)).toBe('normal')
    const waits = [queue('a', { longest_since: at, service_seconds: 20 }), queue('b', { service_seconds: 5 })]
    expect([11, 21].map((seconds) => worstTone(waits, Date.parse(at) + seconds * 1000))).toEqual(['soon', 'late'])
  })
  it('add up, the service level by what was answered or abandoned', () => {
    const board: Board = {
      at, people: [], calls_waiting: [], systems: [],
      queues: [
        queue('a', { waiting: 2, longest_since: '2026-11-22T07:59:30Z', offered_today: 30, answered_today: 28, abandoned_today: 2, service_level: 0.9 }),
        queue('b', { waiting: 1, longest_since: '2026-11-22T07:59:00Z', offered_today: 10, answered_today: 9, abandoned_today: 1, service_level: 0.5 }),
        queue('c'),
      ],
    }
    expect(wholeOf(board)).toMatchObject({ waiting: 3, longest: '2026-11-22T07:59:00Z', offered: 40, answered: 37, abandoned: 3 })
    expect(wholeOf(board).service).toBeCloseTo(0.8)
    expect(wholeOf({ ...board, queues: [queue('c')] }).service).toBeNull()
    expect(wholeOf({ ...board, queues: [queue('a', { agents_talking: 3 }), queue('b', { agents_talking: 1 })] }).talking).toBe(4)
    expect([serviceSecondsOf([queue('a', { service_seconds: 15 })], 'a'), serviceSecondsOf([], 'x')]).toEqual([15, 20])
  })
  it('of systems that are off are shown only where something came', () => {
    const systems = [{ code: 's', name: 's', health: 'connected', health_words: '', heard_at: null }]
    expect(queuesShown([queue('a'), queue('b', { system: 'off' }), queue('c', { system: 'off', offered_today: 1 })], systems).map((one) => one.queue)).toEqual(['a', 'c'])
  })
  it('say a share in per cent', () => expect([percentOf(0.856), percentOf(1), percentOf(null), percentOf(0)]).toEqual([86, 100, null, 0]))
  it('name the systems that are silent', () => {
    const system = (code: string, health: string) => ({ code, name: code, health, health_words: '', heard_at: null })
    expect(unheard([system('a', 'connected'), system('b', 'connecting'), system('c', 'off'), system('d', 'refused')]).map((one) => one.code)).toEqual(['b', 'd'])
  })
})
