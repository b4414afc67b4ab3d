import { describe, expect, it } from 'vitest'
import { changesOf, mergeOf } from './merge'

const base = { name: '李建国', level: 'silver', note: '', fields: { a: 1 } }

describe('two people changed the same customer', () => {
  it('puts together what does not touch', () => {
    const merge = mergeOf(base, { ...base, note: '上午联系' }, { ...base, level: 'gold', fields: { a: 2 } })
    expect(merge.together).toEqual({ name: '李建国', level: 'gold', note: '上午联系', fields: { a: 2 } })
    expect(merge.taken).toEqual(['level', 'fields'])
    expect(merge.clashes).toEqual([])
  })

  it('keeps mine and names the clash when both changed the same field', () => {
    const merge = mergeOf(base, { ...base, level: 'vip' }, { ...base, level: 'gold' })
    expect(merge.together.level).toBe('vip')
    expect(merge.clashes).toEqual([{ field: 'level', mine: 'vip', theirs: 'gold' }])
  })

  it('sees no clash when both wrote the same', () => {
    expect(mergeOf(base, { ...base, level: 'gold' }, { ...base, level: 'gold' }).clashes).toEqual([])
  })

  it('sends only what changed', () => {
    expect(changesOf(base, { ...base, note: 'x', fields: { a: 1 } })).toEqual({ note: 'x' })
  })
})
