/**
 * What happened, as a sentence of the reader's language. The server gives a code and parameters; the locale file `events`
 * has one sentence per code. An unknown code is shown as it is, never hidden.
 */
import { localized, t, te } from './i18n'
import { whenWords } from './words'

export interface Said { code: string, params: Record<string, unknown> }

const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)

/** One parameter, readable: names of things, times as people say them, lists joined. */
export function paramWords(name: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((one) => paramWords(name, one)).join(t('ui.list_comma'))
  if (isTime(value)) return whenWords(value)
  if (typeof value === 'object') return objectWords(value as Record<string, unknown>)
  const word = `events.words.${name}.${String(value)}`
  return te(word) ? t(word) : String(value)
}

function objectWords(value: Record<string, unknown>): string {
  if (typeof value.name === 'string') return value.name
  if (value.title !== undefined) return localized(value.title as Record<string, string>)
  return localized(value as Record<string, string>)
}

export function sentenceWords(said: Said | null | undefined): string {
  if (!said) return ''
  const params = Object.fromEntries(Object.entries(said.params ?? {}).map(([name, value]) => [name, paramWords(name, value)]))
  const key = `events.${said.code}`
  return te(key) ? t(key, params).trim() : said.code
}
