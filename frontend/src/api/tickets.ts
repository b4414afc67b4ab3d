/** Tickets, work items and what can be done with them, as the desk needs them. */
import type { FieldDefinition, Text, Values } from '@/lib/fields'
import type { Card } from './cards'
import { call, get, post, urlOf } from './http'
import type { Page } from './paged'
import type { TicketCall } from './phone'
import type { components, paths } from './schema'
import type { Named } from './session'

export type TicketState = 'draft' | 'open' | 'paused' | 'resolved' | 'closed' | 'cancelled' | 'force_ended'
export type Kind = 'consultation' | 'complaint' | 'repair' | 'suggestion' | 'daily_service'
type Schemas = components['schemas']
type VerbIn<Path> = Path extends `/api/v1/tickets/{number}/actions/${infer Name}` ? Name : never
/** The verbs of the published schema, no more and no fewer. */
export type Verb = VerbIn<keyof paths>
export type Colour = 'yellow' | 'red'
/** How closely superiors watch: not, 督办, 通报. */
export type Supervision = '' | 'supervised' | 'circulated'

export interface Sentence { code: string, params: Record<string, unknown> }
export interface Role { code: string, name: string }

/** An open work item: whose turn it is, since when and until when. */
export interface Present {
  item_id: number, node: string, node_title: Text, node_kind: string, duty: string, state: string
  department: Named | null, team: Named | null, role: Role | null, handler: Named | null
  since: string, arrived_at: string, accepted_at: string | null, due_at: string | null, warn_at?: string | null, not_before: string | null, tries: number
  /** Paused, and its limit stands still with the ticket. */
  stands?: boolean
  /** The due time is reckoned, in part, by weekdays alone. */
  provisional?: boolean
}

export interface TicketRow {
  id: number
  number: string
  kind: Kind
  category: { code: string, name: string, path: string[] }
  subject: string
  state: TicketState
  priority: number
  channel: string
  customer: { id: number, name: string, level: string } | null
  requester_name: string
  requester_phone: string
  opened_at: string
  received_at: string
  required_end: string | null
  warn_at?: string | null
  /** The worst card that stands. */
  card?: '' | Colour
  supervision?: Supervision
  paused_for?: '' | 'customer' | 'other'
  stands?: boolean
  provisional?: boolean
  actual_end: string | null
  updated_at: string
  urged: number
  version: number
  present: Present[]
}

/** A line of a to-do list: the ticket's row, and the work item in it. `state` is the ticket's, `item_state` the item's. */
export interface WorkRow extends TicketRow, Omit<Present, 'state'> { item_state: string, question: string }

export interface ReturnTarget { seq: number, node: string, title: Text, modes: ('redo' | 'straight')[], approvals_again: Text[], cancels: number }
export interface Outcome { code: string, title: Text }
export interface Action {
  verb: Verb
  items: number[]
  primary: boolean
  reason_owed: boolean
  outcomes?: Outcome[]
  outcomes_by_item?: Record<string, Outcome[]>
  return_targets?: ReturnTarget[]
  callable_off?: { id: number, node: string, duty: string, handler?: string, department?: string, team?: string }[]
  nodes?: { node: string, title: Text }[]
  script?: string | null
  tries?: number
  tries_allowed?: number
  /** How often and how long the limit may still be extended, by the ticket's policy. */
  extension?: ExtensionAllowed
}

export interface ExtensionAllowed { most: number, granted: number, longest: { amount: number, unit: 'minutes' | 'hours' | 'days', working: boolean }, decided_by: 'right' | 'head' | 'next_level' }

export interface Extension {
  id: number, state: 'requested' | 'granted' | 'refused', requested_by: Named | null, requested_at: string, reason: string, old_end: string | null, new_end: string
  decided_by: Named | null, decided_at: string | null, decision_reason: string
}
export interface TicketLink { kind: string, direction: 'to' | 'from', at: string, visible: boolean, number?: string, subject?: string, state?: TicketState }
export interface AttachmentInfo { id: number, name: string, size: number, content_type: string, uploaded_by?: Named | null, uploaded_at?: string }
export interface Question { item_id: number, duty: string, question: string, handler: Named | null, department: Named | null }

