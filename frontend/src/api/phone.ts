/**
 * The telephone as the desk needs it: presence, live calls, screen pop, calls, callback tasks, the board, measures and settings.
 * Times are ISO 8601 in UTC, durations whole seconds, rates 0 to 1 or null where nothing is to divide.
 */
import { base, get, patch, post, remove, urlOf } from './http'
import type { Page } from './paged'

export interface Person { id: number, name: string }
export interface CustomerBrief { id: number, name: string, kind: string, level: string, level_name: string }
/** `digits` only when not masked. */
export interface PhoneNumber { shown: string, masked: boolean, digits: string | null }

export type Presence = 'ready' | 'busy' | 'break' | 'wrap_up' | 'offline'
export type Direction = 'inbound' | 'outbound' | 'internal'
export type Phase = 'begun' | 'waiting' | 'ringing' | 'talking' | 'held' | 'ended'
export type CallOutcome = '' | 'answered' | 'abandoned' | 'missed' | 'refused' | 'unanswered' | 'failed' | 'lost'
export type PartOutcome = 'ringing' | 'talking' | 'answered' | 'missed' | 'refused' | 'elsewhere' | 'cancelled'
export type ExtensionKind = 'desk_phone' | 'softphone'

export interface MyExtension { id: number, number: string, kind: ExtensionKind, system: string }
export interface FreeExtension extends MyExtension { taken_by: Person | null }
export interface PresenceNow { state: Presence, reason: string, since: string | null, until: string | null, extension: MyExtension | null }
export interface MenuChoice { digits: string, label: string, at?: string }
export interface OtherParty { extension: string, person: Person | null, state: string }

export interface LiveCall {
  id: number
  direction: Direction
  phase: Phase
  /** Ended only in the pop of a call that is over. */
  mine: 'ringing' | 'talking' | 'held' | 'ended'
  number: PhoneNumber
  customer: CustomerBrief | null
  /** A person said who it is. */
  chosen: boolean
  candidates_count: number | null
  line: string
  line_label: string
  queue: string
  queue_title: string
  menu: MenuChoice[]
  began_at: string
  rang_at: string | null
  answered_at: string | null
  waited: number
  /** The system told us the channel, so that it can be commanded. */
  leg_known: boolean
  others: OtherParty[]
  transferring: { to: string } | null
  conference: boolean
}

export interface Softphone { address: string, domain: string, user: string, password: string, display: string, ice_servers: Record<string, unknown>[] }
export interface Undisposed { call_id: number, number: PhoneNumber, customer: CustomerBrief | null, ended_at: string }
export interface PhoneMe {
  presence: PresenceNow
  extensions: FreeExtension[]
  reasons: { code: string, name: string }[]
  calls: LiveCall[]
  wrap_up: { call_id: number, part_id: number, until: string | null, disposed: boolean } | null
  undisposed: Undisposed[]
  waiting: { count: number, longest_since: string | null }
  answered_today: number
  daily_target: number
  callbacks_open: number
  softphone: Softphone | null
  capabilities: string[]
  connected: boolean
  settings: { wrap_up_seconds: number, disposition_required: boolean }
}

export type ControlVerb = 'answer' | 'hold' | 'resume' | 'hang_up' | 'transfer' | 'complete_transfer' | 'cancel_transfer' | 'conference' | 'dtmf'
export type SuperviseHow = 'listen' | 'whisper' | 'barge' | 'take_over'
export interface ControlArgs { to?: string, mode?: 'blind' | 'attended', digits?: string }
export interface Command { id: number, verb: string, state: 'asked' | 'doing' | 'done' | 'failed', fault: string }
/** The command to follow; `digits` is what a softphone dials by itself. */
export interface Commanded { command: number, digits?: string | null }
export const commandId = (answer: Commanded): number => answer.command

export interface PopCandidate { customer: CustomerBrief, how: 'same' | 'main' | 'local', label: string, contacts: number, open_tickets: number }
export interface PopTicket {
  number: string, subject: string, state: string, kind: string
  /** Whose turn it is: `node` in Chinese, its title by language; names, '' for nobody. */
  node: string, node_title: Record<string, string>, handler: string, department: string
  required_end: string | null, card: '' | 'yellow' | 'red', updated_at: string, may_append: boolean, may_urge: boolean
}
/** A call has an id and a direction, a ticket a number. */
export interface PopContact { kind: 'call' | 'ticket', id: number | null, number: string | null, at: string, subject: string, by: string, outcome: string, direction: Direction | null }
export interface Pop {
  call: LiveCall
  customer: CustomerBrief | null
  candidates: PopCandidate[]
  open_tickets: PopTicket[]
  last_contacts: PopContact[]
  repeat: { calls: number, days: number, warn: boolean, last_at: string | null }
  suggested: { category: string | null, category_name: string, because: 'menu' | 'line' | '' }
}

