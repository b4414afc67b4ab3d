/** From the server's columns and lanes to places on the screen. Pure. */
import type { Strip, StripNode } from '@/api/tickets'

export const columnWidth = 92
export const laneHeight = 46
const margin = { x: 40, top: 20, bottom: 10 }

export interface Point { x: number, y: number }

export function place(node: Pick<StripNode, 'x' | 'y'>): Point {
  return { x: margin.x + node.x * columnWidth, y: margin.top + node.y * laneHeight }
}

export function sizeOf(strip: Strip): { width: number, height: number } {
  const backs = strip.edges.some((edge) => edge.back && edge.taken)
  return { width: margin.x * 2 + (strip.columns - 1) * columnWidth, height: margin.top + strip.lanes * laneHeight + (backs ? 12 : 0) - 4 + margin.bottom - 6 }
}

/** Straight in a lane, a soft bend between lanes, an arc below for what leads back. */
export function edgePath(from: Point, to: Point, back: boolean, lanes: number): string {
  if (back) {
    const low = Math.min(Math.max(from.y, to.y) + 30, margin.top + lanes * laneHeight + 4)
    return `M${from.x} ${from.y}C${from.x} ${low} ${to.x} ${low} ${to.x} ${to.y}`
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
