/** A range of time as two fields `YYYY-MM-DDTHH:MM` of the reader's own clock. Pure. */
export interface Range { since: string, until: string }

const two = (n: number): string => String(n).padStart(2, '0')

/** A moment as a field shows it. */
export function fieldOf(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** A field as the server understands it; "" where nothing, or nothing usable, stands in it. */
export function isoOf(field: string): string {
  const at = new Date(field)
  return field === '' || Number.isNaN(at.getTime()) ? '' : at.toISOString()
}

/** The last so many hours; the end is a minute ahead, so that what happens now is in it. */
export const lastHours = (hours: number, now: Date): Range => ({ since: fieldOf(new Date(now.getTime() - hours * 3_600_000)), until: fieldOf(new Date(now.getTime() + 60_000)) })

export type RangeFault = '' | 'incomplete' | 'backwards'
export function faultOf(range: Range): RangeFault {
  const [since, until] = [isoOf(range.since), isoOf(range.until)]
  if (!since || !until) return 'incomplete'
  return since < until ? '' : 'backwards'
}
