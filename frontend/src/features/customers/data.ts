/** What the customer pages read and write. */
import { get, patch, post, remove } from '@/api/http'
import type { Page } from '@/api/paged'
import type { TicketRow } from '@/api/tickets'

export type CustomerKind = 'person' | 'organization'
export const classes = ['public', 'industry', 'cluster'] as const
export type CustomerClass = (typeof classes)[number]
export const contactKinds = ['phone', 'email', 'wechat', 'address'] as const
export type ContactKind = (typeof contactKinds)[number]

export interface Named { id: number, name: string, level: string }
export interface Level { code: string, name: string, rank: number }

/** Numbers in rows are always masked. */
export interface CustomerRow {
  id: number
  kind: CustomerKind
  name: string
  level: string
  customer_class: CustomerClass
  external_id: string | null
  parent: { id: number, name: string } | null
  phones: string[]
  updated_at: string
}

export interface Contact { id: number, kind: ContactKind, value: string, extension: string, label: string, primary: boolean, masked: boolean }
export interface Subscriber { id: number, customer_id: number, account_id: number | null, number: string, product: string, address: string, status: string }
export interface Account { id: number, number: string, name: string, status: string, subscribers: Subscriber[] }

/** `subscribers` are those that no own account pays for. `can.reveal`: numbers came in clear, and that is recorded. */
export interface Customer {
  id: number
  kind: CustomerKind
  name: string
  level: string
  customer_class: CustomerClass
  external_id: string | null
  note: string
  fields: Record<string, unknown>
  version: number
  created_at: string
  updated_at: string
  contacts: Contact[]
  accounts: Account[]
  subscribers: Subscriber[]
  parent: Named | null
  ancestors: Named[]
  children: Named[]
  more_children: boolean
  can: { edit: boolean, reveal: boolean }
}

export interface Candidate { customer: CustomerRow, contact: { value: string, label: string, how: string }, open_tickets: number, recent: number }
export interface Match { number: { e164: string | null, digits: string, display: string }, candidates: Candidate[] }
export interface NewContact { kind: ContactKind, value: string, label: string, primary: boolean }
export interface Warning { code: string, number: string, customer_id: number, customer: string }
export type CustomerChange = Partial<Pick<Customer, 'kind' | 'name' | 'level' | 'customer_class' | 'external_id' | 'note' | 'fields'>> & { parent_id?: number | null }

/** A ticket of this customer; the score of its callback where the list carries it. */
export type CustomerTicket = TicketRow & { satisfaction?: number | null }

export const search = (q: string, level: string, after: string | null, limit: number) => get<Page<CustomerRow>>('/customers', { q, level, after, limit })
export const match = (number: string) => get<Match>('/customers/match', { number })
export const read = (id: number) => get<Customer>(`/customers/${id}`)
export const make = (customer: CustomerChange & { contacts: NewContact[] }, key: string) => post<Customer & { warnings: Warning[] }>('/customers', customer, key)
export const change = (id: number, changes: CustomerChange, version: number) => patch<Customer>(`/customers/${id}`, { ...changes, version })
export const addContact = (id: number, contact: NewContact, key: string) => post<Customer & { warnings: Warning[] }>(`/customers/${id}/contacts`, contact, key)
export const removeContact = (id: number, contact: number) => remove<void>(`/customers/${id}/contacts/${contact}`)
export const addAccount = (id: number, account: { number: string, name: string }, key: string) => post<Customer>(`/customers/${id}/accounts`, account, key)
export const addSubscriber = (id: number, line: { number: string, product: string, address: string, account_id: number | null }, key: string) =>
  post<Customer>(`/customers/${id}/subscribers`, line, key)
export const tickets = (id: number, after: string | null, limit: number) => get<Page<CustomerTicket>>(`/customers/${id}/tickets`, { after, limit })

export const levels = async () => (await get<{ items: Level[] }>('/customer-levels')).items
export const makeLevel = (level: Level) => post<Level>('/customer-levels', level)
export const changeLevel = (code: string, change: { name: string, rank: number }) => patch<Level>(`/customer-levels/${encodeURIComponent(code)}`, change)
