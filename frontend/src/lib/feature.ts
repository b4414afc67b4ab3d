/**
 * What a feature tells the desk about itself. Each `features/<name>/index.ts` exports one as `feature`;
 * `app` finds them, so a new feature touches its own folder and its locale files only.
 */
import type { RouteRecordRaw } from 'vue-router'

export interface RailEntry {
  /** Key of its word in the locale files. */
  label: string
  icon: string
  to: string
  /** Shown to those who hold one of these rights; to everyone when empty. A right may end in ".*". */
  rights: string[]
  /** Rail and bottom bar go up by this. */
  order: number
}

export interface Feature {
  routes: RouteRecordRaw[]
  rail: RailEntry[]
}

export const defineFeature = (feature: Feature): Feature => feature

/** "admin.*" covers every right of that area. */
export function holdsOne(held: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true
  return wanted.some((right) => right.endsWith('.*')
    ? held.some((one) => one.startsWith(right.slice(0, -1)))
    : held.includes(right))
}
