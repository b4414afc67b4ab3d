/** When to try again, as offered with one press. Pure; in the reader's own time zone. */
export interface When { code: string, at: Date }

export function laterTimes(now: Date): When[] {
  const later = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000)
  const tomorrow = (hour: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, hour)
  return [{ code: 'in_one_hour', at: later(1) }, { code: 'in_three_hours', at: later(3) }, { code: 'tomorrow_morning', at: tomorrow(10) }, { code: 'tomorrow_afternoon', at: tomorrow(15) }]
}
