/** What the settings read and write: the shapes of the administration's part of the API. */
import { send } from './http'

export interface Ref { id: number, name: string }
export interface CodeRef { code: string, name: string }
export interface Bounded { count: number, more: boolean }
export interface Page<T> { items: T[], next: string | null }

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
    const query = new URLSearchParams({ limit: '200', ...(after ? { after } : {}) })
    const page: Page<T> | T[] = await send<Page<T> | T[]>('GET', `${path}?${query}`)
    if (Array.isArray(page)) return page
    all.push(...page.items)
    after = page.next
    if (!after) break
  }
  return all
}

export const departments = () => everything<Department>('/departments')
export const saveDepartment = (id: number | null, change: Partial<Department> & { head_id?: number | null }) =>
  id === null ? send<Department>('POST', '/departments', change) : send<Department>('PATCH', `/departments/${id}`, change)

export const teams = () => everything<Team>('/teams')
export const saveTeam = (id: number | null, change: Partial<Team> & { department_id?: number }) =>
  id === null ? send<Team>('POST', '/teams', change) : send<Team>('PATCH', `/teams/${id}`, change)

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

export const people = (q: string, after: string | null = null) =>
  send<Page<Person>>('GET', `/staff?${new URLSearchParams({ q, limit: '50', ...(after ? { after } : {}) })}`)
export const person = (id: number) => send<Person>('GET', `/staff/${id}`)
export const savePerson = (id: number | null, change: PersonChange) =>
  id === null ? send<Person>('POST', '/staff', change) : send<Person>('PATCH', `/staff/${id}`, change)
export const setPassword = (id: number, password: string) => send<void>('POST', `/staff/${id}/password`, { password })

export const rolesOf = (id: number) => everything<RoleGrant>(`/staff/${id}/roles`)
export const grantRole = (id: number, role: string, department_id: number | null) =>
  send<RoleGrant>('POST', `/staff/${id}/roles`, { role, department_id })
export const takeRole = (id: number, grant: number) => send<void>('DELETE', `/staff/${id}/roles/${grant}`)

export const roles = () => everything<Role>('/roles')
export const rights = () => everything<Right>('/rights')
export const saveRole = (id: number | null, change: Partial<Role>) =>
  id === null ? send<Role>('POST', '/roles', change) : send<Role>('PATCH', `/roles/${id}`, change)

export const why = (ticket: string, staff: number) =>
  send<Why>('GET', `/tickets/${encodeURIComponent(ticket)}/why?staff=${staff}`)

export interface Level { code: string, name: string, rank: number }
export const levels = () => everything<Level>('/customer-levels')

export const tokens = () => everything<Token>('/tokens')
export const makeToken = (name: string, expires_at: string | null) =>
  send<Token & { secret: string }>('POST', '/tokens', { name, expires_at })
export const revokeToken = (id: number) => send<void>('DELETE', `/tokens/${id}`)
