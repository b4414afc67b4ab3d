/** The filters of the list of calls and how they live in the address. Pure. */
import type { CallFilters } from '@/api/phone'

export const filterNames = ['direction', 'outcome', 'queue', 'staff', 'customer', 'number', 'from', 'to', 'mine', 'undisposed'] as const
export type FilterName = (typeof filterNames)[number]
export const directions = ['inbound', 'outbound', 'internal'] as const
export const outcomes = ['answered', 'abandoned', 'missed', 'refused', 'unanswered', 'failed', 'lost'] as const

type Query = Record<string, string | null | (string | null)[] | undefined>

/** Days become moments that hold the whole last day, in the reader's own time zone. */
export function queryOf(query: Query): CallFilters {
  const filters: CallFilters = {}
  for (const name of filterNames) {
    const value = query[name]
    if (typeof value !== 'string' || value === '') continue
    const sent = name === 'from' ? momentOf(value, 0) : name === 'to' ? momentOf(value, 1) : value
    if (sent !== undefined) filters[name] = sent
  }
  return filters
}

export const isNarrowed = (query: Query): boolean => filterNames.some((name) => Boolean(query[name]))

function momentOf(day: string, later: number): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date + later).toISOString()
}
