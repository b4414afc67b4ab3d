/** The pages of the settings, in the order they are drawn. Words and search words stand in the locale files. */
import type { IconName } from '@/ui'

export interface SettingsPage {
  code: string
  to: string
  icon: IconName
  /** Shown to those who hold one of these; to everyone when empty. */
  rights: string[]
  group: (typeof groups)[number]
  /** Other addresses that belong to it, beside those below `to`. */
  also?: string[]
}

export const groups = ['me', 'organisation', 'catalogue', 'time', 'phone', 'integrations', 'access'] as const

const organisation = ['admin.organisation']
const integrations = ['admin.integrations']
const phone = ['admin.phone']

export const pages: SettingsPage[] = [
  { code: 'preferences', to: '/settings/preferences', icon: 'theme', rights: [], group: 'me' },
  { code: 'departments', to: '/settings/departments', icon: 'building', rights: organisation, group: 'organisation' },
  { code: 'teams', to: '/settings/teams', icon: 'users', rights: organisation, group: 'organisation' },
  { code: 'people', to: '/settings/people', icon: 'user', rights: organisation, group: 'organisation' },
  { code: 'roles', to: '/settings/roles', icon: 'shield', rights: organisation, group: 'organisation' },
  { code: 'why', to: '/settings/why', icon: 'eye', rights: organisation, group: 'organisation' },
  { code: 'categories', to: '/settings/categories', icon: 'folder', rights: ['admin.catalogue'], group: 'catalogue' },
  { code: 'flows', to: '/settings/flows', icon: 'flow', rights: ['admin.flows'], group: 'catalogue' },
  { code: 'levels', to: '/customers/levels', icon: 'star', rights: ['admin.customers'], group: 'catalogue' },
  { code: 'calendars', to: '/settings/calendars', icon: 'calendar', rights: ['admin.calendars'], group: 'time' },
  { code: 'policies', to: '/settings/policies', icon: 'clock', rights: ['admin.policies'], group: 'time', also: ['/settings/new-policy'] },
  { code: 'phone_systems', to: '/settings/phone/systems', icon: 'phone', rights: phone, group: 'phone' },
  { code: 'phone_extensions', to: '/settings/phone/extensions', icon: 'keyboard', rights: phone, group: 'phone' },
  { code: 'phone_lines', to: '/settings/phone/lines', icon: 'list', rights: phone, group: 'phone' },
  { code: 'phone_rules', to: '/settings/phone/rules', icon: 'clock', rights: phone, group: 'phone' },
  { code: 'phone_signals', to: '/settings/phone/signals', icon: 'inbox', rights: phone, group: 'phone' },
  { code: 'webhooks', to: '/settings/webhooks', icon: 'out', rights: integrations, group: 'integrations' },
  { code: 'interceptors', to: '/settings/interceptors', icon: 'filter', rights: integrations, group: 'integrations' },
  { code: 'listeners', to: '/settings/listeners', icon: 'inbox', rights: integrations, group: 'integrations' },
  { code: 'tokens', to: '/settings/tokens', icon: 'key', rights: [], group: 'access' },
]

/** The page an address belongs to: itself, or one of those below it such as one calendar. */
export const pageAt = (path: string): SettingsPage | undefined =>
  pages.find((page) => [page.to, ...(page.also ?? [])].some((to) => path === to || path.startsWith(`${to}/`)))

/** A page is found by its title, what it is about, or one of its search words. All words typed must be found. */
export function finds(words: readonly string[], query: string): boolean {
  const text = words.join(' ').toLowerCase()
  return query.toLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(word))
}
