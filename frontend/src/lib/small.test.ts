import { describe, expect, it } from 'vitest'
import { holdsOne } from './feature'
import { changedValues, choicePath, defaultsOf, isEmpty, missingFields, type FieldDefinition } from './fields'
import { dropDraft, keepDraft, takeDraft } from './drafts'
import { score } from './search'
import { countText, freshKey, phoneText, subjectFrom } from './text'

describe('the subject writes itself', () => {
  it.each([
    ['宽带中断三天。\n要求今天恢复', '宽带中断三天'],
    ['\n\n  路灯不亮 ', '路灯不亮'],
    ['', ''],
  ])('%j → %j', (body, subject) => expect(subjectFrom(body)).toBe(subject))
  it('a long line ends at a sentence', () => {
    const subject = subjectFrom('宽带中断三天，报修两次都没有人上门。客户非常着急，要求今天之内恢复并且说明原因，否则向管理部门投诉。')
    expect(subject.length).toBeLessThanOrEqual(40)
    expect(subject).toBe('宽带中断三天，报修两次都没有人上门。客户非常着急，要求今天之内恢复并且说明原因')
  })
})

describe('small texts', () => {
  it('numbers as they are read', () => {
    expect(phoneText('+8613800138000')).toBe('138 0013 8000')
    expect(phoneText('+861012345678;ext=801')).toBe('01012345678-801')
    expect(phoneText('12345')).toBe('12345')
  })
  it('bounded counts', () => expect([countText(7, false), countText(100, true)]).toEqual(['7', '99+']))
  it('keys differ', () => expect(freshKey()).not.toBe(freshKey()))
})

describe('rights', () => {
  it('nothing wanted is open to all', () => expect(holdsOne([], [])).toBe(true))
  it('an area covers its rights', () => expect(holdsOne(['admin.flows'], ['admin.*'])).toBe(true))
  it('others do not count', () => expect(holdsOne(['ticket.view'], ['admin.*', 'ticket.open'])).toBe(false))
})

describe('own fields', () => {
  const fields: FieldDefinition[] = [
    { code: 'a', type: 'text', label: 'A', required: true },
    { code: 'b', type: 'number', label: 'B', mode: 'read' },
    { code: 'c', type: 'address', label: 'C', mode: 'optional' },
    { code: 'd', type: 'text', label: 'D', mode: 'hidden' },
    { code: 'e', type: 'choice', label: 'E', default: 'x' },
  ]
  it('what is empty', () => expect([isEmpty(' '), isEmpty([]), isEmpty({ city: '' }), isEmpty(0), isEmpty(false)]).toEqual([true, true, true, false, false]))
  it('what is owed', () => expect(missingFields(fields, { a: '' })).toEqual(['a']))
  it('sends only what may be written and changed; null clears', () => {
    expect(changedValues(fields, { a: 'new', b: 2, c: { city: '' }, d: 'x' }, { a: 'old', b: 1, c: { city: '石家庄' } })).toEqual({ a: 'new', c: null })
    expect(changedValues(fields, { a: 'same' }, { a: 'same' })).toEqual({})
  })
  it('defaults', () => expect(defaultsOf(fields)).toEqual({ e: 'x' }))
  it('the way to a choice', () => {
    const choices = [{ code: '1', label: '一', children: [{ code: '1.1', label: '一一' }] }, { code: '2', label: '二' }]
    expect(choicePath(choices, '1.1').map((one) => one.code)).toEqual(['1', '1.1'])
    expect(choicePath(choices, '9')).toEqual([])
  })
})

describe('search as one types', () => {
  const item = { code: 'net', name: '装维服务', initials: 'zwfw zwbw' }
  it('finds by two letters, by either spelling, by Chinese', () => {
    for (const query of ['zw', 'zwbw', '维服', '装维']) expect(score(item, query), query).toBeGreaterThan(0)
  })
  it('every word must match', () => expect(score(item, 'zw 投诉')).toBe(0))
  it('every word may match above', () => expect(score(item, 'zw 投诉', '投诉 › 宽带')).toBeGreaterThan(0))
  it('a beginning is better than a middle', () => expect(score(item, 'zw')).toBeGreaterThan(score({ ...item, initials: 'azw' }, 'zw')))
})

describe('drafts', () => {
  it('are kept per person until dropped', () => {
    keepDraft(1, 'new', { body: '话' })
    expect(takeDraft(1, 'new')).toEqual({ body: '话' })
    expect(takeDraft(2, 'new')).toBeNull()
    dropDraft(1, 'new')
    expect(takeDraft(1, 'new')).toBeNull()
  })
})
