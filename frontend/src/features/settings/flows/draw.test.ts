import { describe, expect, it } from 'vitest'
import { lineOfNode, pictureOf } from './draw'

const node = (code: string, x: number, y: number) => ({ code, title: code, kind: 'task', x, y })

describe('a flow drawn', () => {
  const nodes = [node('a', 0, 0), node('b', 1, 0), node('c', 1, 1)]

  it('runs downwards, lanes side by side, and leaves room for every line back', () => {
    const picture = pictureOf(nodes, [{ from: 'a', to: 'b' }, { from: 'c', to: 'a' }, { from: 'b', to: 'a' }])
    expect(picture.nodes[1]!.top).toBeGreaterThan(picture.nodes[0]!.top)
    expect(picture.nodes[2]!.left).toBeGreaterThan(picture.nodes[1]!.left)
    const tracks = picture.lines.slice(1).map((line) => line.label.x)
    expect(new Set(tracks).size).toBe(2)
    expect(picture.width).toBeGreaterThan(Math.max(...tracks))
  })

  it('draws no line to a node that is not there', () => {
    expect(pictureOf(nodes, [{ from: 'a', to: 'nowhere' }]).lines).toEqual([])
  })

  it('is empty without nodes', () => {
    expect(pictureOf([], [])).toMatchObject({ nodes: [], lines: [] })
  })

  it('finds where a node is written', () => {
    expect(lineOfNode('flow: x\nnodes:\n  verify:\n    kind: task', 'verify')).toBe(3)
    expect(lineOfNode('flow: x', 'verify')).toBeNull()
  })
})
