import { describe, expect, it } from 'vitest'
import { countChanges, diffLines, foldDiff } from './diff'

describe('what changed between two versions', () => {
  it('shows a changed line as removed and added, with both line numbers', () => {
    const lines = diffLines('a\nb\nc\n', 'a\nB\nc\n')
    expect(lines.map((line) => `${line.kind}:${line.text}`)).toEqual(['same:a', 'removed:b', 'added:B', 'same:c'])
    expect(lines[3]).toMatchObject({ left: 3, right: 3 })
    expect(countChanges(lines)).toEqual({ added: 1, removed: 1 })
  })

  it('rebuilds both versions from what it shows', () => {
    const before = 'flow: a\nlimit: 2\n\nnodes:\n  x: 1\n  y: 2'
    const after = 'flow: a\nnodes:\n  y: 2\n  z: 3\nedges:'
    const lines = diffLines(before, after)
    const side = (skip: string) => lines.filter((line) => line.kind !== skip).map((line) => line.text).join('\n')
    expect(side('added')).toBe(before)
    expect(side('removed')).toBe(after)
  })

  it('says nothing changed when only line ends differ', () => {
    expect(countChanges(diffLines('a\r\nb', 'a\nb\n'))).toEqual({ added: 0, removed: 0 })
  })

  it('treats an empty version as nothing, not as one empty line', () => {
    expect(diffLines('', 'a')).toEqual([{ kind: 'added', left: null, right: 1, text: 'a' }])
  })

  it('folds what stayed the same far from a change', () => {
    const before = Array.from({ length: 20 }, (_, at) => `line ${at}`).join('\n')
    const folded = foldDiff(diffLines(before, before.replace('line 10', 'line ten')), 2)
    expect(folded.map((line) => line.kind)).toEqual(['gap', 'same', 'same', 'removed', 'added', 'same', 'same', 'gap'])
    expect(folded[0]!.hidden).toBe(8)
    expect(folded.at(-1)!.hidden).toBe(7)
  })
})
