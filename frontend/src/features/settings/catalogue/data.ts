/** What the settings read and write of the catalogue. */
import { call, get, patch, post } from '@/api/http'
import type { FieldDefinition } from '@/lib/fields'
import { freshKey } from '@/lib/text'

export const settingNames = ['kind', 'flow', 'entry_department', 'default_priority', 'callback_mode', 'callback_rate'] as const
export type SettingName = (typeof settingNames)[number]
export type SettingValue = string | number | null
export type OwnSettings = Record<SettingName, SettingValue>

/** A category with its own settings; null inherits. `initials` has the spellings parted by spaces. */
export interface Category extends OwnSettings {
  id: number
  code: string
  name: string
  parent: number | null
  initials: string
  position: number
  active: boolean
  version: number
}

/** What counts for a category. `inherited_from` names the category each setting comes from that is not its own. */
export interface Resolved extends OwnSettings {
  code: string
  name: string
  path: { code: string, name: string }[]
  inherited_from: Record<string, string>
  form: { id: number, version: number, fields: FieldDefinition[] } | null
  version: number
}

export interface FormLine { id: number, number: number, fields: FieldDefinition[], created_at: string, created_by__name?: string | null, created_by?: { name: string } | null }
export interface ImportReport { rows: number, created: number, known: number, bad: { row: number, reason: string, text: string }[] }

export const kinds = ['consultation', 'complaint', 'repair', 'suggestion', 'daily_service'] as const
export const callbackModes = ['always', 'sample', 'never'] as const

const at = (code: string) => `/categories/${encodeURIComponent(code)}`

export const allCategories = async () => (await get<{ items: Category[] }>('/categories')).items
export const resolved = (code: string) => get<Resolved>(at(code))
export const formVersions = async (code: string) => (await get<{ items: FormLine[] }>(`${at(code)}/forms`)).items
export const addCategory = (name: string, parent: string | null, code: string | null) =>
  post<Resolved>('/categories', { name, parent, ...(code ? { code } : {}) }, freshKey())
export const changeCategory = (code: string, change: Record<string, unknown>) => patch<Resolved>(at(code), change)
export const publishForm = (code: string, fields: FieldDefinition[], version: number) =>
  post<{ version: number }>(`${at(code)}/form`, { fields, version }, freshKey())

export function importTree(file: File): Promise<ImportReport> {
  const body = new FormData()
  body.append('file', file)
  return call<ImportReport>('POST', '/categories/import', { body, key: freshKey() })
}
