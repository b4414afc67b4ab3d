/** The days of an official table as runs of neighbouring days with one name. */
import type { HolidayTable } from '@/api/calendars'
import { shifted } from './days'

export interface Festival { from: string, to: string, name: string }

export function festivals(days: HolidayTable['days'], kind: string): { days: number, runs: Festival[] } {
  const runs: Festival[] = []
  const dates = Object.keys(days).filter((date) => days[date]?.[0] === kind).sort()
  for (const date of dates) {
    const name = days[date]?.[1] ?? ''
    const last = runs.at(-1)
    if (last && last.name === name && shifted(last.to, 1) === date) last.to = date
    else runs.push({ from: date, to: date, name })
  }
  return { days: dates.length, runs }
}
