// What goes into Gongdan's API and comes out of it. Written by scripts/clients/make.py; do not edit.

export interface Accept {
  item?: number | null
  version?: number | null
}

export interface Append {
  attachments?: Array<number>
  body: string
  item?: number | null
  version?: number | null
}

export interface AppendInformation {
  attachments?: Array<number>
  body: string
  call_id?: number | null
  from_customer?: boolean
  item?: number | null
  version?: number | null
}

export interface Applied {
  number: number
}

export interface Asked {
  command: number
  digits?: string | null
}

export interface Attach {
  attachments: Array<number>
  item?: number | null
  version?: number | null
}

export interface Board {
  at: string
  calls_waiting: Array<CallWaiting>
  people: Array<BoardPerson>
  queues: Array<BoardQueue>
  systems: Array<SystemHealth>
}

export interface BoardCall {
  customer: CustomerBrief | null
  direction: "inbound" | "outbound" | "internal"
  id: number
  number: Number
  phase: "ringing" | "talking" | "held"
  queue: string
  queue_title: string
  since: string
}

export interface BoardPerson {
  answered_today: number
  call: BoardCall | null
  department: string
  extension: string
  presence: BoardPresence
  staff: Person
  target: number
  team_names: Array<string>
}

export interface BoardPresence {
  reason: string
  since: string
  state: "ready" | "busy" | "break" | "wrap_up" | "offline"
}

export interface BoardQueue {
  abandoned_today: number
  agents_ready: number
  agents_talking: number
  answered_today: number
  asa_seconds: number | null
  longest_since: string | null
  longest_today: number
  offered_today: number
  queue: string
  service_level: number | null
  service_seconds: number
  system: string
  title: string
  waiting: number
}

export interface BreakReasonChange {
  active?: boolean
  name?: string
  position?: number
}

export interface CalendarChange {
  is_default?: boolean | null
  names?: Record<string, string> | null
  version?: number | null
}

export interface CallBack {
  item?: number | null
  next_try_at?: string | null
  note?: string
  result: "satisfied" | "dissatisfied" | "not_reached"
  score?: number | null
  version?: number | null
}

export interface CallList {
  items: Array<CallRow>
  next: string | null
}

export interface CallOfTask {
  at: string
  call_id: number
  outcome: string
}

export interface CallPage {
  agent: Person | null
  answered_at: string | null
  began_at: string
  callback_task: TaskBrief | null
  closed_by_us: boolean
  customer: CustomerBrief | null
  dialled: string
  direction: "inbound" | "outbound" | "internal"
  disposed_at: string | null
  disposed_by: Person | null
  disposition: Disposition | null
  ended_at: string | null
  ended_by: string
  hold_seconds: number
  id: number
  line: string
  line_label: string
  may: MayDo
  menu: Array<MenuWords>
  note: string
  number: Number
  outcome: string
  parts: Array<Part>
  phase: string
  queue_title: string
  recorded: boolean
  recordings: Array<Recording>
  stays: Array<Stay>
  talk_seconds: number
  tickets: Array<NotedTicket>
  version: number
  waiting_seconds: number
}

export interface CallQuery {
  after?: string | null
  customer?: number | null
  direction?: "inbound" | "outbound" | "internal" | null
  from?: string | null
  limit?: number
  mine?: boolean
  number?: string | null
  outcome?: "answered" | "abandoned" | "missed" | "refused" | "unanswered" | "failed" | "lost" | null
  queue?: string | null
  staff?: number | null
  to?: string | null
  undisposed?: boolean
}

export interface CallRow {
  agent: Person | null
  answered_at: string | null
  began_at: string
  customer: CustomerBrief | null
  direction: "inbound" | "outbound" | "internal"
  disposition: Disposition | null
  ended_at: string | null
  hold_seconds: number
  id: number
  line_label: string
  number: Number
  outcome: string
  phase: string
  queue_title: string
  recorded: boolean
  talk_seconds: number
  tickets: Array<string>
  waiting_seconds: number
}

export interface CallWaiting {
  call_id: number
  customer: CustomerBrief | null
  level_name: string
  number: Number
  queue: string
  queue_title: string
  since: string
}

export type CallbackMode = "always" | "sample" | "never"

