/** Trees of departments and categories: hundreds of nodes, searched by name, code or pinyin initials as one types. */

export interface TreeItem {
  id: number
  parent: number | null
  name: string
  code: string
  initials?: string
  position?: number
  active?: boolean
}

/** One line of a drawn tree. `matched` is false for ancestors shown only to lead to a match. */
export interface TreeRow<T extends TreeItem> {
  item: T
  depth: number
  children: number
  open: boolean
  matched: boolean
}

export interface TreeIndex<T extends TreeItem> {
  byId: ReadonlyMap<number, T>
  childrenOf: ReadonlyMap<number | null, readonly T[]>
}

const byPosition = (a: TreeItem, b: TreeItem) => (a.position ?? 0) - (b.position ?? 0) || a.id - b.id

/** An item whose parent is unknown (not in the list) becomes a root, so nothing is ever hidden by a gap. */
export function indexTree<T extends TreeItem>(items: readonly T[]): TreeIndex<T> {
  const byId = new Map(items.map((item) => [item.id, item]))
  const childrenOf = new Map<number | null, T[]>()
  for (const item of items) {
    const parent = item.parent !== null && byId.has(item.parent) ? item.parent : null
    const siblings = childrenOf.get(parent)
    if (siblings) siblings.push(item)
    else childrenOf.set(parent, [item])
  }
  for (const siblings of childrenOf.values()) siblings.sort(byPosition)
  return { byId, childrenOf }
}

/** From the root down to and including the item itself; a cycle ends the walk. */
export function chainOf<T extends TreeItem>(index: TreeIndex<T>, id: number): T[] {
  const chain: T[] = []
  const seen = new Set<number>()
  let item = index.byId.get(id)
  while (item && !seen.has(item.id)) {
    seen.add(item.id)
    chain.unshift(item)
    item = item.parent === null ? undefined : index.byId.get(item.parent)
  }
  return chain
}

/** The item and everything below it. */
export function idsBelow<T extends TreeItem>(index: TreeIndex<T>, id: number): Set<number> {
  const found = new Set<number>([id])
  const queue = [id]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const child of index.childrenOf.get(next) ?? []) {
      if (found.has(child.id)) continue
      found.add(child.id)
      queue.push(child.id)
    }
  }
  return found
}

export function matches(item: TreeItem, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  if (!wanted) return true
  return (
    item.name.toLowerCase().includes(wanted) ||
    item.code.toLowerCase().includes(wanted) ||
    (item.initials ?? '').toLowerCase().includes(wanted)
  )
}

/** The lines to draw: everything opened by hand, or, while searching, every match with the way that leads to it. */
export function rowsOf<T extends TreeItem>(
  index: TreeIndex<T>,
  opened: ReadonlySet<number>,
  query = '',
): TreeRow<T>[] {
  const searching = query.trim() !== ''
  const shown = searching ? shownBySearch(index, query) : null
  const rows: TreeRow<T>[] = []
  const walk = (parent: number | null, depth: number) => {
    for (const item of index.childrenOf.get(parent) ?? []) {
      if (shown && !shown.has(item.id)) continue
      const children = index.childrenOf.get(item.id)?.length ?? 0
      const below = shown ? hasShownChild(index, item.id, shown) : opened.has(item.id)
      const open = children > 0 && below
      rows.push({ item, depth, children, open, matched: matches(item, query) })
      if (open) walk(item.id, depth + 1)
    }
  }
  walk(null, 0)
  return rows
}

function shownBySearch<T extends TreeItem>(index: TreeIndex<T>, query: string): Set<number> {
  const shown = new Set<number>()
  for (const item of index.byId.values()) {
    if (!matches(item, query)) continue
    for (const step of chainOf(index, item.id)) shown.add(step.id)
  }
  return shown
}

function hasShownChild<T extends TreeItem>(index: TreeIndex<T>, id: number, shown: ReadonlySet<number>): boolean {
  return (index.childrenOf.get(id) ?? []).some((child) => shown.has(child.id))
}
