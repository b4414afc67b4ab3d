/**
 * The words of the desk: three languages, one file per feature and language, loaded one language at a time.
 * Messages are read as trees by vue-i18n, so no code is made from text and the content security policy holds.
 */
import { nextTick } from 'vue'
import { createI18n } from 'vue-i18n'

export const locales = ['zh-Hans', 'en', 'zh-Hant'] as const
export type Locale = (typeof locales)[number]

type Messages = Record<string, Record<string, unknown>>

const loaders: Record<Locale, () => Promise<{ default: Messages }>> = {
  'zh-Hans': () => import('../locales/zh-Hans'),
  en: () => import('../locales/en'),
  'zh-Hant': () => import('../locales/zh-Hant'),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-Hans',
  fallbackLocale: false as const,
  missingWarn: false,
  fallbackWarn: false,
  messages: {} as Record<string, Messages>,
})

const loaded = new Set<Locale>()

/** Turns the whole desk to a language, loading its words first. */
export async function speak(locale: Locale): Promise<void> {
  if (!loaded.has(locale)) {
    i18n.global.setLocaleMessage(locale, (await loaders[locale]()).default as never)
    loaded.add(locale)
  }
  ;(i18n.global.locale as unknown as { value: string }).value = locale
  document.documentElement.lang = locale
  remember(locale)
  await nextTick()
}

export function currentLocale(): Locale {
  return (i18n.global.locale as unknown as { value: Locale }).value
}

/** Translates outside of components. */
export const t = (key: string, params?: Record<string, unknown>): string => i18n.global.t(key, params ?? {})
export const te = (key: string): boolean => i18n.global.te(key)

/** A text kept by the server in several languages: the reader's, else Chinese, else any. */
export function localized(text: Record<string, string> | string | null | undefined): string {
  if (!text) return ''
  if (typeof text === 'string') return text
  return text[currentLocale()] ?? text['zh-Hans'] ?? text.en ?? Object.values(text)[0] ?? ''
}

const storageKey = 'gongdan.language'

function remember(locale: Locale): void {
  try { localStorage.setItem(storageKey, locale) } catch { /* storage is closed; the account remembers */ }
}

/** The language chosen last time, else what the browser asks for. */
export function firstLocale(): Locale {
  let kept: string | null = null
  try { kept = localStorage.getItem(storageKey) } catch { /* storage is closed */ }
  return locales.find((locale) => locale === kept) ?? fromBrowser(navigator.languages)
}

export function fromBrowser(languages: readonly string[]): Locale {
  for (const language of languages) {
    if (/^zh-(hant|tw|hk|mo)/i.test(language)) return 'zh-Hant'
    if (/^zh/i.test(language)) return 'zh-Hans'
    if (/^en/i.test(language)) return 'en'
  }
  return 'zh-Hans'
}