export interface CallbackTask {
  calls: number
  customer: CustomerBrief | null
  done_at: string | null
  first_call_at: string
  id: number
  last_call_at: string
  line_label: string
  missed: Array<CallOfTask>
  not_before: string | null
  note: string
  number: Number
  queue_title: string
  result: string
  state: "open" | "taken" | "done" | "given_up"
  taken_at: string | null
  taken_by: Person | null
  tried: Array<CallOfTask>
  tries: number
  version: number
}

export interface CallbackTasks {
  items: Array<CallbackTask>
  next: string | null
  open: number
}

export interface Caller {
  customer_id: number | null
}

export interface Candidate {
  contacts: number
  customer: CustomerBrief
  how: "same" | "main" | "local"
  label: string
  open_tickets: number
}

export interface CardPage {
  after?: string | null
  clock_kind?: "process" | "node" | "first_response" | "next_response" | "callback" | null
  colour?: "yellow" | "red" | null
  department?: number | null
  limit?: number
  mine?: boolean
  node?: string | null
  since?: string | null
  staff?: number | null
  standing?: boolean | null
  state?: "issued" | "acknowledged" | "appealed" | "upheld" | "withdrawn" | null
  ticket?: string | null
  until?: string | null
}

export interface CardQuery {
  clock_kind?: "process" | "node" | "first_response" | "next_response" | "callback" | null
  colour?: "yellow" | "red" | null
  department?: number | null
  mine?: boolean
  node?: string | null
  since?: string | null
  staff?: number | null
  standing?: boolean | null
  state?: "issued" | "acknowledged" | "appealed" | "upheld" | "withdrawn" | null
  ticket?: string | null
  until?: string | null
}

export interface CategoryChange {
  active?: boolean | null
  callback_mode?: CallbackMode | null
  callback_rate?: number | string | null
  default_priority?: number | null
  entry_department?: number | null
  flow?: string | null
  kind?: Kind | null
  name?: string | null
  names?: Record<string, string> | null
  parent?: string | null
  position?: number | null
  version?: number | null
}

export interface Checked {
  code?: string | null
  terms: Terms
}

export interface ChoiceMeaning {
  category?: string
  label?: string
}

export interface CoHandle {
  departments?: Array<number>
  item?: number | null
  people?: Array<number>
  question: string
  version?: number | null
}

export interface Colleague {
  department: string
  extension: string
  id: number
  in_call: boolean
  name: string
  presence: "ready" | "busy" | "break" | "wrap_up" | "offline"
}

export interface Colleagues {
  items: Array<Colleague>
}

export interface CommandState {
  fault: string
  id: number
  state: "asked" | "doing" | "done" | "failed"
  verb: string
}

export interface CommitIn {
  cursor: string
  force?: boolean
}

export interface Consult {
  item?: number | null
  people: Array<number>
  question: string
  version?: number | null
}

export interface Contact {
  at: string
  by: string
  direction: "inbound" | "outbound" | "internal" | null
  id: number | null
  kind: "call" | "ticket"
  number: string | null
  outcome: string
  subject: string
}

export interface Control {
  digits?: string
  mode?: "blind" | "attended"
  to?: string
  verb: "answer" | "hold" | "resume" | "hang_up" | "transfer" | "complete_transfer" | "cancel_transfer" | "conference" | "dtmf"
}

export interface CountedCall {
  agent: Record<string, unknown> | null
  answered_at: string | null
  began_at: string
  counted: string
  counted_at: string
  customer: Record<string, unknown> | null
  direction: string
  disposition: Record<string, unknown> | null
  ended_at: string | null
  hold_seconds: number
  id: number
  line_label: string
  number: Record<string, unknown>
  outcome: string
  phase: string
  queue_title: string
  recorded: boolean
  talk_seconds: number
  tickets: Array<string>
  waiting_seconds: number
}

export interface CountedCalls {
  items: Array<CountedCall>
  next: string | null
}

export interface Countersign {
  item?: number | null
  needed: number
  people: Array<number>
  question: string
  version?: number | null
}

export interface Credentials {
  password: string
  username: string
}

export interface CustomerBrief {
  id: number
  kind: string
  level: string
  level_name: string
  name: string
}

