/** A flow as a picture that runs downwards, so that it stands beside its document: places in, pixels out. Pure. */
import type { DrawnEdge, DrawnNode } from './data'

export const box = { width: 128, height: 32, across: 150, down: 54, margin: 14 }

export interface Placed extends DrawnNode { left: number, top: number }
export interface Line { edge: DrawnEdge, path: string, label: { x: number, y: number } }
export interface Picture { nodes: Placed[], lines: Line[], width: number, height: number }

/** The server's columns become rows, its lanes columns. Lines back up run right of everything, each in its own track. */
export function pictureOf(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Picture {
  const placed = nodes.map((node) => ({ ...node, left: box.margin + node.y * box.across, top: box.margin + node.x * box.down }))
  const byCode = new Map(placed.map((node) => [node.code, node]))
  const right = Math.max(0, ...placed.map((node) => node.left + box.width))
  let tracks = 0
  const lines = edges.flatMap((edge) => {
    const [from, to] = [byCode.get(edge.from), byCode.get(edge.to)]
    if (!from || !to) return []
    const back = edge.back ?? to.top <= from.top
    return [back ? backLine(edge, from, to, right + 16 + 12 * tracks++) : forwardLine(edge, from, to)]
  })
  const height = Math.max(0, ...placed.map((node) => node.top + box.height)) + box.margin
  return { nodes: placed, lines, width: right + 16 + 12 * tracks + box.margin, height }
}

function forwardLine(edge: DrawnEdge, from: Placed, to: Placed): Line {
  const [x1, y1, x2, y2] = [from.left + box.width / 2, from.top + box.height, to.left + box.width / 2, to.top]
  const bend = Math.max(12, (y2 - y1) / 2)
  const path = x1 === x2 ? `M${x1} ${y1}V${y2}` : `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`
  return { edge, path, label: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 } }
}

function backLine(edge: DrawnEdge, from: Placed, to: Placed, track: number): Line {
  const [y1, y2] = [from.top + box.height / 2 + 5, to.top + box.height / 2 - 5]
  const path = `M${from.left + box.width} ${y1}H${track - 6}q6 0 6 -6V${y2 + 6}q0 -6 -6 -6H${to.left + box.width}`
  return { edge, path, label: { x: track, y: (y1 + y2) / 2 } }
}

/** The line of a document that begins a node, from 1; null when it is not written as expected. */
export function lineOfNode(document: string, code: string): number | null {
  const at = document.split('\n').findIndex((line) => new RegExp(`^\\s+${code}\\s*:`).test(line))
  return at < 0 ? null : at + 1
}
