/** What the settings read and write: the shapes of the administration's part of the API. */
import { get, patch, post, remove } from '@/api/http'
import type { Page } from '@/api/paged'

export interface Ref { id: number, name: string }
export interface CodeRef { code: string, name: string }
export interface Bounded { count: number, more: boolean }

export interface Department {
  id: number
  code: string
  name: string
  parent_id: number | null
  head: Ref | null
  position: number
  active: boolean
}

export interface Team { id: number, code: string, name: string, department: Ref, active: boolean }

export interface RoleGrant { id: number, role: CodeRef, department: Ref | null }

export interface Person {
  id: number
  username: string
  name: string
  email: string
  phone: string
  extension: string
  department: Ref
  teams: Ref[]
  active: boolean
  roles: (CodeRef | RoleGrant)[]
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

export interface Because { role: string | CodeRef, scope: Scope, matched: string[] }
export interface Why { visible: boolean, because: Because[] }

export interface Token {
  id: number
  name: string
  prefix: string
  owner: Ref
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  revoked_at: string | null
}

/** Every page of a list that is short by nature (departments, teams, roles). Stops after 40 pages. */
export async function everything<T>(path: string): Promise<T[]> {
  const all: T[] = []
  let after: string | null = null
  for (let round = 0; round < 40; round++) {
    const page: Page<T> | T[] = await get<Page<T> | T[]>(path, { limit: 200, after })
    if (Array.isArray(page)) return page
    all.push(...page.items)
    after = page.next
    if (!after) break
  }
  return all
}

export const departments = () => everything<Department>('/departments')
export const saveDepartment = (id: number | null, change: Partial<Department> & { head_id?: number | null }) =>
  id === null ? post<Department>('/departments', change) : patch<Department>(`/departments/${id}`, change)

export const teams = () => everything<Team>('/teams')
export const saveTeam = (id: number | null, change: Partial<Team> & { department_id?: number }) =>
  id === null ? post<Team>('/teams', change) : patch<Team>(`/teams/${id}`, change)

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

export const people = (q: string, after: string | null = null, limit = 50) =>
  get<Page<Person>>('/staff', { q, limit, after })
export const person = (id: number) => get<Person>(`/staff/${id}`)
export const savePerson = (id: number | null, change: PersonChange) =>
  id === null ? post<Person>('/staff', change) : patch<Person>(`/staff/${id}`, change)
export const setPassword = (id: number, password: string) => post<void>(`/staff/${id}/password`, { password })

export const rolesOf = (id: number) => everything<RoleGrant>(`/staff/${id}/roles`)
export const grantRole = (id: number, role: string, department_id: number | null) =>
  post<RoleGrant>(`/staff/${id}/roles`, { role, department_id })
export const takeRole = (id: number, grant: number) => remove<void>(`/staff/${id}/roles/${grant}`)

export const roles = () => everything<Role>('/roles')
export const rights = () => everything<Right>('/rights')
export const saveRole = (id: number | null, change: Partial<Role>) =>
  id === null ? post<Role>('/roles', change) : patch<Role>(`/roles/${id}`, change)

export const why = (ticket: string, staff: number) =>
  get<Why>(`/tickets/${encodeURIComponent(ticket)}/why`, { staff })

export interface Level { code: string, name: string, rank: number }
export const levels = () => everything<Level>('/customer-levels')

export const tokens = () => everything<Token>('/tokens')
export const makeToken = (name: string, expires_at: string | null) =>
  post<Token & { secret: string }>('/tokens', { name, expires_at })
export const revokeToken = (id: number) => remove<void>(`/tokens/${id}`)