export interface CustomerChange {
  customer_class?: "public" | "industry" | "cluster" | null
  external_id?: string | null
  fields?: Record<string, unknown> | null
  kind?: "person" | "organization" | null
  level?: string | null
  name?: string | null
  note?: string | null
  parent_id?: number | null
  version?: number | null
}

export interface DaysIn {
  from: string
  hours: Array<Array<string>> | null
  name?: string
  to: string
  version?: number | null
}

export interface DecideExtension {
  grant: boolean
  item?: number | null
  reason: string
  version?: number | null
}

export interface DepartmentCalendar {
  calendar: string | null
}

export interface DepartmentChange {
  active?: boolean
  head_id?: number | null
  name?: string
  parent_id?: number | null
  position?: number
}

export interface DepartmentIn {
  code: string
  head_id?: number | null
  name: string
  parent_id?: number | null
  position?: number
}

export interface DepartmentOut {
  active: boolean
  code: string
  head: Named | null
  id: number
  name: string
  parent_id: number | null
  path: string
  position: number
}

export interface Departments {
  items: Array<DepartmentOut>
}

export interface DeskSettings {
  disposition_required: boolean
  wrap_up_seconds: number
}

export interface Disposition {
  code: string
  name: string
}

export interface Do {
  what: "notify" | "raise_priority" | "hand_to_head" | "hand_up" | "urge" | "supervise" | "circulate"
  whom?: string | null
}

export interface Document {
  document: string
}

export interface DrillQuery {
  after?: string | null
  by?: "none" | "queue" | "person" | "hour" | "day"
  department?: number | null
  from: string
  hour?: number | null
  limit?: number
  measure: string
  queue?: string | null
  staff?: number | null
  to: string
}

export interface Edit {
  body?: string | null
  customer_id?: number | null
  expected_end?: string | null
  fields?: Record<string, unknown>
  item?: number | null
  priority?: number | null
  requester?: Requester | null
  subject?: string | null
  tags?: Array<string> | null
  version?: number | null
}

export interface EventOut {
  actor: Record<string, unknown>
  at: string
  cursor: string
  data: Record<string, unknown>
  id: number
  seq: number
  subject: string
  subject_id: number
  ticket: string | null
  type: string
  version: number
}

export interface EventsOut {
  cursor: string
  events: Array<EventOut>
}

export interface Extend {
  item?: number | null
  reason: string
  until: string
  version?: number | null
}

export interface ExtensionChange {
  active?: boolean
  channel?: string
  kind?: "desk_phone" | "softphone"
  number?: string
  secret?: string
  staff_id?: number | null
}

export interface Extensions {
  decided_by?: "right" | "head" | "next_level"
  longest_amount?: number
  longest_unit?: "minutes" | "hours" | "days"
  most?: number
  working?: boolean
}

export interface FeedQuery {
  after?: string | null
  condition?: string | null
  group?: string | null
  heartbeat?: number
  subject?: string | null
  ticket?: string | null
  type?: Array<string> | null
  wait?: number
}

export interface FreeExtension {
  id: number
  kind: "desk_phone" | "softphone"
  number: string
  system: string
  taken_by: Person | null
}

export interface GroupIn {
  after?: string | null
  condition?: string
  subject?: string
  ticket?: string
  types?: Array<string>
}

export interface GroupOut {
  condition: string
  created_at: string
  cursor: string
  lag: LagOut
  moved_at: string
  name: string
  owner: OwnerOut
  subject: string
  ticket: string
  types: Array<string>
}

export interface GroupsOut {
  items: Array<GroupOut>
}

export interface IceServer {
  credential?: string
  urls: Array<string>
  username?: string
}

export interface InterceptorChange {
  active?: boolean | null
  address?: string | null
  allowed_networks?: Array<string> | null
  condition?: string | null
  entry_point?: string | null
  may_change?: Array<string> | null
  name?: string | null
  on_failure?: "open" | "closed" | null
  timeout_ms?: number | null
  verbs?: Array<string> | null
  version?: number | null
}

