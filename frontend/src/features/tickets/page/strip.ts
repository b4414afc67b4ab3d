/** From the server's columns and lanes to places on the screen. Pure. */
import type { Strip, StripNode } from '@/api/tickets'

export const columnWidth = 92
export const laneHeight = 46
const margin = { x: 40, top: 24 }

export interface Point { x: number, y: number }

export function place(node: Pick<StripNode, 'x' | 'y'>): Point {
  return { x: margin.x + node.x * columnWidth, y: margin.top + node.y * laneHeight }
}

export function sizeOf(strip: Strip): { width: number, height: number } {
  return { width: margin.x * 2 + (strip.columns - 1) * columnWidth, height: margin.top + (strip.lanes - 1) * laneHeight + 34 }
}

/** Straight in a lane, a soft bend between lanes, an arc above for what led back. */
export function edgePath(from: Point, to: Point, back: boolean): string {
  if (back) {
    const high = Math.min(from.y, to.y) - 24
    return `M${from.x} ${from.y}C${from.x - 10} ${high} ${to.x + 10} ${high} ${to.x} ${to.y}`
  }
  if (from.y === to.y) return `M${from.x} ${from.y}H${to.x}`
  const bend = Math.min(36, (to.x - from.x) / 2)
  const early = to.y > from.y
  const turn = early ? from.x + bend : to.x - bend
  return early
    ? `M${from.x} ${from.y}C${turn} ${from.y} ${from.x} ${to.y} ${from.x + bend} ${to.y}H${to.x}`
    : `M${from.x} ${from.y}H${turn}C${to.x} ${from.y} ${turn} ${to.y} ${to.x} ${to.y}`
}

/** Present last, so that its mark lies above the lines of others. */
export function shownNodes(strip: Strip): StripNode[] {
  return [...strip.nodes].sort((a, b) => Number(a.state === 'present') - Number(b.state === 'present'))
}
