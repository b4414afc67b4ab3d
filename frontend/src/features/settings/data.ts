/** What the settings read and write of the organisation and of tokens. */
import { call, get, patch, post, remove } from '@/api/http'
import type { Page } from '@/api/paged'
import { freshKey } from '@/lib/text'

export interface Ref { id: number, name: string }

export interface Department {
  id: number
  code: string
  name: string
  parent_id: number | null
  head: Ref | null
  position: number
  active: boolean
}

/** `members` are the ids of active people. */
export interface Team { id: number, code: string, name: string, department_id: number, active: boolean, members: number[] }

/** `department_id` is where the role counts instead of the person's own department. */
export interface RoleHeld { role: string, name: string, department_id: number | null }

export interface Person {
  id: number
  username: string
  name: string
  email?: string
  phone?: string
  extension: string
  department: Ref
  teams: Ref[]
  active: boolean
  roles?: RoleHeld[]
}

export const scopes = ['own', 'team', 'department', 'department_below', 'all'] as const
export type Scope = (typeof scopes)[number]

export interface Role {
  id: number
  code: string
  name: string
  rights: string[]
  scope: Scope
  category_ids: number[]
  customer_levels: string[]
}

export interface Right { code: string, area: string }
export interface Because { role: string, scope: Scope, matched: { kind: string, name: string }[] }
export interface Why { visible: boolean, because: Because[] }

/** Lists hold tokens in force only. */
export interface Token { id: number, name: string, prefix: string, staff: Ref, created_at: string, expires_at: string | null }

const itemsOf = async <T>(path: string, query: Record<string, string | number | boolean> = {}): Promise<T[]> => (await get<{ items: T[] }>(path, query)).items

export const departments = () => itemsOf<Department>('/departments')
export const saveDepartment = (id: number | null, change: Partial<Department> & { head_id?: number | null }) =>
  id === null ? post<Department>('/departments', change, freshKey()) : patch<Department>(`/departments/${id}`, change)
export const removeDepartment = (id: number) => remove<void>(`/departments/${id}`)

export const teams = () => itemsOf<Team>('/teams')
export const saveTeam = (id: number | null, change: Partial<Team>) =>
  id === null ? post<Team>('/teams', change, freshKey()) : patch<Team>(`/teams/${id}`, change)

export interface PersonChange {
  username?: string
  name?: string
  email?: string
  phone?: string
  extension?: string
  department_id?: number
  team_ids?: number[]
  active?: boolean
  password?: string
}

export const people = (q: string, active: boolean, after: string | null = null, limit = 50) => get<Page<Person>>('/staff', { q, active, limit, after })
export const person = (id: number) => get<Person>(`/staff/${id}`)
export const savePerson = (id: number | null, change: PersonChange) =>
  id === null ? post<Person>('/staff', change, freshKey()) : patch<Person>(`/staff/${id}`, change)
export const setPassword = (id: number, password: string) => post<void>(`/staff/${id}/password`, { password })
/** Exactly these from now on. */
export const setRoles = (id: number, roles: readonly RoleHeld[]) =>
  call<Person>('PUT', `/staff/${id}/roles`, { body: { roles: roles.map(({ role, department_id }) => ({ role, department_id })) } })

export const roles = () => itemsOf<Role>('/roles')
export const rights = () => itemsOf<Right>('/rights')
export const saveRole = (code: string | null, change: Partial<Role>) =>
  code === null ? post<Role>('/roles', change, freshKey()) : patch<Role>(`/roles/${encodeURIComponent(code)}`, change)

export const why = (ticket: string, staff: number) => get<Why>(`/tickets/${encodeURIComponent(ticket)}/why`, { staff })

export const tokens = (everyone: boolean) => itemsOf<Token>('/tokens', { everyone })
export const makeToken = (name: string, expires_at: string | null, key: string) =>
  post<Token & { secret: string | null }>('/tokens', { name, expires_at }, key)
export const revokeToken = (id: number) => remove<void>(`/tokens/${id}`)
