/** A flow as a picture: boxes in columns and lanes, lines between them. Pure: places in, pixels out. */
import type { DrawnEdge, DrawnNode } from './data'

export const box = { width: 104, height: 34, across: 148, down: 62, margin: 16 }

export interface Placed extends DrawnNode { left: number, top: number }
export interface Line { edge: DrawnEdge, path: string, label: { x: number, y: number } }
export interface Picture { nodes: Placed[], lines: Line[], width: number, height: number }

/** Lines back to the left run below all lanes, each in its own track, so that none hides another. */
export function pictureOf(nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Picture {
  const placed = nodes.map((node) => ({ ...node, left: box.margin + node.x * box.across, top: box.margin + node.y * box.down }))
  const byCode = new Map(placed.map((node) => [node.code, node]))
  const bottom = Math.max(0, ...placed.map((node) => node.top + box.height))
  let tracks = 0
  const lines = edges.flatMap((edge) => {
    const [from, to] = [byCode.get(edge.from), byCode.get(edge.to)]
    if (!from || !to) return []
    const back = edge.back ?? to.left <= from.left
    return [back ? backLine(edge, from, to, bottom + 14 + 12 * tracks++) : forwardLine(edge, from, to)]
  })
  const width = Math.max(0, ...placed.map((node) => node.left + box.width)) + box.margin
  return { nodes: placed, lines, width, height: bottom + 14 + 12 * tracks + box.margin }
}

function forwardLine(edge: DrawnEdge, from: Placed, to: Placed): Line {
  const [x1, y1, x2, y2] = [from.left + box.width, from.top + box.height / 2, to.left, to.top + box.height / 2]
  const bend = Math.max(18, (x2 - x1) / 2)
  const path = y1 === y2 ? `M${x1} ${y1}H${x2}` : `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
  return { edge, path, label: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 4 } }
}

function backLine(edge: DrawnEdge, from: Placed, to: Placed, track: number): Line {
  const [x1, x2] = [from.left + box.width / 2 + 10, to.left + box.width / 2 - 10]
  const path = `M${x1} ${from.top + box.height}V${track - 6}q0 6 -6 6H${x2 + 6}q-6 0 -6 -6V${to.top + box.height}`
  return { edge, path, label: { x: (x1 + x2) / 2, y: track - 3 } }
}

/** The line of a document that begins a node, from 1; null when it is not written as expected. */
export function lineOfNode(document: string, code: string): number | null {
  const at = document.split('\n').findIndex((line) => new RegExp(`^\\s+${code}\\s*:`).test(line))
  return at < 0 ? null : at + 1
}