export interface Ticket extends TicketRow {
  body: string
  fields: Values
  form: { version: number, fields: FieldDefinition[] } | null
  tags: string[]
  opened_by: Named | null
  opened_department: Named | null
  satisfaction: number | null
  answered_on_spot: boolean
  expected_end: string | null
  resolved_at: string | null
  callback_mode: string
  flow: { code: string, title: Text, version: number }
  questions: Question[]
  extensions: Extension[]
  links: TicketLink[]
  attachments: AttachmentInfo[]
  cards?: Card[]
  /** Calls this ticket was opened, appended or urged from, or linked with. */
  calls?: TicketCall[]
  actions: Action[]
  can_see_because: string[]
}

export interface Because { role: string, role_name: string, scope: string, matched: { kind: string, name: string }[] }

export interface TrackItem {
  id: number, seq: number, parent: number | null, node: string, node_title: Text, node_kind: string, duty: string, state: string
  handler: Named | null, department: Named | null, team: Named | null, role: Role | null
  arrived_at: string, accepted_at: string | null, left_at: string | null, due_at: string | null
  outcome: string, outcome_title: Text | null, result: string, question: string, returned: boolean
}
export interface TrackEntry { seq: number, at: string, actor: { name?: string } | string | null, type: string, sentence: Sentence }
export interface CallbackTry { at: string, by: Named | null, result: string, score: number | null, note: string, next_try_at: string | null }
export interface StripNode {
  code: string, title: Text, kind: string, state: 'past' | 'present' | 'possible' | 'skipped', x: number, y: number, visits: number
  who?: string, since?: string | null, until?: string | null, due_at?: string | null
}
export interface StripEdge { from: string, to: string, taken: boolean, back: boolean, label: string }
export interface Strip { columns: number, lanes: number, nodes: StripNode[], edges: StripEdge[] }
export interface Track { items: TrackItem[], entries: TrackEntry[], callbacks: CallbackTry[], strip: Strip }

export interface Message { id: number, kind: 'reply' | 'note' | 'appended' | 'customer', body: string, author: { id: number | null, name: string }, at: string, attachments: AttachmentInfo[] }

export interface VerbAnswer { number: string, state: TicketState, version: number, items: { id: number, node: string, handler_id: number | null }[], sentence: Sentence }
export type NewTicket = Pick<Schemas['OpenTicket'], 'category' | 'body'> & Partial<Schemas['OpenTicket']> & { call_id?: number }

export type Filters = Record<string, string | number | undefined>
export interface Count { count: number, more: boolean }
export type Counts = Record<'mine' | 'department' | 'callbacks', Count>
export interface RecordRow { id: number, at: string, type: string, ticket: TicketRow | null, sentence: Sentence, titles?: { nodes: Record<string, Text>, outcomes: Record<string, Text> } }

const at = (number: string): string => `/tickets/${encodeURIComponent(number)}`

export const listTickets = (filters: Filters, after: string | null, limit: number): Promise<Page<TicketRow>> => get('/tickets', { ...filters, after, limit })
/** Where the list can be downloaded as a spreadsheet. */
export const spreadsheetOf = (filters: Filters, locale: string): string => urlOf('/tickets/export', { ...filters, locale })
export const readTicket = (number: string): Promise<Ticket> => get(at(number))
export const readTrack = (number: string): Promise<Track> => get(`${at(number)}/track`)
export const readMessages = (number: string): Promise<Message[]> => get<{ items: Message[] }>(`${at(number)}/messages`).then((page) => page.items)
export const whyVisible = (number: string, staff?: number): Promise<{ visible: boolean, because: Because[] }> => get(`${at(number)}/why`, { staff })
export const openTicket = (ticket: NewTicket, key: string): Promise<VerbAnswer> => post('/tickets', ticket, key)
export const act = (number: string, verb: Verb, args: Record<string, unknown>, key?: string): Promise<VerbAnswer> => post(`${at(number)}/actions/${verb}`, args, key)

export const listTodo = (list: 'mine' | 'department' | 'callbacks', filters: Filters, after: string | null, limit: number): Promise<Page<WorkRow>> =>
  get(`/todo/${list}`, { ...filters, after, limit })
export const readCounts = (): Promise<Counts> => get('/todo/counts')
export const listRecords = (filters: Filters, after: string | null, limit: number): Promise<Page<RecordRow>> => get('/records/mine', { ...filters, after, limit })

export function upload(file: File): Promise<AttachmentInfo> {
  const body = new FormData()
  body.append('file', file)
  return call('POST', '/attachments', { body })
}
