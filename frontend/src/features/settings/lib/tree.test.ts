import { describe, expect, it } from 'vitest'
import { chainOf, idsBelow, indexTree, rowsOf } from './tree'

const items = [
  { id: 1, parent: null, name: '投诉', code: 'complaint', initials: 'ts' },
  { id: 2, parent: 1, name: '宽带', code: 'broadband', initials: 'kd' },
  { id: 3, parent: 2, name: '装维服务', code: 'install', initials: 'zwfw' },
  { id: 4, parent: null, name: '报修', code: 'repair', initials: 'bx' },
  { id: 5, parent: 77, name: '孤儿', code: 'orphan', initials: 'ge' },
]
const index = indexTree(items)
const names = (rows: { item: { name: string } }[]) => rows.map((row) => row.item.name)

describe('a tree of categories', () => {
  it('shows roots only until something is opened, and loses nothing whose parent is missing', () => {
    expect(names(rowsOf(index, new Set()))).toEqual(['投诉', '报修', '孤儿'])
    expect(names(rowsOf(index, new Set([1])))).toEqual(['投诉', '宽带', '报修', '孤儿'])
  })

  it('finds by pinyin initials and shows the way to the match', () => {
    const rows = rowsOf(index, new Set(), 'ZW')
    expect(names(rows)).toEqual(['投诉', '宽带', '装维服务'])
    expect(rows.map((row) => row.matched)).toEqual([false, false, true])
    expect(rows.map((row) => row.depth)).toEqual([0, 1, 2])
  })

  it('knows the chain upwards and everything below', () => {
    expect(names(chainOf(index, 3).map((item) => ({ item })))).toEqual(['投诉', '宽带', '装维服务'])
    expect([...idsBelow(index, 1)].sort()).toEqual([1, 2, 3])
  })

  it('ends on a cycle', () => {
    const round = indexTree([
      { id: 1, parent: 2, name: 'a', code: 'a' },
      { id: 2, parent: 1, name: 'b', code: 'b' },
    ])
    expect(chainOf(round, 1)).toHaveLength(2)
  })
})
