/** A new calendar's definition, and the names it is said by. */
import type { Definition, Names } from '@/api/calendars'

/** In the zone given, else the browser's. */
export const usual = (zone = ''): Definition => ({
  time_zone: zone || Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai',
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [['09:00', '12:00'], ['13:30', '18:00']] : [])),
  holidays: 'CN', makeup: null, exceptions: [], day_minutes: null,
})

/** Empty names are left out; the rest without spaces around them. */
export const tidyNames = (names: Names): Names => Object.fromEntries(Object.entries(names).map(([language, name]) => [language, name.trim()]).filter(([, name]) => name))

export const goodCode = (code: string): boolean => /^[a-z][a-z0-9_]{0,63}$/.test(code)
