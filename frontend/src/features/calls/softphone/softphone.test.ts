import { describe, expect, it } from 'vitest'
import type { LiveCall } from '@/api/phone'
import { loudness } from './audio'
import { addressOf, lineOf, sameNumber, seenThrough, strayLines, tonesOf, type Line } from './lines'

const line = (id: string, number: string, state: Line['state'] = 'ringing', consults: string | null = null): Line => ({ id, direction: 'inbound', number, state, muted: false, since: 0, consults })
const call = (id: number, digits: string | null, mine: LiveCall['mine'] = 'ringing'): LiveCall => ({ id, mine, leg_known: false, transferring: null, number: { shown: digits ?? '****', masked: digits === null, digits } }) as LiveCall

describe('a line of the softphone', () => {
  it('is the call of its number, however that is written', () => {
    expect(sameNumber('+8613800138000', '138-0013-8000')).toBe(true)
    expect(sameNumber('8001', '8002')).toBe(false)
    expect(sameNumber('', '')).toBe(false)
    expect(lineOf(call(1, '13800138000'), [line('a', '8001'), line('b', '+8613800138000')])?.id).toBe('b')
  })
  it('is the only one that could be, and none when several could', () => {
    expect(lineOf(call(1, null), [line('a', 'anonymous')])?.id).toBe('a')
    expect(lineOf(call(1, null), [line('a', 'anonymous'), line('b', '8002')])).toBeUndefined()
    expect(lineOf(call(1, null), [line('a', '8001', 'talking')])).toBeUndefined()
  })
  it('is shown by itself when the server knows nothing of it', () => {
    const all = [line('a', '13800138000'), line('b', '13900139000')]
    expect(strayLines(all, [call(1, '13800138000')]).map((one) => one.id)).toEqual(['b'])
    expect(strayLines(all, [])).toEqual(all)
  })
  it('tells the call more than the server knows', () => {
    const talking = [line('a', '13800138000', 'held'), line('c', '8002', 'talking', 'a')]
    const seen = seenThrough(call(1, '13800138000', 'talking'), talking)
    expect(seen).toMatchObject({ leg_known: true, mine: 'held', transferring: { to: '8002' } })
    const calling = [line('a', '13800138000', 'held'), line('c', '8002', 'calling', 'a')]
    expect(seenThrough(call(1, '13800138000', 'talking'), calling)).toMatchObject({ mine: 'held', transferring: null })
    expect(seenThrough(call(2, null, 'ringing'), [])).toMatchObject({ leg_known: false })
  })
})

describe('what is dialled', () => {
  it('is a number or an extension and nothing that SIP would read as more', () => {
    expect(addressOf('010-1234 5678', 'pbx.example')).toBe('sip:01012345678@pbx.example')
    expect(addressOf('*77#', 'pbx.example')).toBe('sip:*77%23@pbx.example')
    for (const odd of ['', '1@evil', '1;x=y', 'sip:1', '1\r\nVia: x']) expect(addressOf(odd, 'pbx.example')).toBeNull()
    expect(tonesOf('1a#*?-9\n')).toBe('1a#*9')
  })
})

describe('loudness', () => {
  it('is nothing in silence, whole at full scale, and between them in decibels', () => {
    expect(loudness(new Float32Array(8))).toBe(0)
    expect(loudness(new Float32Array(8).fill(1))).toBe(1)
    expect(loudness(new Float32Array(8).fill(0.1))).toBeCloseTo(1 - 20 / 60)
    expect(loudness(new Float32Array(0))).toBe(0)
  })
})
