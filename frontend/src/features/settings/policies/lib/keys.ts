/** A key for each object of a list that is edited and put in order, so that a line keeps its field under the hand. */
import { toRaw } from 'vue'

const keys = new WeakMap<object, number>()
let next = 0

export function keyOf(object: object): number {
  const raw = toRaw(object)
  const known = keys.get(raw)
  if (known !== undefined) return known
  keys.set(raw, ++next)
  return next
}
