/** Which setting counts for a category, and from which category above it comes. */
import { chainOf, type TreeIndex, type TreeItem } from './tree'

export interface Source<V> { value: V, from: TreeItem }

/** The nearest category above (not the category itself) that has the setting; null when none has. */
export function inherited<T extends TreeItem, K extends keyof T>(index: TreeIndex<T>, id: number, name: K): Source<NonNullable<T[K]>> | null {
  for (const above of chainOf(index, id).slice(0, -1).reverse()) {
    const value = above[name]
    if (value !== null && value !== undefined) return { value: value as NonNullable<T[K]>, from: above }
  }
  return null
}

/** What counts: the category's own, else what it inherits. */
export function effective<T extends TreeItem, K extends keyof T>(index: TreeIndex<T>, id: number, name: K): T[K] | null {
  return index.byId.get(id)?.[name] ?? inherited(index, id, name)?.value ?? null
}
