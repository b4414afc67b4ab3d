/** Findings at their place: the server names a path into the terms, a part of the page asks for its own. Pure. */
import type { Finding } from '@/api/policies'

/** `nodes[2].yellow[0]` as the parts of the page write it: `nodes.2.yellow.0`. */
export const pathOf = (field: string): string => field.replace(/\[(\d+)\]/g, '.$1')

/** Findings that stand exactly at `path`, or at one of the fields named `own` directly below it. */
export function findingsAt(findings: readonly Finding[], path: string, own: readonly string[] = []): Finding[] {
  const wanted = new Set([path, ...own.map((name) => `${path}.${name}`)])
  return findings.filter((one) => wanted.has(pathOf(one.field)))
}

/** Findings at `path` or anywhere below it. */
export const findingsWithin = (findings: readonly Finding[], path: string): Finding[] =>
  findings.filter((one) => pathOf(one.field) === path || pathOf(one.field).startsWith(`${path}.`))