export interface CallRow {
  id: number
  direction: Direction
  phase: Phase
  outcome: CallOutcome
  number: PhoneNumber
  customer: CustomerBrief | null
  line_label: string
  queue_title: string
  agent: Person | null
  began_at: string
  answered_at: string | null
  ended_at: string | null
  waiting_seconds: number
  talk_seconds: number
  hold_seconds: number
  disposition: { code: string, name: string } | null
  recorded: boolean
  tickets: string[]
}
export interface Recording {
  id: number, state: string, seconds: number, size: number, content_type: string
  /** The loudness over time, 0 to 100. */
  peaks: number[]
  began_at: string | null, fault: string, keep_until: string | null
}
export interface CallPart {
  id: number, seq: number, person: Person | null, extension: string, rang_at: string, answered_at: string | null, ended_at: string | null, outcome: PartOutcome
  ring_seconds: number, talk_seconds: number, hold_seconds: number, wrap_up_seconds: number, transferred_to: string, transfer_mode: '' | 'blind' | 'attended'
}
export interface QueueStay { queue: string, title: string, entered_at: string, left_at: string | null, outcome: '' | 'answered' | 'abandoned' | 'overflowed', waited: number }
export interface CallTicket { number: string, subject: string, how: 'opened' | 'appended' | 'urged' | 'linked' }
export interface CallDetail extends Omit<CallRow, 'tickets'> {
  dialled: string
  menu: MenuChoice[]
  stays: QueueStay[]
  parts: CallPart[]
  ended_by: '' | 'customer' | 'agent' | 'system'
  closed_by_us: boolean
  note: string
  disposed_by: Person | null
  disposed_at: string | null
  recordings: Recording[]
  tickets: CallTicket[]
  callback_task: { id: number, state: string } | null
  may: { dispose: boolean, listen: boolean, download: boolean, dial: boolean }
  version: number
}
/** A call as its ticket shows it. */
export interface TicketCall {
  id: number, direction: Direction, at: string, seconds: number, number: PhoneNumber, line_label: string, menu: MenuChoice[], agent: Person | null, how: CallTicket['how'], recordings: Recording[], may_listen: boolean, may_download: boolean
  /** Its own page may be opened. */
  may_view: boolean
}
export type CallFilters = Record<string, string | number | undefined>

export type CallbackResult = 'reached' | 'not_reached' | 'wrong_number'
export interface CallbackTask {
  id: number, number: PhoneNumber, customer: CustomerBrief | null, queue_title: string, line_label: string, calls: number, first_call_at: string, last_call_at: string
  state: string, taken_by: Person | null, tries: number, not_before: string | null, result: string, note: string, missed: { call_id: number, at: string, outcome: string }[], tried: { call_id: number, at: string, outcome: string }[]
}

export interface BoardQueue {
  queue: string, title: string, system: string, waiting: number, longest_since: string | null, agents_ready: number, agents_talking: number
  offered_today: number, answered_today: number, abandoned_today: number, service_level: number | null, service_seconds: number, asa_seconds: number | null
}
export interface BoardPerson {
  staff: Person, department: string, team_names: string[], presence: { state: Presence, reason: string, since: string | null }, extension: string
  call: { id: number, number: PhoneNumber, customer: CustomerBrief | null, direction: Direction, phase: Phase, since: string, queue: string } | null
  answered_today: number, target: number
}
export interface BoardWaiting { call_id: number, number: PhoneNumber, queue: string, since: string, customer: CustomerBrief | null, level_name: string }
export interface BoardSystem { code: string, name: string, health: string, health_words: string, heard_at: string | null }
export interface Board { at: string, queues: BoardQueue[], people: BoardPerson[], calls_waiting: BoardWaiting[], systems: BoardSystem[] }

export type MeasureName =
  | 'offered' | 'answered' | 'abandoned' | 'short_abandoned' | 'overflowed' | 'missed' | 'abandon_rate' | 'asa_seconds' | 'service_level' | 'service_seconds' | 'aht_seconds'
  | 'talk_seconds_avg' | 'hold_seconds_avg' | 'wrap_up_seconds_avg' | 'over_long_share' | 'long_seconds' | 'occupancy' | 'calls_per_person_day' | 'daily_target' | 'outbound'
  | 'longest_wait_seconds' | 'max_wait'
