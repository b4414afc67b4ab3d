/** The category tree as a list that can be searched: each with its way from the root. Pure. */
import { score } from '@/lib/search'
import type { CategoryOption } from './lookups'

export interface CategoryLine extends CategoryOption { trail: string, leaf: boolean, depth: number }

/** In tree order. `trail` is the names above, "投诉 › 宽带". */
export function categoryLines(categories: readonly CategoryOption[]): CategoryLine[] {
  const below = new Map<number | null, CategoryOption[]>()
  const known = new Set(categories.map((one) => one.id))
  for (const one of categories) {
    const parent = one.parent !== null && known.has(one.parent) ? one.parent : null
    below.set(parent, [...(below.get(parent) ?? []), one])
  }
  const out: CategoryLine[] = []
  const walk = (parent: number | null, trail: string, depth: number): void => {
    for (const one of below.get(parent) ?? []) {
      out.push({ ...one, trail, depth, leaf: !below.has(one.id) })
      walk(one.id, trail ? `${trail} › ${one.name}` : one.name, depth + 1)
    }
  }
  walk(null, '', 0)
  return out
}

/** The best answers first; leaves before branches when alike; at most `limit`. */
export function findCategories(lines: readonly CategoryLine[], query: string, limit = 30): CategoryLine[] {
  const scored: { line: CategoryLine, points: number }[] = []
  for (const line of lines) {
    const points = score(line, query, line.trail)
    if (points > 0) scored.push({ line, points: points + (line.leaf ? 5 : 0) })
  }
  return scored.sort((a, b) => b.points - a.points).slice(0, limit).map((one) => one.line)
}