export interface InterceptorDefinition {
  active?: boolean
  address?: string
  allowed_networks?: Array<string>
  condition?: string
  entry_point?: string
  kind: "http" | "python"
  may_change?: Array<string>
  name: string
  on_failure?: "open" | "closed"
  timeout_ms?: number
  verbs?: Array<string>
}

export interface InterceptorOrder {
  ids: Array<number>
}

export interface InterceptorRotation {
  overlap_hours?: number
}

export interface InterceptorTry {
  ticket?: string | null
  verb?: string
}

export interface ItemSummary {
  department_id: number | null
  due_at: string | null
  duty: string
  handler_id: number | null
  id: number
  node: string
  role: string
  state: string
  team_id: number | null
}

export type Kind = "consultation" | "complaint" | "repair" | "suggestion" | "daily_service"

export interface LagOut {
  events: number
  more: boolean
  seconds: number
}

export interface Lead {
  amount: number
  unit: "minutes" | "hours" | "days" | "percent"
}

export interface LetterOut {
  attempts: number
  consumer: string
  error: string
  event_id: number
  id: number
  parked_at: string
  subject: string
  subject_id: number
  type: string
  waiting: number
}

export interface LettersOut {
  items: Array<LetterOut>
  next: number | null
}

export interface LettersQuery {
  consumer?: string | null
  since?: string | null
  until?: string | null
}

export interface LevelChange {
  name?: string | null
  rank?: number | null
}

export interface Limit {
  amount: number
  ladder?: Array<Rung>
  pauses?: Array<"pause" | "customer">
  unit: "minutes" | "hours" | "days"
  working?: boolean
  yellow?: Array<Lead>
}

export interface LineChange {
  category?: string
  choices?: Record<string, ChoiceMeaning>
  label?: string
  number?: string
}

export interface LineMeasures {
  by: string
  definitions: Record<string, string>
  rows: Array<MeasureRow>
  since: string
  totals: Measures
  until: string
}

export interface LineSettingsChange {
  daily_target?: number
  disposition_required?: boolean
  long_call_seconds?: number
  merge_days?: number
  recording_days?: number
  repeat_calls?: number
  repeat_days?: number
  short_abandon_seconds?: number
  signal_days?: number
  version?: number | null
  wrap_up_seconds?: number
}

export interface LinkTicket {
  item?: number | null
  kind?: "related" | "duplicate" | "caused_by"
  other: string
  version?: number | null
}

export interface ListenerOut {
  alive: boolean | null
  dead: number | null
  kind: string
  lag: LagOut
  moved_at: string | null
  name: string
  orphaned: boolean
  parked: number | null
}

export interface ListenersOut {
  items: Array<ListenerOut>
}

export interface LiveCall {
  answered_at: string | null
  began_at: string
  candidates_count: number | null
  chosen: boolean
  conference: boolean
  customer: CustomerBrief | null
  direction: "inbound" | "outbound" | "internal"
  id: number
  leg_known: boolean
  line: string
  line_label: string
  menu: Array<MenuWords>
  mine: "ringing" | "talking" | "held" | "ended"
  number: Number
  others: Array<OtherParty>
  phase: string
  queue: string
  queue_title: string
  rang_at: string
  transferring: Transferring | null
  waited: number
}

export interface Log {
  after?: string | null
  limit?: number
  since?: string | null
  state?: Array<"waiting" | "delivered" | "dead">
  ticket?: string | null
  type?: string | null
  until?: string | null
}

export interface LogQuery {
  after?: string | null
  decision?: "" | "allow" | "change" | "refuse" | "failed" | "skipped"
  interceptor?: number | null
  limit?: number
  since?: string | null
  ticket?: string
  until?: string | null
  verb?: string
}

export interface MayDo {
  dial: boolean
  dispose: boolean
  download: boolean
  listen: boolean
}

export interface MayReason {
  item?: number | null
  reason?: string
  version?: number | null
}

export interface Me {
  answered_today: number
  callbacks_open: number
  calls: Array<LiveCall>
  capabilities: Array<string>
  connected: boolean
  daily_target: number
  extensions: Array<FreeExtension>
  presence: OwnPresence
  reasons: Array<Reason>
  settings: DeskSettings
  softphone: Softphone | null
  undisposed: Array<Undisposed>
  waiting: Waiting
  wrap_up: WrapUp | null
}

