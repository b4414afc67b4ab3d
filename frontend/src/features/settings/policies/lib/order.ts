/** Order and activity of the list while they are changed: nothing is sent before it is saved. Pure. */
import type { PolicyLine } from '@/api/policies'

/** `codes` with `code` moved to place `to` (from 0, held within the list). */
export function moved(codes: readonly string[], code: string, to: number): string[] {
  const rest = codes.filter((one) => one !== code)
  rest.splice(Math.max(0, Math.min(rest.length, to)), 0, code)
  return rest
}

export const sameOrder = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one, at) => one === b[at])

/** Active policies that no ticket can reach, because an active one before them holds for every ticket: code to that one. */
export function unreached(lines: readonly PolicyLine[], active: Readonly<Record<string, boolean>>): Map<string, PolicyLine> {
  const found = new Map<string, PolicyLine>()
  let all: PolicyLine | undefined
  for (const one of lines) {
    if (!(active[one.code] ?? one.active)) continue
    if (all) found.set(one.code, all)
    else if (one.terms.when.trim() === '') all = one
  }
  return found
}

/** Those whose switch was turned. */
export const turned = (lines: readonly PolicyLine[], active: Readonly<Record<string, boolean>>): PolicyLine[] =>
  lines.filter((one) => active[one.code] !== undefined && active[one.code] !== one.active)
