/** Who is signed in, and what they may do. */
import { computed, readonly, ref } from 'vue'
import { holdsOne } from '@/lib/feature'
import { speak, locales, type Locale } from '@/lib/i18n'
import { themes, wear, type Theme } from '@/lib/theme'
import { call, get, patch, post, Problem } from './http'

export interface Named { id: number, name: string }
export interface Preferences { language?: Locale, theme?: Theme, favourites?: unknown[] }
export interface Me {
  staff: { id: number, name: string, username: string, department: Named | null, teams: Named[], preferences: Preferences }
  rights: string[]
  csrf: string
  live: { url: string, ticket: string } | null
  version: string
}

const current = ref<Me | null>(null)
const expired = ref(false)

export const session = readonly(current)
/** True after the server forgot us while we worked; the page stays, sign-in comes over it. */
export const sessionExpired = readonly(expired)
export const myId = computed(() => current.value?.staff.id ?? 0)

export const can = (...rights: string[]): boolean => holdsOne(current.value?.rights ?? [], rights)

export function markExpired(): void { if (current.value) expired.value = true }

async function welcome(me: Me): Promise<Me> {
  current.value = me
  expired.value = false
  const { language, theme } = me.staff.preferences ?? {}
  const locale = locales.find((one) => one === language)
  const known = themes.find((one) => one === theme)
  if (known) wear(known)
  if (locale) await speak(locale)
  return me
}

/** The present session, or null when there is none. */
export async function whoAmI(): Promise<Me | null> {
  try { return await welcome(await get<Me>('/session')) } catch (error) {
    if (error instanceof Problem && error.status === 401) { current.value = null; return null }
    throw error
  }
}

export const signIn = async (username: string, password: string): Promise<Me> => welcome(await post<Me>('/session', { username, password }))

export async function signOut(): Promise<void> {
  await call('DELETE', '/session')
  current.value = null
}

export async function prefer(preferences: Preferences): Promise<void> {
  if (preferences.theme) wear(preferences.theme)
  if (preferences.language) await speak(preferences.language)
  if (current.value) await patch('/session/preferences', preferences)
}

export const changePassword = (old: string, fresh: string): Promise<unknown> => post('/session/password', { old, new: fresh })
