import { describe, expect, it } from 'vitest'
import { changeOf } from './fields'

describe('a customer form becomes a change', () => {
  it('sends null for what was emptied, and nothing for what was not touched', () => {
    expect(changeOf({ external_id: ' ', parent: null })).toEqual({ external_id: null, parent_id: null })
    expect(changeOf({ name: ' 李建国 ' })).toEqual({ name: '李建国' })
  })

  it('keeps the kind of own fields that were not touched, and drops empty ones', () => {
    expect(changeOf({ fields: { count: '3', tags: '["a"]', note: 'x', gone: '' } }, { count: 3, tags: ['a'], note: 'y' })).toEqual({
      fields: { count: 3, tags: ['a'], note: 'x' },
    })
  })
})
