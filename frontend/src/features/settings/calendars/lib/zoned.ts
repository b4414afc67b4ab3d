/** Moments as the clock of a calendar's time zone shows them, and back. */

export interface Wall { date: string, clock: string }

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const options: Intl.DateTimeFormatOptions = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  const made = new Intl.DateTimeFormat('en-CA', options)
  formats.set(zone, made)
  return made
}

export function wallOf(iso: string | number, zone: string): Wall {
  const part = Object.fromEntries(formatOf(zone).formatToParts(new Date(iso)).map((one) => [one.type, one.value]))
  return { date: `${part.year}-${part.month}-${part.day}`, clock: `${part.hour}:${part.minute}` }
}

const asUtc = (wall: Wall): number => Date.parse(`${wall.date}T${wall.clock}:00Z`)

/** The moment a wall clock shows this; in a gap or a fold of daylight saving, the nearest or one of the two. */
export function momentOf(wall: Wall, zone: string): string {
  const wanted = asUtc(wall)
  let guess = wanted
  for (let turn = 0; turn < 2; turn++) guess += wanted - asUtc(wallOf(guess, zone))
  return new Date(guess).toISOString()
}

/** All zones the browser knows; the given ones are never missing. */
export function zones(...always: string[]): string[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
  return [...new Set([...always.filter(Boolean), ...known, 'UTC'])]
}