export type Measures = Partial<Record<MeasureName, number | null>>
export type MeasuresBy = 'none' | 'queue' | 'person' | 'hour' | 'day'
export interface LineMeasures { from: string, to: string, by: MeasuresBy, totals: Measures, rows: (Measures & { key: string, label: string })[], definitions: Record<string, string> }

export type DialectCode = 'asterisk' | 'freeswitch' | 'http'
export interface TelephoneSystem {
  code: string, name: string, dialect: DialectCode, host: string, port: number | null, username: string, has_secret: boolean, control_address: string, recording_address: string
  allowed_networks: string[], settings: Record<string, unknown>, sip_address: string, sip_domain: string, ice_servers: Record<string, unknown>[], active: boolean
  health: string, health_words: string, connected_at: string | null, heard_at: string | null, capabilities: string[], version: number, signals_address: string
}
export type SystemChange = Partial<Omit<TelephoneSystem, 'has_secret'>> & { secret?: string }
export interface Extension { id: number, system: string, number: string, kind: ExtensionKind, channel: string, has_secret?: boolean, staff: Person | null, active: boolean }
export interface ExtensionChange { system?: string, number?: string, kind?: ExtensionKind, channel?: string, secret?: string, staff_id?: number | null, active?: boolean }
export interface CallQueue { id: number, system: string, name: string, title: string, service_seconds: number }
export interface Line { id: number, number: string, label: string, category: string, choices: Record<string, { label: string, category?: string }> }
export interface BreakReason { id: number, code: string, name: string, position: number, active: boolean }
export interface LineSettings {
  wrap_up_seconds: number, daily_target: number, long_call_seconds: number, short_abandon_seconds: number, repeat_days: number, repeat_calls: number, merge_days: number
  recording_days: number, signal_days: number, disposition_required: boolean, version: number
}
export interface RawSignal { id: number, system: string, key: string, call: string, received_at: string, raw: string, reading: Record<string, unknown>[], fault: string }

type Items<T> = T[] | { items: T[] }
const listOf = <T>(answer: Items<T>): T[] => (Array.isArray(answer) ? answer : answer.items)

// One's own telephone.
export const readMe = (): Promise<PhoneMe> => get('/phone/me')
export const signInTo = (extension: number): Promise<PhoneMe> => post('/phone/sign-in', { extension_id: extension })
export const signOutOf = (): Promise<PhoneMe> => post('/phone/sign-out')
export const setPresence = (state: 'ready' | 'busy' | 'break', reason = ''): Promise<PhoneMe> => post('/phone/presence', { state, ...(reason ? { reason } : {}) })
export const lengthenWrapUp = (more: number): Promise<PhoneMe> => post('/phone/wrap-up', { more })
/** A number, or what has one: a masked number is dialled by what it belongs to. */
export interface Dialling { number: string, customer_id?: number, contact_id?: number, call_id?: number, ticket?: string, callback_task_id?: number }
export const dial = (dialling: Dialling): Promise<Commanded> => post('/phone/dial', dialling)
export const control = (call: number, verb: ControlVerb, args: ControlArgs = {}): Promise<Commanded> => post(`/phone/calls/${call}/control`, { verb, ...args })
export const supervise = (call: number, how: SuperviseHow, staff?: number): Promise<Commanded> => post(`/phone/calls/${call}/supervise`, { how, ...(staff ? { staff_id: staff } : {}) })
export const readCommand = (id: number): Promise<Command> => get(`/phone/commands/${id}`)

/** Somebody of my own telephone system whom a call can be given to. */
export interface Colleague extends Person { department: string, extension: string, presence: Presence, in_call: boolean }
export const findColleagues = async (q: string): Promise<Colleague[]> => listOf(await get<Items<Colleague>>('/phone/colleagues', { q }))

// The pop and calls.
export const readPop = (call: number): Promise<Pop> => get(`/phone/calls/${call}/pop`)
export const identify = (call: number, customer: number | null): Promise<Pop> => post(`/phone/calls/${call}/customer`, { customer_id: customer })
export const listCalls = (filters: CallFilters, after: string | null, limit: number): Promise<Page<CallRow>> => get('/calls', { ...filters, after, limit })
export const readCall = (id: number): Promise<CallDetail> => get(`/calls/${id}`)
export const dispose = (id: number, category: string, note: string, version?: number): Promise<CallDetail> => post(`/calls/${id}/disposition`, { category, note, ...(version ? { version } : {}) })
export const linkTicket = (id: number, number: string): Promise<CallDetail> => post(`/calls/${id}/tickets`, { number, how: 'linked' })
export const recordingUrl = (call: number, recording: number, download = false): string => urlOf(`/calls/${call}/recordings/${recording}/audio`, download ? { download: 1 } : {})