export interface MeasureQuery {
  by?: "none" | "queue" | "person" | "hour" | "day"
  department?: number | null
  from: string
  queue?: string | null
  staff?: number | null
  to: string
}

export interface MeasureRow {
  abandon_rate: number | null
  abandoned: number | null
  aht_seconds: number | null
  answered: number | null
  asa_seconds: number | null
  calls_per_person_day: number | null
  daily_target: number | null
  handled: number | null
  hold_seconds_avg: number | null
  key: string
  label: string
  long_seconds: number | null
  longest_wait_seconds: number | null
  missed: number | null
  occupancy: number | null
  offered: number | null
  outbound: number | null
  outbound_answered: number | null
  over_long_share: number | null
  overflowed: number | null
  person_days: number | null
  service_level: number | null
  service_level_answered: number | null
  service_level_offered: number | null
  service_seconds: number | null
  short_abandoned: number | null
  staffed_seconds: number | null
  talk_seconds_avg: number | null
  waiting: number | null
  worked_seconds: number | null
  wrap_up_seconds_avg: number | null
}

export interface Measures {
  abandon_rate: number | null
  abandoned: number | null
  aht_seconds: number | null
  answered: number | null
  asa_seconds: number | null
  calls_per_person_day: number | null
  daily_target: number | null
  handled: number | null
  hold_seconds_avg: number | null
  long_seconds: number | null
  longest_wait_seconds: number | null
  missed: number | null
  occupancy: number | null
  offered: number | null
  outbound: number | null
  outbound_answered: number | null
  over_long_share: number | null
  overflowed: number | null
  person_days: number | null
  service_level: number | null
  service_level_answered: number | null
  service_level_offered: number | null
  service_seconds: number | null
  short_abandoned: number | null
  staffed_seconds: number | null
  talk_seconds_avg: number | null
  waiting: number | null
  worked_seconds: number | null
  wrap_up_seconds_avg: number | null
}

export interface MenuWords {
  digits: string
  label: string
}

export interface More {
  more: number
}

export interface Named {
  id: number
  name: string
}

export interface NewAccount {
  name?: string
  number: string
  status?: string
}

export interface NewBreakReason {
  code: string
  name: string
  position?: number | null
}

export interface NewCalendar {
  code: string
  definition: Record<string, unknown>
  names: Record<string, string>
}

export interface NewCall {
  call_id?: number | null
  callback_task_id?: number | null
  contact_id?: number | null
  customer_id?: number | null
  number?: string
  ticket?: string | null
}

export interface NewCategory {
  callback_mode?: CallbackMode | null
  callback_rate?: number | string | null
  code?: string | null
  default_priority?: number | null
  entry_department?: number | null
  flow?: string | null
  kind?: Kind | null
  name: string
  names?: Record<string, string> | null
  parent?: string | null
  position?: number | null
}

export interface NewContact {
  kind: "phone" | "email" | "wechat" | "address"
  label?: string
  primary?: boolean
  value: string
}

export interface NewCustomer {
  contacts?: Array<NewContact>
  customer_class?: "public" | "industry" | "cluster" | null
  external_id?: string | null
  fields?: Record<string, unknown> | null
  kind?: "person" | "organization" | null
  level?: string | null
  name: string
  note?: string | null
  parent_id?: number | null
}

export interface NewDisposition {
  category: string
  note?: string
  version?: number | null
}

export interface NewExtension {
  active?: boolean
  channel?: string
  kind?: "desk_phone" | "softphone"
  number: string
  secret?: string
  staff_id?: number | null
  system: string
}

export interface NewForm {
  fields: Array<unknown>
  version?: number | null
}

export interface NewLevel {
  code: string
  name: string
  rank?: number
}

export interface NewLine {
  category?: string
  choices?: Record<string, ChoiceMeaning>
  label: string
  number: string
}

export interface NewLink {
  how?: "linked"
  number: string
}

export interface NewPassword {
  new: string
  old: string
}

export interface NewPolicy {
  code: string
  names: Record<string, string>
  terms: Terms
}

export interface NewPresence {
  reason?: string
  state: "ready" | "busy" | "break"
}

export interface NewQueue {
  name: string
  service_seconds?: number
  system: string
  title?: string
}

