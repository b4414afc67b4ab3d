/** Customers: found by any form of a number, by name, initials or external id. */
import { get, patch, post } from './http'
import type { Page } from './paged'
import type { TicketRow } from './tickets'

export interface Contact { id: number, kind: 'phone' | 'email' | 'wechat' | 'address', value: string, label: string, primary: boolean, e164: string | null, masked: boolean }
export interface Subscriber { id: number, number: string, product: string, address: string, status: string, account_id: number | null }
export interface Account { id: number, number: string, name: string, status: string, subscribers: Subscriber[] }
export interface CustomerRow { id: number, name: string, kind: string, level: string, customer_class: string, external_id: string | null, phones: string[] }
export interface Customer extends Omit<CustomerRow, 'phones'> {
  note: string, version: number, contacts: Contact[], accounts: Account[], subscribers: Subscriber[], fields: Record<string, unknown>
  parent?: { id: number, name: string } | null
}
export interface Candidate { customer: CustomerRow, contact: { id: number, value: string, label: string } | null, open_tickets: number, recent: number }
export interface Match { number: { e164: string | null, display?: string }, candidates: Candidate[] }

export const findCustomers = (q: string, limit = 8): Promise<Page<CustomerRow>> => get('/customers', { q, limit })
export const matchNumber = (number: string): Promise<Match> => get('/customers/match', { number })
export const readCustomer = (id: number): Promise<Customer> => get(`/customers/${id}`)
export const ticketsOf = (id: number, limit = 20): Promise<Page<TicketRow>> => get(`/customers/${id}/tickets`, { limit })
export const makeCustomer = (customer: Record<string, unknown>, key: string): Promise<Customer> => post('/customers', customer, key)
export const changeCustomer = (id: number, change: Record<string, unknown>): Promise<Customer> => patch(`/customers/${id}`, change)
