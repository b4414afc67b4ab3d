/** Reference data: the catalogue and the organisation, asked for once and kept until something changes. */
import type { FieldDefinition } from '@/lib/fields'
import type { CategoryOption, DepartmentOption, StaffOption, TeamOption } from '@/ui/lookups'
import { get } from './http'

export interface CategoryDetail {
  code: string, name: string, kind: string | null, flow: string | null, default_priority: number | null, callback_mode: string | null
  path: { code: string, name: string }[], form: { version: number, fields: FieldDefinition[] } | null
  /** Which fields a new ticket asks for; what only a later node asks for is hidden. */
  intake?: Record<string, FieldDefinition['mode']>
}

const kept = new Map<string, Promise<unknown>>()

function once<T>(path: string, ask: () => Promise<T>): Promise<T> {
  const known = kept.get(path) as Promise<T> | undefined
  if (known) return known
  const asked = ask()
  kept.set(path, asked)
  asked.catch(() => kept.delete(path))
  return asked
}

/** After a change in the settings, ask again. */
export function forgetReference(): void { kept.clear() }

const listOf = <T>(answer: T[] | { items: T[] }): T[] => (Array.isArray(answer) ? answer : answer.items)

export const catalogue = (): Promise<CategoryOption[]> => once('/catalogue', async () => listOf(await get<CategoryOption[] | { items: CategoryOption[] }>('/catalogue')))
export const departments = (): Promise<DepartmentOption[]> => once('/departments', async () => {
  const found = await get<{ items: { id: number, code: string, name: string, parent_id: number | null, active: boolean }[] }>('/departments')
  return found.items.filter((one) => one.active).map(({ parent_id, ...one }) => ({ ...one, parent: parent_id }))
})
export const teams = (): Promise<TeamOption[]> => once('/teams', async () => {
  const [found, known] = await Promise.all([get<{ items: { id: number, name: string, department_id: number, active: boolean }[] }>('/teams'), departments()])
  const named = new Map(known.map((one) => [one.id, one.name]))
  return found.items.filter((one) => one.active).map((one) => ({ id: one.id, name: one.name, department: { id: one.department_id, name: named.get(one.department_id) ?? '' } }))
})
export const category = (code: string): Promise<CategoryDetail> => once(`/categories/${code}`, () => get(`/categories/${encodeURIComponent(code)}`))
export const findStaff = async (q: string): Promise<StaffOption[]> => listOf(await get<StaffOption[] | { items: StaffOption[] }>('/staff', { q, limit: 20 }))
export const levels = (): Promise<{ code: string, name: string, rank: number }[]> =>
  once('/customer-levels', async () => listOf(await get<{ code: string, name: string, rank: number }[] | { items: { code: string, name: string, rank: number }[] }>('/customer-levels')))