export interface NewSubscriber {
  account_id?: number | null
  address?: string
  number: string
  product?: string
  status?: string
}

export interface NewSystem {
  active?: boolean
  allowed_networks?: Array<string>
  code: string
  control_address?: string
  dialect: "asterisk" | "freeswitch" | "http"
  host?: string
  ice_servers?: Array<IceServer>
  name?: string
  port?: number | null
  recording_address?: string
  secret?: string
  settings?: Record<string, unknown>
  sip_address?: string
  sip_domain?: string
  username?: string
  version?: number | null
}

export interface NewVersion {
  terms: Terms
  version?: number | null
}

export interface NodeLimit {
  amount: number
  flow: string
  ladder?: Array<Rung>
  node: string
  pauses?: Array<"pause" | "customer">
  unit: "minutes" | "hours" | "days"
  working?: boolean
  yellow?: Array<Lead>
}

export interface Note {
  attachments?: Array<number>
  body: string
  item?: number | null
  mentions?: Array<number>
  version?: number | null
}

export interface NotedTicket {
  how: "opened" | "appended" | "urged" | "linked"
  number: string
  subject: string
}

export interface Number {
  digits: string | null
  masked: boolean
  shown: string
}

export interface OfCard {
  card: number
  item?: number | null
  version?: number | null
}

export interface OfCardWithReason {
  card: number
  item?: number | null
  reason: string
  version?: number | null
}

export interface OpenTicket {
  answer?: string
  answered_on_spot?: boolean
  attachments?: Array<number>
  body: string
  call_id?: number | null
  category: string
  channel?: "phone" | "email" | "wechat" | "web_form" | "chat" | "app" | "api"
  customer_id?: number | null
  draft?: boolean
  expected_end?: string | null
  external_id?: string | null
  fields?: Record<string, unknown>
  kind?: "consultation" | "complaint" | "repair" | "suggestion" | "daily_service" | null
  priority?: number | null
  received_at?: string | null
  requester?: Requester
  subject?: string
  tags?: Array<string>
}

export interface OpenTicketBrief {
  card: string
  department: string
  handler: string
  kind: string
  may_append: boolean
  may_urge: boolean
  node: string
  node_title: Record<string, string>
  number: string
  required_end: string | null
  state: string
  subject: string
  updated_at: string
}

export interface Order {
  codes: Array<string>
}

export interface OtherParty {
  extension: string
  person: Person | null
  state: "ringing" | "talking" | "held"
}

export interface OwnPresence {
  extension: SeatBrief | null
  reason: string
  since: string
  state: "ready" | "busy" | "break" | "wrap_up" | "offline"
  until: string | null
}

export interface OwnerOut {
  id: number
  name: string
}

export interface Part {
  answered_at: string | null
  ended_at: string | null
  extension: string
  hold_seconds: number
  id: number
  outcome: string
  person: Person | null
  rang_at: string
  ring_seconds: number
  seq: number
  talk_seconds: number
  transfer_mode: string
  transferred_to: string
  wrap_up_seconds: number
}

export interface PasswordIn {
  password: string
}

export interface Pause {
  item?: number | null
  reason: string
  version?: number | null
  waiting_for?: "customer" | "other"
}

export interface People {
  items: Array<PersonOut>
  next: string | null
}

export interface PeopleFilter {
  active?: boolean | null
  department?: number | null
  q?: string
  role?: string | null
  team?: number | null
}

export interface Person {
  id: number
  name: string
}

export interface PersonChange {
  active?: boolean
  department_id?: number
  email?: string
  extension?: string
  name?: string
  phone?: string
  team_ids?: Array<number>
}

export interface PersonIn {
  department_id: number
  email?: string
  extension?: string
  name: string
  password?: string | null
  phone?: string
  roles?: Array<RoleHeld>
  team_ids?: Array<number>
  username: string
}

export interface PersonOut {
  active: boolean
  department: Named
  email?: string | null
  extension: string
  id: number
  name: string
  phone?: string | null
  roles?: Array<RoleShown> | null
  teams: Array<Named>
  username: string
}

export interface PlaceOut {
  cursor: string
}

