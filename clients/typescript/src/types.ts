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
  from_customer?: boolean
  item?: number | null
  version?: number | null
}

export interface Applied {
  number: number
}

export interface Attach {
  attachments: Array<number>
  item?: number | null
  version?: number | null
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

export type CallbackMode = "always" | "sample" | "never"

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

export interface CoHandle {
  departments?: Array<number>
  item?: number | null
  people?: Array<number>
  question: string
  version?: number | null
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

export interface Do {
  what: "notify" | "raise_priority" | "hand_to_head" | "hand_up" | "urge" | "supervise" | "circulate"
  whom?: string | null
}

export interface Document {
  document: string
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

export interface MayReason {
  item?: number | null
  reason?: string
  version?: number | null
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

export interface NewCalendar {
  code: string
  definition: Record<string, unknown>
  names: Record<string, string>
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

export interface NewForm {
  fields: Array<unknown>
  version?: number | null
}

export interface NewLevel {
  code: string
  name: string
  rank?: number
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

export interface NewSubscriber {
  account_id?: number | null
  address?: string
  number: string
  product?: string
  status?: string
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

export interface Order {
  codes: Array<string>
}

export interface OwnerOut {
  id: number
  name: string
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

export interface Preferences {
  favourites?: Array<string> | null
  language?: "zh-Hans" | "en" | "zh-Hant" | null
  theme?: "light" | "dark" | "auto" | null
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

export interface Reopen {
  item?: number | null
  node?: string | null
  reason: string
  version?: number | null
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

export interface Submit {
  fields?: Record<string, unknown>
  item?: number | null
  version?: number | null
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

export interface VerbResult {
  id: number
  items: Array<ItemSummary>
  number: string
  sentence: Record<string, unknown>
  state: string
  version: number
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