// Missed calls to call back.
export const listCallbackTasks = (state: 'open' | 'later' | 'mine' | 'done', after: string | null, limit: number): Promise<Page<CallbackTask> & { open: number }> => get('/phone/callbacks', { state, after, limit })
export const takeCallback = (id: number): Promise<CallbackTask> => post(`/phone/callbacks/${id}/take`)
export const giveBackCallback = (id: number): Promise<CallbackTask> => post(`/phone/callbacks/${id}/give-back`)
export const resultOfCallback = (id: number, result: CallbackResult, note: string, nextTry: string | null): Promise<CallbackTask> =>
  post(`/phone/callbacks/${id}/result`, { result, note, ...(nextTry ? { next_try_at: nextTry } : {}) })

// Board and measures.
export const readBoard = (): Promise<Board> => get('/phone/board')
export const setPresenceOf = (staff: number, state: Exclude<Presence, 'wrap_up'>, reason = ''): Promise<BoardPerson> => post(`/phone/people/${staff}/presence`, { state, reason })
export const readMeasures = (filters: CallFilters): Promise<LineMeasures> => get('/line/measures', filters)
export const callsBehind = (filters: CallFilters, after: string | null, limit: number): Promise<Page<CallRow>> => get('/line/measures/calls', { ...filters, after, limit })

// Settings.
const system = (code: string): string => `/phone/systems/${encodeURIComponent(code)}`
export const listSystems = async (): Promise<TelephoneSystem[]> => listOf(await get<Items<TelephoneSystem>>('/phone/systems'))
export const readSystem = (code: string): Promise<TelephoneSystem> => get(system(code))
export const makeSystem = (change: SystemChange): Promise<TelephoneSystem & { key?: string }> => post('/phone/systems', change)
export const changeSystem = (code: string, change: SystemChange): Promise<TelephoneSystem> => patch(system(code), change)
export const removeSystem = (code: string): Promise<void> => remove(system(code))
/** A new key of an HTTP system; it is shown this once. */
export const renewKey = (code: string): Promise<{ key: string }> => post(`${system(code)}/key`)
export const listExtensions = async (): Promise<Extension[]> => listOf(await get<Items<Extension>>('/phone/extensions'))
export const makeExtension = (change: ExtensionChange): Promise<Extension> => post('/phone/extensions', change)
export const changeExtension = (id: number, change: ExtensionChange): Promise<Extension> => patch(`/phone/extensions/${id}`, change)
export const removeExtension = (id: number): Promise<void> => remove(`/phone/extensions/${id}`)
export const listQueues = async (): Promise<CallQueue[]> => listOf(await get<Items<CallQueue>>('/phone/queues'))
export const makeQueue = (change: Partial<CallQueue>): Promise<CallQueue> => post('/phone/queues', change)
export const changeQueue = (id: number, change: Partial<Pick<CallQueue, 'title' | 'service_seconds'>>): Promise<CallQueue> => patch(`/phone/queues/${id}`, change)
export const listLines = async (): Promise<Line[]> => listOf(await get<Items<Line>>('/phone/lines'))
export const makeLine = (change: Partial<Line>): Promise<Line> => post('/phone/lines', change)
export const changeLine = (id: number, change: Partial<Line>): Promise<Line> => patch(`/phone/lines/${id}`, change)
export const removeLine = (id: number): Promise<void> => remove(`/phone/lines/${id}`)
export const listBreakReasons = async (): Promise<BreakReason[]> => listOf(await get<Items<BreakReason>>('/phone/break-reasons'))
export const makeBreakReason = (change: Partial<BreakReason>): Promise<BreakReason> => post('/phone/break-reasons', change)
export const changeBreakReason = (id: number, change: Partial<BreakReason>): Promise<BreakReason> => patch(`/phone/break-reasons/${id}`, change)
export const readLineSettings = (): Promise<LineSettings> => get('/phone/line-settings')
export const changeLineSettings = (change: Partial<LineSettings>): Promise<LineSettings> => patch('/phone/line-settings', change)
export const listSignals = (filters: CallFilters, after: string | null, limit: number): Promise<Page<RawSignal>> => get('/phone/signals', { ...filters, after, limit })
export const signalsAddress = (code: string): string => `${base}${system(code)}/signals`
