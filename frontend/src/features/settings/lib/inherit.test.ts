import { describe, expect, it } from 'vitest'
import { effective, inherited } from './inherit'
import { indexTree } from './tree'

const index = indexTree([
  { id: 1, parent: null, name: '投诉', code: 'a', flow: 'complaint', rate: 0 as number | null },
  { id: 2, parent: 1, name: '宽带', code: 'b', flow: null, rate: null },
  { id: 3, parent: 2, name: '装维', code: 'c', flow: 'repair', rate: null },
])

describe('what a category inherits', () => {
  it('takes the nearest above and names it, never its own', () => {
    expect(inherited(index, 2, 'flow')).toMatchObject({ value: 'complaint', from: { code: 'a' } })
    expect(inherited(index, 3, 'flow')?.value).toBe('complaint')
    expect(inherited(index, 1, 'flow')).toBeNull()
  })

  it('lets the own setting count, and zero is a setting', () => {
    expect(effective(index, 3, 'flow')).toBe('repair')
    expect(effective(index, 3, 'rate')).toBe(0)
  })
})
