/** Two people changed the same customer: what goes together, and what someone must choose. Pure. */
export interface Clash { field: string, mine: unknown, theirs: unknown }
export interface Merge<T> { together: T, clashes: Clash[], taken: string[] }

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/**
 * `base` is what both started from. A field only they changed is taken from them (`taken`); one only I changed stays mine;
 * one that both changed differently is a clash, and `together` keeps mine until it is settled.
 */
export function mergeOf<T extends object>(base: T, mine: T, theirs: T): Merge<T> {
  const together = { ...mine }
  const clashes: Clash[] = []
  const taken: string[] = []
  for (const field of Object.keys(base) as (keyof T & string)[]) {
    const theyChanged = !same(base[field], theirs[field])
    if (!theyChanged || same(mine[field], theirs[field])) continue
    if (same(base[field], mine[field])) {
      together[field] = theirs[field]
      taken.push(field)
    } else clashes.push({ field, mine: mine[field], theirs: theirs[field] })
  }
  return { together, clashes, taken }
}

/** Only what differs from where one started. */
export function changesOf<T extends object>(base: T, mine: T): Partial<T> {
  return Object.fromEntries(Object.entries(mine).filter(([field, value]) => !same(base[field as keyof T], value))) as Partial<T>
}
