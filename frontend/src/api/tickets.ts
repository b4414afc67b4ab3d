/** Tickets, work items and what can be done with them, as the desk needs them. */
import type { FieldDefinition, Text, Values } from '@/lib/fields'
import { call, get, post } from './http'
import type { Page } from './paged'
import type { Named } from './session'

export type TicketState = 'draft' | 'open' | 'paused' | 'resolved' | 'closed' | 'cancelled' | 'force_ended'
export type Kind = 'consultation' | 'complaint' | 'repair' | 'suggestion' | 'daily_service'
export type Verb =
  | 'submit' | 'accept' | 'process' | 'append' | 'reply' | 'note' | 'transfer' | 'return' | 'withdraw' | 'urge' | 'consult' | 'co_handle'
  | 'countersign' | 'extend' | 'decide_extension' | 'pause' | 'resume' | 'cancel' | 'force_end' | 'resolve' | 'close' | 'reopen'
  | 'call_back' | 'link' | 'attach' | 'edit'

export interface Sentence { code: string, params: Record<string, unknown> }
export interface Present { id?: number, node: string, node_title: Text, department: Named | null, handler: Named | null, since: string, due_at: string | null, state: string }

export interface TicketRow {
  number: string
  kind: Kind
  category: { code: string, name: string }
  subject: string
  state: TicketState
  priority: number
  channel: string
  customer: { id: number, name: string, level: string } | null
  requester_name: string
  opened_at: string
  received_at: string
  required_end: string | null
  actual_end: string | null
  updated_at: string
  urged: number
  present: Present[]
}

export interface WorkRow extends TicketRow {
  item_id: number
  node: string
  node_title: Text
  node_kind?: string
  item_state: string
  handler: Named | null
  department: Named | null
  arrived_at: string
  due_at: string | null
  duty: string
  version?: number
}

export interface ReturnTarget { seq: number, node: string, title: Text, modes: ('redo' | 'straight')[], approvals_again: Text[], cancels: number }
export interface Action {
  verb: Verb
  items: number[]
  primary: boolean
  reason_owed: boolean
  outcomes: { code: string, title: Text }[]
  return_targets: ReturnTarget[]
}

export interface OpenItem {
  id: number, seq: number, node: string, node_title: Text, node_kind: string, duty: string, state: string, handler: Named | null, department: Named | null
  arrived_at: string, due_at: string | null, question?: string, script?: Text, tries?: number
}

export interface Extension { id: number, state: string, requested_by: Named | null, requested_at: string, reason: string, old_end: string | null, new_end: string }
export interface TicketLink { number: string, subject: string, kind: string, state: TicketState }
export interface AttachmentInfo { id: number, name: string, size: number, content_type: string }

export interface Ticket extends TicketRow {
  body: string
  fields: Values
  form: { version: number | null, fields: FieldDefinition[] }
  tags: string[]
  opened_by: Named | null
  requester_phone?: string
  version: number
  satisfaction: number | null
  answered_on_spot: boolean
  flow: { code: string, title: Text, version: number }
  items: OpenItem[]
  extensions: Extension[]
  links: TicketLink[]
  attachments: AttachmentInfo[]
  actions: Action[]
  can_see_because: Because[] | null
  category_path?: string[]
}

export interface Because { role: string, scope: string, matched: string[] }

export interface TrackItem {
  seq: number, node: string, node_title: Text, node_kind: string, duty: string, state: string, handler: Named | null, department: Named | null
  arrived_at: string, accepted_at: string | null, left_at: string | null, due_at: string | null, outcome: string, outcome_title: Text, result: string
}
export interface TrackEntry { at: string, actor: { name: string } | null, type: string, sentence: Sentence, data: Record<string, unknown> }
export interface StripNode { code: string, title: Text, kind: string, state: 'past' | 'present' | 'possible' | 'skipped', x: number, y: number, who: string | null, since: string | null, until: string | null }
export interface StripEdge { from: string, to: string, taken: boolean }
export interface Track { items: TrackItem[], entries: TrackEntry[], strip: { nodes: StripNode[], edges: StripEdge[] } }

export interface Message { id: number, kind: 'reply' | 'note' | 'appended' | 'customer', body: string, author: Named | null, author_name: string, at: string, attachments: AttachmentInfo[] }

export interface VerbAnswer { number: string, state: TicketState, version: number, items: OpenItem[], sentence: Sentence }
export interface NewTicket {
  kind?: string, category: string, subject?: string, body: string, channel?: string, priority?: number, customer_id?: number | null
  requester?: { name?: string, phone?: string }, fields?: Values, tags?: string[], answered_on_spot?: boolean, answer?: string, draft?: boolean
  expected_end?: string | null, attachments?: (number | string)[]
}

export type Filters = Record<string, string | number | undefined>
export interface Count { count: number, more: boolean }
export type Counts = Record<'mine' | 'department' | 'callbacks', Count>
export interface RecordRow { at: string, type: string, number: string, subject: string, sentence: Sentence }

const at = (number: string): string => `/tickets/${encodeURIComponent(number)}`

export const listTickets = (filters: Filters, after: string | null, limit: number): Promise<Page<TicketRow>> => get('/tickets', { ...filters, after, limit })
export const readTicket = (number: string): Promise<Ticket> => get(at(number))
export const readTrack = (number: string): Promise<Track> => get(`${at(number)}/track`)
export const readMessages = (number: string): Promise<Message[]> => get<{ items: Message[] }>(`${at(number)}/messages`, { limit: 200 }).then((page) => page.items)
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
