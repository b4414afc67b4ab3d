import { describe, expect, it } from 'vitest'
import type { Action, Ticket, VerbAnswer } from '@/api/tickets'
import type { FieldDefinition } from '@/lib/fields'
import { queryOf } from './lists/filters'
import { emptyForm, owedBy, subjectOf, ticketFrom } from './new/form'
import { edgePath, place, sizeOf } from './page/strip'
import { owed, sentArgs, verbShapes } from './page/verbs'
import { sendVerb, shownActions } from './page/verbs/sending'
import { changedSinceSeen, markSeen } from './shared/seen'

const action = (verb: Action['verb'], items: number[] = [7]): Action => ({ verb, items, primary: false, reason_owed: false })

describe('a new ticket', () => {
  const fields: FieldDefinition[] = [{ code: 'since', type: 'date', label: '何时', required: true }]
  it('owes category, words, required fields, and an answer when answered on the spot', () => {
    const form = { ...emptyForm(), onSpot: true }
    expect(owedBy(form, fields, false)).toEqual(['category', 'body', 'answer', 'fields.since'])
    expect(owedBy(form, fields, true)).toEqual(['category', 'body'])
  })
  it('takes the first line as its subject until one is typed', () => {
    expect(subjectOf({ ...emptyForm(), body: '路灯不亮\n第三天' })).toBe('路灯不亮')
    expect(subjectOf({ ...emptyForm(), body: '路灯不亮', subject: ' 照明 ' })).toBe('照明')
  })
  it('sends what was given and nothing else', () => {
    const form = { ...emptyForm(), category: 'net', body: ' 断网 ', fields: { since: '2026-11-20' }, onSpot: true, answer: '已答复' }
    expect(ticketFrom(form, fields, false)).toEqual({ category: 'net', body: '断网', subject: '断网', channel: 'phone', requester: { name: '', phone: '' }, fields: { since: '2026-11-20' }, attachments: [], answered_on_spot: true, answer: '已答复' })
    expect(ticketFrom(form, fields, true)).toMatchObject({ draft: true })
    expect(ticketFrom(form, fields, true)).not.toHaveProperty('answer')
  })
})

describe('verbs', () => {
  it('have each their own letter, apart from pairs that never meet', () => {
    const letters = Object.entries(verbShapes).flatMap(([verb, shape]) => (shape.key ? [[shape.key, verb] as const] : []))
    const shared = letters.filter(([key, verb]) => letters.some(([other, its]) => other === key && its !== verb)).map(([, verb]) => verb).sort()
    expect(shared).toEqual(['close', 'pause', 'reopen', 'resume'])
  })
  it('owe what the API owes', () => {
    expect(owed('transfer', {})).toEqual(['to', 'reason'])
    expect(owed('transfer', { team: 3, reason: '归他们管' })).toEqual([])
    expect(owed('call_back', { result: 'dissatisfied' })).toEqual(['note'])
    expect(owed('decide_extension', { grant: false, reason: '不够' })).toEqual([])
    expect(owed('process', {}, false)).toEqual([])
    expect(owed('pause', { reason: '等件' })).toEqual(['waiting_for'])
  })
  it('send no empty words and no helpers of the panel', () => expect(sentArgs({ reason: '', people: [], _reply: 'x', grant: false, n: 0 })).toEqual({ grant: false, n: 0 }))
  it('show at most six in front, none that destroys', () => {
    const { first, rest } = shownActions((['process', 'transfer', 'return', 'cancel', 'append', 'note', 'urge', 'consult', 'force_end'] as const).map((verb) => action(verb)))
    expect(first.map((one) => one.verb)).toEqual(['process', 'transfer', 'return', 'append', 'note', 'urge'])
    expect(rest.map((one) => one.verb)).toEqual(['cancel', 'consult', 'force_end'])
  })
  it('leave the verbs of cards to the cards', () => {
    const { first, rest } = shownActions((['appeal_card', 'process', 'supervise', 'withdraw_card'] as const).map((verb) => action(verb)))
    expect([first, rest].map((some) => some.map((one) => one.verb))).toEqual([['process'], ['supervise']])
  })
  it('reply before processing, so that the answer stands before the ticket moves on', async () => {
    const calls: [string, Record<string, unknown>, string | undefined][] = []
    const perform = async (verb: string, args: Record<string, unknown>, key?: string): Promise<VerbAnswer> => { calls.push([verb, args, key]); return {} as VerbAnswer }
    const ticket = { form: { version: 1, fields: [{ code: 'cause', type: 'text', label: '' }] }, fields: { cause: '断纤' } } as unknown as Ticket
    await sendVerb(perform, action('process'), { result: '已修好', _reply: '已恢复', fields: { cause: '断纤' } }, 'k', ticket)
    expect(calls).toEqual([['reply', { body: '已恢复' }, 'k-reply'], ['process', { item: 7, result: '已修好', fields: {} }, 'k']])
  })
})

describe('the strip', () => {
  it('is as large as its columns and lanes', () => {
    const small = sizeOf({ columns: 2, lanes: 1, nodes: [], edges: [] })
    const large = sizeOf({ columns: 5, lanes: 3, nodes: [], edges: [] })
    expect(large.width).toBeGreaterThan(small.width)
    expect(large.height).toBeGreaterThan(small.height)
  })
  it('draws straight in a lane and bends between lanes', () => {
    const at = (x: number, y: number) => place({ x, y })
    expect(edgePath(at(0, 0), at(1, 0), false)).not.toContain('C')
    expect(edgePath(at(0, 0), at(1, 1), false)).toContain('C')
    expect(edgePath(at(2, 0), at(0, 0), true)).toContain('C')
  })
})

describe('filters in the address', () => {
  it('days become moments that hold the whole last day', () => {
    const filters = queryOf({ kind: 'repair', opened_after: '2026-11-01', opened_before: '2026-11-01', q: '', other: 'x' })
    expect(Object.keys(filters).sort()).toEqual(['kind', 'opened_after', 'opened_before'])
    expect(Date.parse(String(filters.opened_before)) - Date.parse(String(filters.opened_after))).toBe(86_400_000)
  })
  it('a broken day filters nothing', () => expect(queryOf({ opened_after: 'soon' }).opened_after).toBeUndefined())
})

describe('changed since seen', () => {
  it('only what was seen can have changed', () => {
    expect(changedSinceSeen('1', '2026-11-22T00:00:00Z')).toBe(false)
    markSeen('1', '2026-11-22T00:00:00Z')
    expect(changedSinceSeen('1', '2026-11-22T00:00:00Z')).toBe(false)
    expect(changedSinceSeen('1', '2026-11-22T00:00:01Z')).toBe(true)
  })
})
