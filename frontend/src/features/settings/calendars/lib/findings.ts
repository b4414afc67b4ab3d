/** Where a finding of the proof belongs on the page: a weekday's line, one of the other fields, or above them all. */
import type { Finding } from '@/api/calendars'

export const fields = ['time_zone', 'week', 'holidays', 'makeup', 'exceptions', 'day_minutes'] as const

/** "week[3][1]" → "week.3"; "exceptions[0].from" → "exceptions.0"; "makeup[0]" → "makeup"; unknown → "". */
export function spotOf(place: string): string {
  const [field, index] = place.split(/\W+/)
  if (!fields.some((one) => one === field)) return ''
  const many = field === 'week' || field === 'exceptions'
  return many && index !== undefined && /^\d+$/.test(index) ? `${field}.${index}` : String(field)
}

/** Which interval of the day: "week[3][1]" and "exceptions[2].hours[1]" → 1; else null. */
export function stretchOf(place: string): number | null {
  const found = /^(?:week\[\d+\]|makeup|(?:exceptions\[\d+\]\.)?hours)\[(\d+)\]/.exec(place)
  return found ? Number(found[1]) : null
}

export function bySpot(findings: readonly Finding[]): Record<string, Finding[]> {
  const found: Record<string, Finding[]> = {}
  for (const one of findings) (found[spotOf(one.place)] ??= []).push(one)
  return found
}
