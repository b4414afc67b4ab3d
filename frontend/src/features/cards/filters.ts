/** The filters of the page of cards and how they live in the address. Pure. */
import type { Filters } from '@/api/tickets'

export const filterNames = ['colour', 'state', 'clock_kind', 'department', 'staff', 'mine', 'since', 'until'] as const
export type FilterName = (typeof filterNames)[number]
export const clockKinds = ['process', 'node', 'first_response', 'next_response', 'callback'] as const
/** "" shows what stands; "all" also what was withdrawn. */
export const states = ['all', 'issued', 'acknowledged', 'appealed', 'upheld', 'withdrawn'] as const

type Query = Record<string, string | null | (string | null)[] | undefined>

/** Days become moments that hold the whole last day; without a state only cards that stand are asked for. */
export function queryOf(query: Query): Filters {
  const filters: Filters = {}
  for (const name of filterNames) {
    const value = query[name]
    if (typeof value !== 'string' || value === '') continue
    filters[name] = name === 'since' ? startOf(value, 0) : name === 'until' ? startOf(value, 1) : value
  }
  if (filters.mine) filters.mine = 'true'
  if (filters.state === 'all') delete filters.state
  else if (!filters.state) filters.standing = 'true'
  return filters
}

/** What the summary counts: always what stands and both colours, and beside them how many were withdrawn. */
export function summaryOf(filters: Filters): Filters {
  const left = ['standing', 'colour', ...(filters.state === 'withdrawn' ? ['state'] : [])]
  return Object.fromEntries(Object.entries(filters).filter(([name]) => !left.includes(name)))
}

export const isNarrowed = (query: Query): boolean => filterNames.some((name) => Boolean(query[name]))

/** Clicking what is chosen already takes the choice back. */
export const toggled = (query: Query, name: FilterName, value: string | number): Record<FilterName, string | undefined> =>
  ({ [name]: query[name] === String(value) ? undefined : String(value) }) as Record<FilterName, string | undefined>

function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date + later).toISOString()
}
