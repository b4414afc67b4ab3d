/** The order of a list while it is changed. Pure. */

/** `ids` with `id` moved to place `to` (from 0, held within the list). */
export function moved(ids: readonly number[], id: number, to: number): number[] {
  const rest = ids.filter((one) => one !== id)
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, id)
  return rest
}
export const sameOrder = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((one, at) => one === b[at])