export interface PolicyChange {
  active?: boolean | null
  names?: Record<string, string> | null
  version?: number | null
}

export interface Pop {
  call: LiveCall
  candidates: Array<Candidate>
  customer: CustomerBrief | null
  last_contacts: Array<Contact>
  open_tickets: Array<OpenTicketBrief>
  repeat: Repeat
  suggested: Suggested
}

export interface Preferences {
  favourites?: Array<string> | null
  language?: "zh-Hans" | "en" | "zh-Hant" | null
  theme?: "light" | "dark" | "auto" | null
}

export interface PresenceOfOther {
  reason?: string
  state: "ready" | "busy" | "break" | "offline"
}

export interface Previewed {
  number?: number | null
  terms?: Terms | null
}

export interface Problem {
  code: string
  detail: string
  errors?: Array<Record<string, unknown>>
  field?: string
  params?: Record<string, unknown>
  status: number
  title: string
  type: string
}

export interface Process {
  attachments?: Array<number>
  fields?: Record<string, unknown>
  item?: number | null
  outcome?: string | null
  result?: string
  version?: number | null
}

export interface QueueChange {
  service_seconds?: number
  title?: string
}

export interface QueuedOut {
  queued: boolean
}

export interface Range {
  since: string
  states?: Array<"waiting" | "delivered" | "dead">
  until: string
}

export interface RangeIn {
  consumer?: string | null
  since: string
  until: string
}

export interface ReadUpTo {
  upto: number
}

export interface Reason {
  code: string
  name: string
}

export interface Recording {
  began_at: string
  content_type: string
  fault: string
  id: number
  keep_until: string | null
  peaks: Array<number>
  seconds: number
  size: number
  state: "awaited" | "stored" | "failed" | "removed"
}

export interface Reopen {
  item?: number | null
  node?: string | null
  reason: string
  version?: number | null
}

export interface Repeat {
  calls: number
  days: number
  last_at: string | null
  warn: boolean
}

export interface Requester {
  name?: string
  phone?: string
}

export interface Resolve {
  item?: number | null
  result: string
  version?: number | null
}

export interface ResponseLimit {
  amount: number
  ladder?: Array<Rung>
  pauses?: Array<"pause" | "customer">
  unit: "minutes" | "hours" | "days"
  until?: "reply" | "accept" | "either"
  working?: boolean
  yellow?: Array<Lead>
}

export interface Result {
  next_try_at?: string | null
  note?: string
  result: "reached" | "not_reached" | "wrong_number"
}

export interface Return {
  item?: number | null
  mode?: "redo" | "straight"
  reason: string
  target: number
  version?: number | null
}

export interface RightOut {
  area: string
  code: string
}

export interface RightsOut {
  items: Array<RightOut>
}

export interface RoleChange {
  category_ids?: Array<number>
  customer_levels?: Array<string>
  name?: string
  rights?: Array<string>
  scope?: "own" | "team" | "department" | "department_below" | "all"
}

export interface RoleHeld {
  department_id?: number | null
  role: string
}

export interface RoleIn {
  category_ids?: Array<number>
  code: string
  customer_levels?: Array<string>
  name: string
  rights: Array<string>
  scope: "own" | "team" | "department" | "department_below" | "all"
}

export interface RoleOut {
  category_ids: Array<number>
  code: string
  customer_levels: Array<string>
  id: number
  name: string
  rights: Array<string>
  scope: "own" | "team" | "department" | "department_below" | "all"
}

export interface RoleShown {
  department_id: number | null
  name: string
  role: string
}

export interface RolesIn {
  roles: Array<RoleHeld>
}

export interface RolesOut {
  items: Array<RoleOut>
}

export interface Rotation {
  overlap_hours?: number
}

export interface Rung {
  amount?: number
  do: Array<Do>
  unit?: "minutes" | "hours" | "days" | "percent"
  when: "before" | "at" | "after"
}

export interface SeatBrief {
  id: number
  kind: "desk_phone" | "softphone"
  number: string
  system: string
}

export interface SignIn {
  extension_id: number
}

export interface SignalFault {
  code: string
  field: string
  index: number
}

export interface SignalFilter {
  after?: string | null
  call?: string | null
  fault?: boolean
  limit?: number
}

