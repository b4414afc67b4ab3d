/** The filters of the list of all tickets, and how they live in the address. Pure. */
import type { Filters } from '@/api/tickets'

export const filterNames = ['q', 'state', 'kind', 'category', 'department', 'handler', 'priority', 'channel', 'customer', 'opened_after', 'opened_before'] as const
export type FilterName = (typeof filterNames)[number]

type Query = Record<string, string | null | (string | null)[] | undefined>

/** Dates stand in the address as days; the API wants moments: from the first day's start to the last day's end. */
export function queryOf(query: Query): Filters {
  const filters: Filters = {}
  for (const name of filterNames) {
    const value = query[name]
    if (typeof value !== 'string' || value === '') continue
    filters[name] = name === 'opened_after' ? startOf(value, 0) : name === 'opened_before' ? startOf(value, 1) : value
  }
  return filters
}

function startOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date + later).toISOString()
}
