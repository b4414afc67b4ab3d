import { describe, expect, it } from 'vitest'
import { parseCsv, planImport } from './csv'

describe('a CSV of categories', () => {
  it('reads quotes, line breaks in cells, a byte-order mark and empty lines', () => {
    expect(parseCsv('\uFEFFa,b\r\n"x, ""y""","1\n2"\n\n')).toEqual([
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ])
  })

  it('counts every level once and knows what is there already', () => {
    const rows = parseCsv('一级,二级,三级\n城乡建设,安全生产,事故处理\n城乡建设,安全生产,安全隐患\n交通,,\n')
    const plan = planImport(rows, new Set(['城乡建设']))
    expect(plan.added.map((entry) => entry.path.at(-1))).toEqual(['安全生产', '事故处理', '安全隐患', '交通'])
    expect(plan.existing).toBe(1)
    expect(plan.depth).toBe(3)
    expect(plan.bad).toEqual([])
  })

  it('names the line of a gap in the middle', () => {
    const plan = planImport(parseCsv('一级,二级\n,安全生产\n交通,地铁'), new Set())
    expect(plan.bad).toEqual([{ line: 2, reason: 'gap' }])
    expect(plan.added).toHaveLength(2)
  })
})