export interface SignalsTaken {
  accepted: number
  faults: Array<SignalFault>
  repeated: number
}

export interface Softphone {
  address: string
  display: string
  domain: string
  ice_servers: Array<Record<string, unknown>>
  password: string
  user: string
}

export interface Stay {
  entered_at: string
  left_at: string | null
  outcome: string
  queue: string
  title: string
  waited: number
}

export interface Submit {
  fields?: Record<string, unknown>
  item?: number | null
  version?: number | null
}

export interface Suggested {
  because: "menu" | "line" | ""
  category: string | null
  category_name: string
}

export interface Supervise {
  how: "listen" | "whisper" | "barge" | "take_over"
  staff_id?: number | null
}

export interface SystemChange {
  active?: boolean
  allowed_networks?: Array<string>
  control_address?: string
  host?: string
  ice_servers?: Array<IceServer>
  name?: string
  port?: number | null
  recording_address?: string
  secret?: string
  settings?: Record<string, unknown>
  sip_address?: string
  sip_domain?: string
  username?: string
  version?: number | null
}

export interface SystemHealth {
  code: string
  health: string
  health_words: string
  heard_at: string | null
  name: string
}

export interface TaskBrief {
  id: number
  state: string
}

export interface TeamChange {
  active?: boolean
  department_id?: number
  name?: string
}

export interface TeamIn {
  code: string
  department_id: number
  name: string
}

export interface TeamOut {
  active: boolean
  code: string
  department_id: number
  id: number
  members: Array<number>
  name: string
}

export interface Teams {
  items: Array<TeamOut>
}

export interface Terms {
  calendar?: string
  callback?: Limit | null
  every_node?: Limit | null
  extension?: Extensions
  first_response?: ResponseLimit | null
  next_response?: Limit | null
  nodes?: Array<NodeLimit>
  process?: Limit | null
  when?: string
}

export interface TicketQuery {
  after?: string | null
  category?: string | null
  channel?: "phone" | "email" | "wechat" | "web_form" | "chat" | "app" | "api" | null
  customer?: number | null
  department?: number | null
  handler?: number | null
  kind?: "consultation" | "complaint" | "repair" | "suggestion" | "daily_service" | null
  limit?: number
  opened_after?: string | null
  opened_before?: string | null
  opened_by?: string | null
  priority?: number | null
  q?: string | null
  state?: "draft" | "open" | "paused" | "resolved" | "closed" | "cancelled" | "force_ended" | "living" | "ended" | null
}

export interface TokenIn {
  expires_at?: string | null
  name: string
  staff_id?: number | null
}

export interface TokenOut {
  created_at: string
  expires_at: string | null
  id: number
  name: string
  prefix: string
  secret?: string | null
  staff: Named
}

export interface Tokens {
  items: Array<TokenOut>
}

export interface Transfer {
  department?: number | null
  handler?: number | null
  item?: number | null
  reason: string
  team?: number | null
  version?: number | null
}

export interface Transferring {
  to: string
}

export interface Undisposed {
  call_id: number
  customer: CustomerBrief | null
  ended_at: string | null
  number: Number
}

export interface Urge {
  call_id?: number | null
  item?: number | null
  reason?: string
  version?: number | null
}

export interface VerbResult {
  id: number
  items: Array<ItemSummary>
  number: string
  sentence: Record<string, unknown>
  state: string
  version: number
}

export interface Waiting {
  count: number
  longest_since: string | null
}

export interface WebhookChange {
  active?: boolean
  address?: string
  allowed_networks?: Array<string>
  condition?: string
  headers?: Record<string, string>
  name?: string
  owner_id?: number
  types?: Array<string>
  version?: number | null
}

export interface WebhookIn {
  active?: boolean
  address: string
  allowed_networks?: Array<string>
  condition?: string
  headers?: Record<string, string>
  name: string
  owner_id?: number | null
  types?: Array<string>
}

export interface WithReason {
  item?: number | null
  reason: string
  version?: number | null
}

export interface Withdraw {
  item?: number | null
  of?: number | null
  reason: string
  version?: number | null
}

export interface WrapUp {
  call_id: number
  disposed: boolean
  part_id: number
  until: string | null
}
