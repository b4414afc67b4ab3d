// One method per operation of Gongdan's API. Written by scripts/clients/make.py; do not edit.

import { path, Transport } from './http.js'
import type * as types from './types.js'

/** Refusals are thrown as Problem. A key makes a request that creates safe to repeat. */
export class Operations extends Transport {
  /** Whether the server answers. */
  apiHealth(): Promise<unknown> {
    return this.call<unknown>('GET', '/health')
  }

  /** Download a file. Pictures and sound are shown; everything else is only ever saved, never opened in the
   *  product's origin. */
  attachmentsDownload(attachment_id: number): Promise<Blob> {
    return this.call<Blob>('GET', path('/attachments/{attachment_id}', { attachment_id }), { binary: true })
  }

  /** Upload a file. */
  attachmentsUpload(body: FormData, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/attachments', { form: body, key })
  }

  /** The live board of queues and people. */
  boardGetBoard(): Promise<types.Board> {
    return this.call<types.Board>('GET', '/phone/board')
  }

  /** Set somebody's presence. */
  boardPostPresence(staff_id: number, body: types.PresenceOfOther, key?: string): Promise<types.BoardPerson> {
    return this.call<types.BoardPerson>('POST', path('/phone/people/{staff_id}/presence', { staff_id }), { body, key })
  }

  /** A calendar and all its versions. As in the list, with {definition, versions: [{number, created_at,
   *  created_by, reason}]}. 404 unknown_calendar. */
  calendarsGetCalendar(code: string): Promise<unknown> {
    return this.call<unknown>('GET', path('/calendars/{code}', { code }))
  }

  /** Every working calendar. {items: [{code, names, is_default, number, version, time_zone, week, holidays,
   *  departments, provisional_years}]} */
  calendarsGetCalendars(): Promise<unknown> {
    return this.call<unknown>('GET', '/calendars')
  }

  /** Whose calendar is which. {items: [{department_id, name, path, own, effective, from_department_id}]};
   *  path are names from the root. */
  calendarsGetDepartmentCalendars(): Promise<unknown> {
    return this.call<unknown>('GET', '/calendars/departments')
  }

  /** The official tables of holidays. {items: [{region, year, edition, days: {date: [kind, name]}, source,
   *  added_at}]}, the newest year first. */
  calendarsGetHolidays(): Promise<unknown> {
    return this.call<unknown>('GET', '/calendars/holidays')
  }

  /** When so many counted minutes will have passed, and why. {due, provisional, spans: [{start, end,
   *  counted, why, seconds}]}. 422 no_working_time. */
  calendarsGetReckoning(code: string, query: { start: string; minutes: number }): Promise<unknown> {
    return this.call<unknown>('GET', path('/calendars/{code}/reckon', { code }), { query })
  }

  /** What new official tables changed. {items: [{id, at, calendar, number, lines: [{ticket, clock, node,
   *  old_due, new_due}]}]}, the latest first. */
  calendarsGetReports(): Promise<unknown> {
    return this.call<unknown>('GET', '/calendars/reports')
  }

  /** A year, day by day. {year, provisional, days: [{date, kind, name, hours, minutes}]}; kinds: work,
   *  rest, holiday, makeup, exception, off. */
  calendarsGetYear(code: string, year: number): Promise<unknown> {
    return this.call<unknown>('GET', path('/calendars/{code}/years/{year}', { code, year }))
  }

  /** Rename a calendar or make it the default one. 409 stale_version, default_calendar (make another the
   *  default one instead). */
  calendarsPatchCalendar(code: string, body: types.CalendarChange): Promise<unknown> {
    return this.call<unknown>('PATCH', path('/calendars/{code}', { code }), { body })
  }

  /** Make a working calendar. 422 invalid_calendar with every finding, unusable_code, unusable_name; 409
   *  code_taken. */
  calendarsPostCalendar(body: types.NewCalendar, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/calendars', { body, key })
  }

  /** Check a definition without publishing it. {findings: [{field, code, detail, place}], days: those of
   *  year, if it was asked and nothing was found}. */
  calendarsPostCheck(body: types.Checked, key?: string): Promise<unknown> {
    return this.call<unknown>('POST', '/calendars/check', { body, key })
  }

  /** Give days hours of their own. Publishes a version. 422 invalid_calendar; 409 calendar_unchanged,
   *  stale_version. */
  calendarsPostDays(code: string, body: types.DaysIn, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/calendars/{code}/days', { code }), { body, key })
  }

  /** Take new official tables and correct what they decide. {added: [{region, year, edition}], corrected:
   *  how many deadlines, reports: ids}. No network is used. */
  calendarsPostRefresh(key?: string): Promise<unknown> {
    return this.call<unknown>('POST', '/calendars/holidays/refresh', { key })
  }

  /** Publish a new version. New clocks are reckoned with it, those that run keep theirs. 422
   *  invalid_calendar; 409 calendar_unchanged. */
  calendarsPostVersion(code: string, body: types.NewVersion, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/calendars/{code}/versions', { code }), { body, key })
  }

  /** Give a department a calendar. null: it inherits. Departments below without one of their own follow.
   *  404 unknown_department, unknown_calendar. */
  calendarsPutDepartmentCalendar(department_id: number, body: types.DepartmentCalendar): Promise<unknown> {
    return this.call<unknown>('PUT', path('/departments/{department_id}/calendar', { department_id }), { body })
  }

  /** Callback tasks. open: who waits longest first; later: to be tried again another time; done: newest
   *  first. open counts up to 100. */
  callbacksGetCallbacks(query: { state?: "open" | "later" | "mine" | "done"; limit?: number; after?: string | null } = {}): Promise<types.CallbackTasks> {
    return this.call<types.CallbackTasks>('GET', '/phone/callbacks', { query })
  }

  /** Give a callback task back. */
  callbacksPostGiveBack(task_id: number, key?: string): Promise<types.CallbackTask> {
    return this.call<types.CallbackTask>('POST', path('/phone/callbacks/{task_id}/give-back', { task_id }), { key })
  }

  /** What came of calling back. reached ends it, wrong_number gives it up, not_reached lets anybody try
   *  again. */
  callbacksPostResult(task_id: number, body: types.Result, key?: string): Promise<types.CallbackTask> {
    return this.call<types.CallbackTask>('POST', path('/phone/callbacks/{task_id}/result', { task_id }), { body, key })
  }

  /** Take a callback task. */
  callbacksPostTake(task_id: number, key?: string): Promise<types.CallbackTask> {
    return this.call<types.CallbackTask>('POST', path('/phone/callbacks/{task_id}/take', { task_id }), { key })
  }

  /** One call, and what one may do with it. */
  callsGetCall(call_id: number): Promise<types.CallPage> {
    return this.call<types.CallPage>('GET', path('/calls/{call_id}', { call_id }))
  }

  /** Calls one may see, newest first. */
  callsGetCalls(query: { direction?: "inbound" | "outbound" | "internal" | null; outcome?: "answered" | "abandoned" | "missed" | "refused" | "unanswered" | "failed" | "lost" | null; queue?: string | null; staff?: number | null; customer?: number | null; number?: string | null; from?: string | null; to?: string | null; mine?: boolean; undisposed?: boolean; limit?: number; after?: string | null } = {}): Promise<types.CallList> {
    return this.call<types.CallList>('GET', '/calls', { query })
  }

  /** Write down what a call was about. A category that has none below it; again changes it. */
  callsPostDisposition(call_id: number, body: types.NewDisposition, key?: string): Promise<types.CallPage> {
    return this.call<types.CallPage>('POST', path('/calls/{call_id}/disposition', { call_id }), { body, key })
  }

  /** Note that a call is about a ticket. A call may be about several tickets; noting it twice changes
   *  nothing. */
  callsPostTicket(call_id: number, body: types.NewLink, key?: string): Promise<types.CallPage> {
    return this.call<types.CallPage>('POST', path('/calls/{call_id}/tickets', { call_id }), { body, key })
  }

  /** Give a category the next version of its form. */
  catalogueAddForm(code: string, body: types.NewForm, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/categories/{code}/form', { code }), { body, key })
  }

  /** The whole active tree, compact. initials are the pinyin initials of a name, its spellings parted by
   *  spaces. Send the ETag back in If-None-Match; 304 means nothing changed. */
  catalogueCatalogue(): Promise<Array<Record<string, unknown>>> {
    return this.call<Array<Record<string, unknown>>>('GET', '/catalogue')
  }

  /** Every category with its own settings, for administration. */
  catalogueCategories(): Promise<unknown> {
    return this.call<unknown>('GET', '/categories')
  }

  /** What counts for a category, and the fields of its form. intake: which fields a new ticket asks for
   *  (optional, required) and which only a later node does (hidden). */
  catalogueCategory(code: string): Promise<unknown> {
    return this.call<unknown>('GET', path('/categories/{code}', { code }))
  }

  /** Create a category. */
  catalogueCreate(body: types.NewCategory, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/categories', { body, key })
  }

  /** Every version of a category's own form, the newest first. */
  catalogueForms(code: string): Promise<unknown> {
    return this.call<unknown>('GET', path('/categories/{code}/forms', { code }))
  }

  /** Load a category tree from a CSV file. One row per category, its path of names from left to right; the
   *  first row is a heading. The settings count for categories newly made at the top. Loading the same file
   *  again changes nothing. */
  catalogueLoad(body: FormData, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/categories/import', { form: body, key })
  }

  /** Remove a category nothing refers to. */
  catalogueRemove(code: string, query: { version?: number | null } = {}): Promise<void> {
    return this.call<void>('DELETE', path('/categories/{code}', { code }), { query })
  }

  /** Change, move, deactivate or activate a category. */
  catalogueUpdate(code: string, body: types.CategoryChange): Promise<unknown> {
    return this.call<unknown>('PATCH', path('/categories/{code}', { code }), { body })
  }

  /** Whom a call can be given to. People at extensions of my own system, by part of a name or the beginning
   *  of an extension; signed in ones first. */
  colleaguesGetColleagues(query: { q?: string } = {}): Promise<types.Colleagues> {
    return this.call<types.Colleagues>('GET', '/phone/colleagues', { query })
  }

  /** Add an account that pays. */
  customersAddAccount(customer_id: number, body: types.NewAccount, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/customers/{customer_id}/accounts', { customer_id }), { body, key })
  }

  /** Add a way to reach a customer. */
  customersAddContact(customer_id: number, body: types.NewContact, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/customers/{customer_id}/contacts', { customer_id }), { body, key })
  }

  /** Add a subscriber that uses. */
  customersAddSubscriber(customer_id: number, body: types.NewSubscriber, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/customers/{customer_id}/subscribers', { customer_id }), { body, key })
  }

  /** Record a customer. warnings name customers that have one of the numbers already; that is no refusal. */
  customersCreate(body: types.NewCustomer, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/customers', { body, key })
  }

  /** Make a level. */
  customersCreateLevel(body: types.NewLevel, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/customer-levels', { body, key })
  }

  /** A customer with accounts, subscribers, parent and children. Numbers are clear for those with
   *  customer.reveal, which is recorded, and masked for everybody else. */
  customersCustomer(customer_id: number): Promise<unknown> {
    return this.call<unknown>('GET', path('/customers/{customer_id}', { customer_id }))
  }

  /** Levels of customers, the highest rank first. */
  customersCustomerLevels(): Promise<unknown> {
    return this.call<unknown>('GET', '/customer-levels')
  }

  /** Customers found by anything, or the newest. q: a name or part of it, pinyin initials, a number in any
   *  form, its last four digits or more, an external id, an account's number. The best fits come first and
   *  are one page; without q the newest come, page by page. */
  customersCustomers(query: { q?: string; level?: string | null; limit?: number; after?: string | null } = {}): Promise<unknown> {
    return this.call<unknown>('GET', '/customers', { query })
  }

  /** Whom a caller's number may belong to. Each candidate with the contact that matched, open tickets and
   *  tickets of the last 90 days. */
  customersMatch(query: { number: string }): Promise<unknown> {
    return this.call<unknown>('GET', '/customers/match', { query })
  }

  /** Remove a contact. */
  customersRemoveContact(customer_id: number, contact_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/customers/{customer_id}/contacts/{contact_id}', { customer_id, contact_id }))
  }

  /** Change a customer. */
  customersUpdate(customer_id: number, body: types.CustomerChange): Promise<unknown> {
    return this.call<unknown>('PATCH', path('/customers/{customer_id}', { customer_id }), { body })
  }

  /** Rename a level or give it another rank. */
  customersUpdateLevel(code: string, body: types.LevelChange): Promise<unknown> {
    return this.call<unknown>('PATCH', path('/customer-levels/{code}', { code }), { body })
  }

  /** What happened, from a cursor on. {events, cursor}. Ask again with after=cursor; when the cursor does
   *  not move, everything was read. type may be given several times; subject, ticket and a condition narrow
   *  too. Without after it begins at the beginning; after=now gives the end's cursor. group reads from that
   *  group's place, with its filter. With wait (seconds) an answer without events comes only after that
   *  time, with Accept: text/event-stream everything comes as a stream: follow the 307 to the live process
   *  then. A stream sends its place every heartbeat seconds. */
  feedGetEvents(query: { after?: string | null; type?: Array<string> | null; subject?: string | null; ticket?: string | null; condition?: string | null; group?: string | null; wait?: number; heartbeat?: number; limit?: number } = {}): Promise<types.EventsOut> {
    return this.call<types.EventsOut>('GET', '/events', { query })
  }

  /** Remove a group. Its streams end within seconds. */
  feedGroupsDeleteGroup(name: string): Promise<void> {
    return this.call<void>('DELETE', path('/events/groups/{name}', { name }))
  }

  /** A consumer group. 404 unknown_group. */
  feedGroupsGetGroup(name: string): Promise<types.GroupOut> {
    return this.call<types.GroupOut>('GET', path('/events/groups/{name}', { name }))
  }

  /** Consumer groups. {items}: one's own, or all with admin.integrations. */
  feedGroupsGetGroups(): Promise<types.GroupsOut> {
    return this.call<types.GroupsOut>('GET', '/events/groups')
  }

  /** Commit a group's place. Answers the place kept. 409 cursor_backwards unless force; 422 invalid_cursor
   *  beyond the end. */
  feedGroupsPostGroupCursor(name: string, body: types.CommitIn, key?: string): Promise<types.PlaceOut> {
    return this.call<types.PlaceOut>('POST', path('/events/groups/{name}/cursor', { name }), { body, key })
  }

  /** Make or change a group. A new one begins at after; one that is there keeps its place and gets this
   *  filter. 409 name_taken, too_many_groups. */
  feedGroupsPutGroup(name: string, body: types.GroupIn): Promise<types.GroupOut> {
    return this.call<types.GroupOut>('PUT', path('/events/groups/{name}', { name }), { body })
  }

  /** A flow: its versions, its document, its picture, what publishing touches. 404 unknown_flow. document,
   *  definition and strip are those of the current version. */
  flowsGetFlow(code: string): Promise<unknown> {
    return this.call<unknown>('GET', path('/flows/{code}', { code }))
  }

  /** Every flow and its current version. {items: [{code, title, current: {number, published_at,
   *  published_by}, categories: how many use it}]} */
  flowsGetFlows(): Promise<unknown> {
    return this.call<unknown>('GET', '/flows')
  }

  /** One version of a flow. 404 unknown_flow_version. */
  flowsGetVersion(code: string, number: number): Promise<unknown> {
    return this.call<unknown>('GET', path('/flows/{code}/versions/{number}', { code, number }))
  }

  /** Prove a document without publishing it. {sound, findings: [{code, place, detail, line}], strip,
   *  touches}. strip is null when it cannot be read. */
  flowsPostCheck(code: string, body: types.Document, key?: string): Promise<unknown> {
    return this.call<unknown>('POST', path('/flows/{code}/check', { code }), { body, key })
  }

  /** Publish a new version. 422 unsound_flow with every finding; 409 flow_unchanged. */
  flowsPostVersion(code: string, body: types.Document, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/flows/{code}/versions', { code }), { body, key })
  }

  /** The latest raw signals of a system. As /phone/signals. 404 unknown_system. */
  getSignalsOfSystem(code: string, query: { fault?: boolean; call?: string | null; after?: string | null; limit?: number } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/phone/systems/{code}/signals', { code }), { query })
  }

  /** Remove an interceptor. Nobody asks it any more. What it decided stays in the log and in the tickets'
   *  tracks. */
  interceptionDeleteInterceptor(interceptor_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/interceptors/{interceptor_id}', { interceptor_id }))
  }

  /** Installed Python interceptors. {items: [{name, target, package, package_version}]} of the entry point
   *  group gongdan.interceptors. */
  interceptionGetEntryPoints(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/interceptors/entry-points')
  }

  /** What can be intercepted, and changed. {items: [{verb, arguments}]}; whoever takes fields takes
   *  fields.<code> for each own field. */
  interceptionGetInterceptableVerbs(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/interceptors/verbs')
  }

  /** What interceptors decided, newest first. {items: [{id, at, proposal_id, interceptor_id, name, verb,
   *  ticket_number, actor_name, decision, passed, sentence, changed, milliseconds, excerpt}], next}. Kept
   *  for 90 days. */
  interceptionGetInterceptionLog(query: { interceptor?: number | null; verb?: string; ticket?: string; decision?: "" | "allow" | "change" | "refuse" | "failed" | "skipped"; since?: string | null; until?: string | null; limit?: number; after?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/interceptors/log', { query })
  }

  /** One interceptor. As in the list. 404 unknown_interceptor. */
  interceptionGetInterceptor(interceptor_id: number): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/interceptors/{interceptor_id}', { interceptor_id }))
  }

  /** Every interceptor, in the order they are asked. {items: [{id, name, kind, address, entry_point, verbs,
   *  condition, timeout_ms, on_failure, may_change, active, allowed_networks, position, version,
   *  created_at, created_by, old_key_until, health: {state: active|resting|missing| off, resting_since,
   *  resting_until, reason, last_failure: {at, reason}}}]} */
  interceptionGetInterceptors(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/interceptors')
  }

  /** Change an interceptor. Its kind stays. 409 stale_version, name_taken; 422 as when it is registered. */
  interceptionPatchInterceptor(interceptor_id: number, body: types.InterceptorChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', path('/interceptors/{interceptor_id}', { interceptor_id }), { body })
  }

  /** Register an interceptor. {id, secret}: the signing key, this once. 422 unusable_address,
   *  unknown_entry_point, unknown_verb, unusable_condition, unknown_argument, unusable_network; 409
   *  name_taken, too_many_interceptors. */
  interceptionPostInterceptor(body: types.InterceptorDefinition, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/interceptors', { body, key })
  }

  /** A fresh signing key. {id, secret}: the new key, this once. Questions carry two signatures while the
   *  old one is valid. 409 no_key. */
  interceptionPostInterceptorRotation(interceptor_id: number, body: types.InterceptorRotation, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/interceptors/{interceptor_id}/rotate', { interceptor_id }), { body, key })
  }

  /** Ask it now, and do nothing. {decision: allow|change|refuse|failed, sentence, changed, milliseconds,
   *  excerpt}. The proposal_id is prop_test. */
  interceptionPostInterceptorTest(interceptor_id: number, body: types.InterceptorTry, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/interceptors/{interceptor_id}/test', { interceptor_id }), { body, key })
  }

  /** Put the interceptors in order. Each sees what those before it changed. 422 incomplete_order. */
  interceptionPutInterceptorOrder(body: types.InterceptorOrder): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PUT', '/interceptors/order', { body })
  }

  /** The calls behind a number. As many as the number says, newest first; a call that was counted twice
   *  stands there twice. */
  lineGetCalls(query: { from: string; to: string; by?: "none" | "queue" | "person" | "hour" | "day"; queue?: string | null; staff?: number | null; department?: number | null; measure: string; hour?: number | null; limit?: number; after?: string | null }): Promise<types.CountedCalls> {
    return this.call<types.CountedCalls>('GET', '/line/measures/calls', { query })
  }

  /** The measures of the line. {from, to, by, totals, rows: [{key, label, …}], definitions}; what each says
   *  stands in docs/measures.md. */
  lineGetMeasures(query: { from: string; to: string; by?: "none" | "queue" | "person" | "hour" | "day"; queue?: string | null; staff?: number | null; department?: number | null }): Promise<types.LineMeasures> {
    return this.call<types.LineMeasures>('GET', '/line/measures', { query })
  }

  /** Forget a listener nobody runs any more. With its place and what it parked. 409 listener_in_use; 404
   *  unknown_listener. Needs admin.integrations. */
  listeningDeleteListener(name: string): Promise<void> {
    return this.call<void>('DELETE', path('/listeners/{name}', { name }))
  }

  /** Give a dead letter up for good. What waits behind it goes on. Needs admin.integrations or admin.trail. */
  listeningDismissDeadLetter(letter_id: number, key?: string): Promise<void> {
    return this.call<void>('POST', path('/dead-letters/{letter_id}/dismiss', { letter_id }), { key })
  }

  /** Give a range of dead letters up. A job does it, a letter at a time. Needs admin.integrations or
   *  admin.trail. */
  listeningDismissDeadLetters(body: types.RangeIn, key?: string): Promise<types.QueuedOut> {
    return this.call<types.QueuedOut>('POST', '/dead-letters/dismiss', { body, key })
  }

  /** Events a listener gave up on. {items, next}, newest first. Needs admin.integrations or admin.trail. */
  listeningGetDeadLetters(query: { consumer?: string | null; since?: string | null; until?: string | null; after?: number | null; limit?: number } = {}): Promise<types.LettersOut> {
    return this.call<types.LettersOut>('GET', '/dead-letters', { query })
  }

  /** Who listens, and how far they are. Every consumer in the worker, then every consumer group. Needs
   *  admin.integrations. */
  listeningGetListeners(): Promise<types.ListenersOut> {
    return this.call<types.ListenersOut>('GET', '/listeners')
  }

  /** Try a dead letter again. What waits behind it follows when it succeeds. Needs admin.integrations or
   *  admin.trail. */
  listeningReplayDeadLetter(letter_id: number, key?: string): Promise<void> {
    return this.call<void>('POST', path('/dead-letters/{letter_id}/replay', { letter_id }), { key })
  }

  /** Try a range of dead letters again. A job does it, a letter at a time. Needs admin.integrations or
   *  admin.trail. */
  listeningReplayDeadLetters(body: types.RangeIn, key?: string): Promise<types.QueuedOut> {
    return this.call<types.QueuedOut>('POST', '/dead-letters/replay', { body, key })
  }

  /** My notifications, newest first. {items, next, unread}. What one may no longer see is left out, so a
   *  page can be short. */
  notifyGetNotifications(query: { after?: string | null; limit?: number } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/notifications', { query })
  }

  /** How many are unread. {count, more}; counted up to 100. */
  notifyGetUnread(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/notifications/unread')
  }

  /** I have seen them. Marks everything up to upto as read; answers what is still unread. */
  notifyPostRead(body: types.ReadUpTo, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/notifications/read', { body, key })
  }

  /** Remove an unused department. 409 department_in_use if anything belongs to it; deactivate it instead. */
  organisationDeleteDepartment(department_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/departments/{department_id}', { department_id }))
  }

  /** Remove an unused team. 409 team_in_use if people or tickets belong to it. */
  organisationDeleteTeam(team_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/teams/{team_id}', { team_id }))
  }

  /** The tree of departments. Parents come before their children; path is the chain of ids from the root. */
  organisationGetDepartments(): Promise<types.Departments> {
    return this.call<types.Departments>('GET', '/departments')
  }

  /** All teams. With the ids of their active members. */
  organisationGetTeams(): Promise<types.Teams> {
    return this.call<types.Teams>('GET', '/teams')
  }

  /** Change a department. Only what is sent changes. 409 department_in_use; 422 department_cycle. */
  organisationPatchDepartment(department_id: number, body: types.DepartmentChange): Promise<types.DepartmentOut> {
    return this.call<types.DepartmentOut>('PATCH', path('/departments/{department_id}', { department_id }), { body })
  }

  /** Change a team. Only what is sent changes. 409 team_in_use. */
  organisationPatchTeam(team_id: number, body: types.TeamChange): Promise<types.TeamOut> {
    return this.call<types.TeamOut>('PATCH', path('/teams/{team_id}', { team_id }), { body })
  }

  /** Set up a department. 409 code_taken; 422 invalid_code, unknown_department, unknown_staff,
   *  department_too_deep. */
  organisationPostDepartment(body: types.DepartmentIn, key?: string): Promise<types.DepartmentOut> {
    return this.call<types.DepartmentOut>('POST', '/departments', { body, key })
  }

  /** Set up a team. 409 code_taken; 422 invalid_code, unknown_department. */
  organisationPostTeam(body: types.TeamIn, key?: string): Promise<types.TeamOut> {
    return this.call<types.TeamOut>('POST', '/teams', { body, key })
  }

  /** One person. 404 unknown_staff. */
  peopleGetPerson(staff_id: number): Promise<types.PersonOut> {
    return this.call<types.PersonOut>('GET', path('/staff/{staff_id}', { staff_id }))
  }

  /** Find people. By name; pass active= empty or false for those who left. */
  peopleGetStaff(query: { q?: string; department?: number | null; team?: number | null; role?: string | null; active?: boolean | null; limit?: number; after?: string | null } = {}): Promise<types.People> {
    return this.call<types.People>('GET', '/staff', { query })
  }

  /** Change a person. Only what is sent changes. active: false ends sessions and tokens. 409
   *  last_administrator. */
  peoplePatchPerson(staff_id: number, body: types.PersonChange): Promise<types.PersonOut> {
    return this.call<types.PersonOut>('PATCH', path('/staff/{staff_id}', { staff_id }), { body })
  }

  /** Take a person in. 403 beyond_your_rights; 409 code_taken; 422 weak_password, unknown_role, … */
  peoplePostPerson(body: types.PersonIn, key?: string): Promise<types.PersonOut> {
    return this.call<types.PersonOut>('POST', '/staff', { body, key })
  }

  /** Set a person's password. Ends their sessions. 403 beyond_your_rights for someone who may more than
   *  you; 422 weak_password. */
  peoplePostPersonPassword(staff_id: number, body: types.PasswordIn, key?: string): Promise<void> {
    return this.call<void>('POST', path('/staff/{staff_id}/password', { staff_id }), { body, key })
  }

  /** The roles a person holds. Exactly these from now on. 403 beyond_your_rights; 409 last_administrator;
   *  422 unknown_role. */
  peoplePutPersonRoles(staff_id: number, body: types.RolesIn): Promise<types.PersonOut> {
    return this.call<types.PersonOut>('PUT', path('/staff/{staff_id}/roles', { staff_id }), { body })
  }

  /** Remove an extension. Calls keep its number. 409 extension_in_use while somebody is signed in to it. */
  phoneDeleteExtension(extension_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/phone/extensions/{extension_id}', { extension_id }))
  }

  /** Remove a telephone system nothing refers to. With its extensions and queues. 409 system_in_use: calls
   *  came in by it; switch it off instead. */
  phoneDeleteSystem(code: string): Promise<void> {
    return this.call<void>('DELETE', path('/phone/systems/{code}', { code }))
  }

  /** What became of a command. */
  phoneGetCommand(command_id: number): Promise<types.CommandState> {
    return this.call<types.CommandState>('GET', path('/phone/commands/{command_id}', { command_id }))
  }

  /** Every extension and whose it is. {items: [{id, system, number, kind, channel, has_secret, staff,
   *  taken_by, active}]}; taken_by: signed in to it. */
  phoneGetExtensions(query: { system?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/phone/extensions', { query })
  }

  /** My telephone at a glance. */
  phoneGetMe(): Promise<types.Me> {
    return this.call<types.Me>('GET', '/phone/me')
  }

  /** Who calls: the screen pop. Of a call that rings, or rang, at my extension. */
  phoneGetPop(call_id: number): Promise<types.Pop> {
    return this.call<types.Pop>('GET', path('/phone/calls/{call_id}/pop', { call_id }))
  }

  /** A telephone system. As in the list. 404 unknown_system. */
  phoneGetSystem(code: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/phone/systems/{code}', { code }))
  }

  /** Every telephone system and how it fares. {items}, by name. health is off, connecting, connected or
   *  refused; capabilities what its calls can be told. */
  phoneGetSystems(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/phone/systems')
  }

  /** Remove a dialled number. Calls keep the number. 404 unknown_line. */
  phoneLineDeleteLine(line_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/phone/lines/{line_id}', { line_id }))
  }

  /** Every reason for a break. {items: [{id, code, name, position, active}]}, also those out of use. */
  phoneLineGetBreakReasons(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/phone/break-reasons')
  }

  /** How the line is run. {wrap_up_seconds, daily_target, long_call_seconds, short_abandon_seconds,
   *  repeat_days, repeat_calls, merge_days, recording_days, signal_days, disposition_required, version}. */
  phoneLineGetLineSettings(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/phone/line-settings')
  }

  /** Every dialled number and what it means. {items: [{id, number, label, category, category_name,
   *  choices}]}, by number. */
  phoneLineGetLines(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/phone/lines')
  }

  /** Every queue. {items: [{id, system, name, title, service_seconds}]}; met in a signal or set up by hand. */
  phoneLineGetQueues(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/phone/queues')
  }

  /** Change a reason for a break. 404 unknown_break_reason. */
  phoneLinePatchBreakReason(reason_id: number, body: types.BreakReasonChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', path('/phone/break-reasons/{reason_id}', { reason_id }), { body })
  }

  /** Change a dialled number's meaning. 404 unknown_line; as when it is added. */
  phoneLinePatchLine(line_id: number, body: types.LineChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', path('/phone/lines/{line_id}', { line_id }), { body })
  }

  /** Change how the line is run. 409 stale_version; 422 out_of_range. */
  phoneLinePatchLineSettings(body: types.LineSettingsChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', '/phone/line-settings', { body })
  }

  /** Name a queue, set its service level. 404 unknown_queue. */
  phoneLinePatchQueue(queue_id: number, body: types.QueueChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', path('/phone/queues/{queue_id}', { queue_id }), { body })
  }

  /** Add a reason for a break. 409 code_taken, too_many_reasons; 422 invalid_code. */
  phoneLinePostBreakReason(body: types.NewBreakReason, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/phone/break-reasons', { body, key })
  }

  /** Add a dialled number. 409 number_taken, too_many_lines; 422 unusable_number, unusable_digits,
   *  unknown_category. */
  phoneLinePostLine(body: types.NewLine, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/phone/lines', { body, key })
  }

  /** Add a queue. 404 unknown_system; 409 name_taken. */
  phoneLinePostQueue(body: types.NewQueue, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/phone/queues', { body, key })
  }

  /** Change an extension. 404 unknown_extension; 409 number_taken, extension_in_use. */
  phonePatchExtension(extension_id: number, body: types.ExtensionChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', path('/phone/extensions/{extension_id}', { extension_id }), { body })
  }

  /** Change a telephone system. It is connected to anew. 409 stale_version; 422 as when it is set up, and
   *  secret_needed when it moved. */
  phonePatchSystem(code: string, body: types.SystemChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', path('/phone/systems/{code}', { code }), { body })
  }

  /** Control my call. The call changes when the telephone system says so; the command tells whether it
   *  could. */
  phonePostControl(call_id: number, body: types.Control, key?: string): Promise<types.Asked> {
    return this.call<types.Asked>('POST', path('/phone/calls/{call_id}/control', { call_id }), { body, key })
  }

  /** Say who calls. */
  phonePostCustomer(call_id: number, body: types.Caller, key?: string): Promise<types.Pop> {
    return this.call<types.Pop>('POST', path('/phone/calls/{call_id}/customer', { call_id }), { body, key })
  }

  /** Dial. The system rings my phone first, then the number. A softphone dials by itself: it is told the
   *  digits. */
  phonePostDial(body: types.NewCall, key?: string): Promise<types.Asked> {
    return this.call<types.Asked>('POST', '/phone/dial', { body, key })
  }

  /** Add an extension. 404 unknown_system, unknown_staff; 409 number_taken; 422 unusable_extension,
   *  unusable_channel. */
  phonePostExtension(body: types.NewExtension, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/phone/extensions', { body, key })
  }

  /** Say how I stand to the line. During after-call work, ready ends it, unless a disposition is still
   *  owed. */
  phonePostPresence(body: types.NewPresence, key?: string): Promise<types.Me> {
    return this.call<types.Me>('POST', '/phone/presence', { body, key })
  }

  /** Sign in to an extension. One begins busy; sign in to another to change places. */
  phonePostSignIn(body: types.SignIn, key?: string): Promise<types.Me> {
    return this.call<types.Me>('POST', '/phone/sign-in', { body, key })
  }

  /** Leave the extension. */
  phonePostSignOut(key?: string): Promise<types.Me> {
    return this.call<types.Me>('POST', '/phone/sign-out', { key })
  }

  /** Listen in, whisper, barge or take over. From the extension one is signed in to. It stands in the
   *  call's track. */
  phonePostSupervise(call_id: number, body: types.Supervise, key?: string): Promise<types.Asked> {
    return this.call<types.Asked>('POST', path('/phone/calls/{call_id}/supervise', { call_id }), { body, key })
  }

  /** Set up a telephone system. For an HTTP system the answer holds its signing key as key, this once; a
   *  repeated Idempotency-Key answers without it. 409 code_taken, too_many_systems; 422 unusable_host,
   *  address_refused, unusable_network and others. */
  phonePostSystem(body: types.NewSystem, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/phone/systems', { body, key })
  }

  /** A new key for an HTTP system. {key}, this once. For so many hours the key before counts too. 409
   *  system_has_no_key. */
  phonePostSystemKey(code: string, query: { overlap_hours?: number } = {}, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/phone/systems/{code}/key', { code }), { query, key })
  }

  /** Take more after-call time. */
  phonePostWrapUp(body: types.More, key?: string): Promise<types.Me> {
    return this.call<types.Me>('POST', '/phone/wrap-up', { body, key })
  }

  /** Hear a recording, or take it away. One range of bytes may be asked for. Needs call.listen, or
   *  call.download to take it away. */
  phoneRecordingsAudio(call_id: number, recording_id: number, query: { download?: boolean } = {}): Promise<Blob> {
    return this.call<Blob>('GET', path('/calls/{call_id}/recordings/{recording_id}/audio', { call_id, recording_id }), { query, binary: true })
  }

  /** The latest raw signals, newest first. {items: [{id, system, key, call, received_at, raw, reading,
   *  fault}], next}; of raw the beginning. */
  phoneSignalsGetSignals(query: { fault?: boolean; call?: string | null; after?: string | null; limit?: number } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/phone/signals', { query })
  }

  /** Every policy, in the order they are tried. {items: [{code, names, active, position, number, version,
   *  terms}]}, with the current version's terms. */
  policiesGetPolicies(): Promise<unknown> {
    return this.call<unknown>('GET', '/policies')
  }

  /** A policy and all its versions. As in the list, and {versions: [{number, created_at, created_by,
   *  terms}]}, newest first. 404 unknown_policy. */
  policiesGetPolicy(code: string): Promise<unknown> {
    return this.call<unknown>('GET', path('/policies/{code}', { code }))
  }

  /** Rename a policy, switch it off or on. 409 stale_version. Tickets that have the policy keep it. */
  policiesPatchPolicy(code: string, body: types.PolicyChange): Promise<unknown> {
    return this.call<unknown>('PATCH', path('/policies/{code}', { code }), { body })
  }

  /** Apply a version to open tickets. A job goes through the open tickets; each it touches tells of it on
   *  its track. 404 unknown_policy_version. */
  policiesPostApply(code: string, body: types.Applied, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/policies/{code}/apply', { code }), { body, key })
  }

  /** Check terms without publishing them. {findings: [{field, code, detail, place}]}: field is the path
   *  within the terms, place says it in words. */
  policiesPostCheck(body: types.Checked, key?: string): Promise<unknown> {
    return this.call<unknown>('POST', '/policies/check', { body, key })
  }

  /** Create a policy with its first version. 422 unsound_policy with every finding; 409 code_taken. */
  policiesPostPolicy(body: types.NewPolicy, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/policies', { body, key })
  }

  /** Which open tickets a version would touch, and what would change. {number, count, more, items:
   *  [{ticket, subject, state, policy_now, policy_then, clocks: [{kind, node, state, old_limit, new_limit,
   *  old_due, new_due}]}]}. Limits in counted seconds; 200 tickets at most are shown. */
  policiesPostPreview(code: string, body: types.Previewed, key?: string): Promise<unknown> {
    return this.call<unknown>('POST', path('/policies/{code}/preview', { code }), { body, key })
  }

  /** Publish a new version. New tickets are pinned to it. 422 unsound_policy with every finding; 409
   *  policy_unchanged, stale_version. */
  policiesPostVersion(code: string, body: types.NewVersion, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/policies/{code}/versions', { code }), { body, key })
  }

  /** Put the policies in order. The first active one whose condition holds is a ticket's. 422
   *  incomplete_order. */
  policiesPutOrder(body: types.Order): Promise<unknown> {
    return this.call<unknown>('PUT', '/policies/order', { body })
  }

  /** Tell what happened to calls (signed). For telephone systems that speak HTTP; see docs/phone-http.md. A
   *  message that comes again (same webhook-id, same body) is harmless. 401 signature_missing,
   *  signature_wrong, signature_old, signature_future; 409 delivery_id_reused; 413 body_too_large; 422
   *  not_signals, too_many_signals; 429 too_many_requests. */
  postSignals(code: string, body: Record<string, unknown> | Array<Record<string, unknown>>, key?: string): Promise<types.SignalsTaken> {
    return this.call<types.SignalsTaken>('POST', path('/phone/systems/{code}/signals', { code }), { body, key })
  }

  /** Remove a role nobody holds. 409 role_in_use. */
  rolesDeleteRole(code: string): Promise<void> {
    return this.call<void>('DELETE', path('/roles/{code}', { code }))
  }

  /** The catalogue of rights. One per verb of a ticket, some for reading, one per area of administration. */
  rolesGetRights(): Promise<types.RightsOut> {
    return this.call<types.RightsOut>('GET', '/rights')
  }

  /** All roles. 403 right_missing without admin.organisation. */
  rolesGetRoles(): Promise<types.RolesOut> {
    return this.call<types.RolesOut>('GET', '/roles')
  }

  /** Change a role. Counts at once for everyone who holds it. 403 beyond_your_rights; 409
   *  last_administrator. */
  rolesPatchRole(code: string, body: types.RoleChange): Promise<types.RoleOut> {
    return this.call<types.RoleOut>('PATCH', path('/roles/{code}', { code }), { body })
  }

  /** Make a role. 409 code_taken; 422 unknown_right, invalid_code. */
  rolesPostRole(body: types.RoleIn, key?: string): Promise<types.RoleOut> {
    return this.call<types.RoleOut>('POST', '/roles', { body, key })
  }

  /** Sign out. Ends this browser's session, if it has one. A live session's CSRF token is asked for. */
  sessionDeleteSession(): Promise<void> {
    return this.call<void>('DELETE', '/session')
  }

  /** A ticket for the live push. {url, ticket, expires_at}; connect at once with ?ticket=. */
  sessionGetLiveTicket(): Promise<unknown> {
    return this.call<unknown>('GET', '/live/ticket')
  }

  /** Who I am and what I may do. 401 signed_out without a session or token. */
  sessionGetSession(): Promise<unknown> {
    return this.call<unknown>('GET', '/session')
  }

  /** Keep my language, theme and favourites. Only what is sent changes. Answers all preferences. */
  sessionPatchPreferences(body: types.Preferences): Promise<unknown> {
    return this.call<unknown>('PATCH', '/session/preferences', { body })
  }

  /** Change my password. Ends all my other sessions and gives this browser a new one. 422
   *  wrong_old_password, weak_password. */
  sessionPostPassword(body: types.NewPassword, key?: string): Promise<unknown> {
    return this.call<unknown>('POST', '/session/password', { body, key })
  }

  /** Sign in. Sets the cookies. 401 wrong_credentials; 429 sign_in_locked with retry_after in seconds. */
  sessionPostSession(body: types.Credentials, key?: string): Promise<unknown> {
    return this.call<unknown>('POST', '/session', { body, key })
  }

  /** Accept a ticket. Accept (签收): a work item from a queue becomes mine. Two people at once: one winner,
   *  one clear answer. */
  ticketsAcceptTicket(number: string, body: types.Accept, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/accept', { number }), { body, key })
  }

  /** Acknowledge card a ticket. Acknowledge (确认) a card: whoever is liable has seen it. */
  ticketsAcknowledgeCardTicket(number: string, body: types.OfCard, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/acknowledge_card', { number }), { body, key })
  }

  /** Appeal card a ticket. Appeal (申诉) against a card: whoever is liable says why it should not stand. */
  ticketsAppealCardTicket(number: string, body: types.OfCardWithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/appeal_card', { number }), { body, key })
  }

  /** Append a ticket. Append (追加): what the caller or a colleague adds to a ticket that is under way. */
  ticketsAppendTicket(number: string, body: types.AppendInformation, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/append', { number }), { body, key })
  }

  /** Attach a ticket. Attach: files that were uploaded become the ticket's. */
  ticketsAttachTicket(number: string, body: types.Attach, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/attach', { number }), { body, key })
  }

  /** Call back a ticket. Callback (回访): what came of calling the customer. Content closes; discontent goes
   *  back to another reviewer; not reached is tried again by plan, and ends as unreachable when the tries
   *  are used up. */
  ticketsCallBackTicket(number: string, body: types.CallBack, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/call_back', { number }), { body, key })
  }

  /** Cancel a ticket. Cancel (取消): the request is withdrawn or was a mistake; nothing more will be done. */
  ticketsCancelTicket(number: string, body: types.WithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/cancel', { number }), { body, key })
  }

  /** Circulate a ticket. Supervise (督办) and circulate (通报): superiors watch a ticket, then name it before
   *  everybody. The ladder 催办 → 督办 → 通报 only goes up: what is circulated stays so. */
  ticketsCirculateTicket(number: string, body: types.WithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/circulate', { number }), { body, key })
  }

  /** Close a ticket. Close (归档): a resolved ticket whose callback need not be waited for any longer. */
  ticketsCloseTicket(number: string, body: types.WithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/close', { number }), { body, key })
  }

  /** Co handle a ticket. Co-handle (协办): people or departments help the one in charge, each with a work
   *  item of their own. */
  ticketsCoHandleTicket(number: string, body: types.CoHandle, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/co_handle', { number }), { body, key })
  }

  /** Consult a ticket. Consult (加签): ask others for their opinion before going on; processing waits until
   *  they have given it. */
  ticketsConsultTicket(number: string, body: types.Consult, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/consult', { number }), { body, key })
  }

  /** Countersign a ticket. Countersign (会签): ask several people to sign; n of them must agree before one
   *  goes on. */
  ticketsCountersignTicket(number: string, body: types.Countersign, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/countersign', { number }), { body, key })
  }

  /** Decide extension a ticket. Decide an extension: granted, the work item (and the whole, where it must)
   *  ends later; the old end is kept. */
  ticketsDecideExtensionTicket(number: string, body: types.DecideExtension, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/decide_extension', { number }), { body, key })
  }

  /** Edit a ticket. Edit: corrects what was recorded. Old and new values stay in the track; numbers are
   *  masked there. */
  ticketsEditTicket(number: string, body: types.Edit, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/edit', { number }), { body, key })
  }

  /** The list as a spreadsheet. XLSX, with the list's filters and at most 50,000 tickets; limit and after
   *  do not count here. */
  ticketsExportTickets(query: { state?: "draft" | "open" | "paused" | "resolved" | "closed" | "cancelled" | "force_ended" | "living" | "ended" | null; kind?: "consultation" | "complaint" | "repair" | "suggestion" | "daily_service" | null; category?: string | null; department?: number | null; handler?: number | null; opened_by?: string | null; customer?: number | null; priority?: number | null; channel?: "phone" | "email" | "wechat" | "web_form" | "chat" | "app" | "api" | null; opened_after?: string | null; opened_before?: string | null; q?: string | null; limit?: number; after?: string | null; locale?: "zh-Hans" | "zh-Hant" | "en" } = {}): Promise<Blob> {
    return this.call<Blob>('GET', '/tickets/export', { query, binary: true })
  }

  /** Extend a ticket. Extend (延期申请): the handler asks for a later end before it is reached; a superior
   *  decides. */
  ticketsExtendTicket(number: string, body: types.Extend, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/extend', { number }), { body, key })
  }

  /** Force end a ticket. Force the end (强制结束): an administrator stops a ticket that its flow cannot finish. */
  ticketsForceEndTicket(number: string, body: types.WithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/force_end', { number }), { body, key })
  }

  /** A customer's tickets. */
  ticketsGetCustomerTickets(customer_id: number, query: { limit?: number; after?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/customers/{customer_id}/tickets', { customer_id }), { query })
  }

  /** The correspondence. */
  ticketsGetMessages(number: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/tickets/{number}/messages', { number }))
  }

  /** One ticket, and what one may do to it. */
  ticketsGetTicket(number: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/tickets/{number}', { number }))
  }

  /** Where it has been, and the flow drawn. */
  ticketsGetTrack(number: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/tickets/{number}/track', { number }))
  }

  /** Why somebody can see this ticket. About oneself without staff; about others with the right
   *  admin.organisation. */
  ticketsGetWhy(number: string, query: { staff?: number | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/tickets/{number}/why', { number }), { query })
  }

  /** Link a ticket. Link (关联): two tickets that belong together; one must be allowed to see both. */
  ticketsLinkTicket(number: string, body: types.LinkTicket, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/link', { number }), { body, key })
  }

  /** Tickets one may see, newest first. */
  ticketsListTickets(query: { state?: "draft" | "open" | "paused" | "resolved" | "closed" | "cancelled" | "force_ended" | "living" | "ended" | null; kind?: "consultation" | "complaint" | "repair" | "suggestion" | "daily_service" | null; category?: string | null; department?: number | null; handler?: number | null; opened_by?: string | null; customer?: number | null; priority?: number | null; channel?: "phone" | "email" | "wechat" | "web_form" | "chat" | "app" | "api" | null; opened_after?: string | null; opened_before?: string | null; q?: string | null; limit?: number; after?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/tickets', { query })
  }

  /** Note a ticket. Note (内部备注): words among staff. A mentioned colleague may see the ticket from then on,
   *  and is told. */
  ticketsNoteTicket(number: string, body: types.Note, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/note', { number }), { body, key })
  }

  /** Pause a ticket. Pause (暂停): the ticket stands still, with a reason everyone can read. */
  ticketsPauseTicket(number: string, body: types.Pause, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/pause', { number }), { body, key })
  }

  /** Open a ticket. */
  ticketsPostTicket(body: types.OpenTicket, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', '/tickets', { body, key })
  }

  /** Process a ticket. Process (处理): my part of a work item is done, with outcome and result. For a task or
   *  approval the ticket moves on; somebody asked for an opinion, help or a signature gives it here too. */
  ticketsProcessTicket(number: string, body: types.Process, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/process', { number }), { body, key })
  }

  /** Reopen a ticket. Reopen (重开): an ended ticket comes back to a task it really was at, by default to its
   *  first one. One that never left the intake goes back there: its form was never checked. */
  ticketsReopenTicket(number: string, body: types.Reopen, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/reopen', { number }), { body, key })
  }

  /** Reply a ticket. Reply (公开回复): words the customer may read. */
  ticketsReplyTicket(number: string, body: types.Append, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/reply', { number }), { body, key })
  }

  /** Resolve a ticket. Resolve (办结): the matter is solved; what is left of the flow is skipped, up to the
   *  callback or the end. */
  ticketsResolveTicket(number: string, body: types.Resolve, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/resolve', { number }), { body, key })
  }

  /** Resume a ticket. Resume (恢复): a paused ticket goes on where it stood. */
  ticketsResumeTicket(number: string, body: types.MayReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/resume', { number }), { body, key })
  }

  /** Return a ticket. Return (退回): to any node that was really executed, to walk the flow again or to come
   *  straight back (E2). */
  ticketsReturnTicket(number: string, body: types.Return, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/return', { number }), { body, key })
  }

  /** Submit a ticket. Submit (提交): the form is filled in at the intake; the ticket goes on its way. */
  ticketsSubmitTicket(number: string, body: types.Submit, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/submit', { number }), { body, key })
  }

  /** Supervise a ticket. Supervise (督办) and circulate (通报): superiors watch a ticket, then name it before
   *  everybody. The ladder 催办 → 督办 → 通报 only goes up: what is circulated stays so. */
  ticketsSuperviseTicket(number: string, body: types.WithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/supervise', { number }), { body, key })
  }

  /** Transfer a ticket. Transfer (转办): the work item goes to another department, team or person; the old
   *  one leaves the track closed. */
  ticketsTransferTicket(number: string, body: types.Transfer, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/transfer', { number }), { body, key })
  }

  /** Uphold card a ticket. Uphold (维持) a card that was appealed: it stands, with a reason. */
  ticketsUpholdCardTicket(number: string, body: types.OfCardWithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/uphold_card', { number }), { body, key })
  }

  /** Urge a ticket. Urge (催办): the customer or a superior presses; whoever has the ticket is told, and the
   *  count is shown. */
  ticketsUrgeTicket(number: string, body: types.Urge, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/urge', { number }), { body, key })
  }

  /** Withdraw card a ticket. Withdraw (撤销) a card, appealed or not: it no longer counts, with a reason. */
  ticketsWithdrawCardTicket(number: string, body: types.OfCardWithReason, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/withdraw_card', { number }), { body, key })
  }

  /** Withdraw a ticket. Withdraw (撤回): take back what one passed on while nobody has begun, or call off a
   *  side item one asked for. */
  ticketsWithdrawTicket(number: string, body: types.Withdraw, key?: string): Promise<types.VerbResult> {
    return this.call<types.VerbResult>('POST', path('/tickets/{number}/actions/withdraw', { number }), { body, key })
  }

  /** Yellow and red cards, newest first. */
  timeGetCards(query: { colour?: "yellow" | "red" | null; state?: "issued" | "acknowledged" | "appealed" | "upheld" | "withdrawn" | null; standing?: boolean | null; department?: number | null; staff?: number | null; mine?: boolean; clock_kind?: "process" | "node" | "first_response" | "next_response" | "callback" | null; node?: string | null; since?: string | null; until?: string | null; ticket?: string | null; limit?: number; after?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/cards', { query })
  }

  /** Its clocks and their receipts. */
  timeGetClocks(number: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/tickets/{number}/clocks', { number }))
  }

  /** How many cards stand, and whose. {yellow, red, withdrawn, by_department, by_staff}; withdrawn cards
   *  count nowhere else. */
  timeGetSummary(query: { colour?: "yellow" | "red" | null; state?: "issued" | "acknowledged" | "appealed" | "upheld" | "withdrawn" | null; standing?: boolean | null; department?: number | null; staff?: number | null; mine?: boolean; clock_kind?: "process" | "node" | "first_response" | "next_response" | "callback" | null; node?: string | null; since?: string | null; until?: string | null; ticket?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/cards/summary', { query })
  }

  /** How many wait in each to-do list, up to a hundred. */
  todoGetCounts(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/todo/counts')
  }

  /** A to-do list, by due time. */
  todoGetList(name: "mine" | "department" | "callbacks", query: { kind?: string | null; limit?: number; after?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/todo/{name}', { name }), { query })
  }

  /** What I did, newest first. */
  todoGetRecord(query: { from?: string | null; to?: string | null; limit?: number; after?: string | null } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/records/mine', { query })
  }

  /** Revoke a token. Ends it at once. 404 unknown_token, also for another person's without admin.tokens. */
  tokensDeleteToken(token_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/tokens/{token_id}', { token_id }))
  }

  /** Tokens that are in force. One's own, or with everyone=true (and admin.tokens) all, newest first, at
   *  most 500. */
  tokensGetTokens(query: { everyone?: boolean } = {}): Promise<types.Tokens> {
    return this.call<types.Tokens>('GET', '/tokens', { query })
  }

  /** Make a token. The answer holds the secret, this once; a repeated Idempotency-Key answers the token
   *  without it. */
  tokensPostToken(body: types.TokenIn, key?: string): Promise<types.TokenOut> {
    return this.call<types.TokenOut>('POST', '/tokens', { body, key })
  }

  /** Remove a webhook. Its deliveries and their record go with it. */
  webhooksDeleteWebhook(webhook_id: number): Promise<void> {
    return this.call<void>('DELETE', path('/webhooks/{webhook_id}', { webhook_id }))
  }

  /** What was sent. {items, next}, newest first. */
  webhooksGetDeliveries(webhook_id: number, query: { state?: Array<"waiting" | "delivered" | "dead">; ticket?: string | null; type?: string | null; since?: string | null; until?: string | null; after?: string | null; limit?: number } = {}): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/webhooks/{webhook_id}/deliveries', { webhook_id }), { query })
  }

  /** A delivery in full. With the request's body and every attempt: headers, status, answer, duration. */
  webhooksGetDelivery(delivery_id: number): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/webhooks/deliveries/{delivery_id}', { delivery_id }))
  }

  /** A webhook and how it fares. As in the list. */
  webhooksGetWebhook(webhook_id: number): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', path('/webhooks/{webhook_id}', { webhook_id }))
  }

  /** Every webhook and how it fares. {items}, by name. health.waiting and health.dead are counted up to
   *  10,000; behind is in seconds. */
  webhooksGetWebhooks(): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('GET', '/webhooks')
  }

  /** Change a webhook. What waits is sent to the new address. */
  webhooksPatchWebhook(webhook_id: number, body: types.WebhookChange): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('PATCH', path('/webhooks/{webhook_id}', { webhook_id }), { body })
  }

  /** Set up a webhook. The answer holds the signing key as secret, this once; a repeated Idempotency-Key
   *  answers without it. */
  webhooksPostWebhook(body: types.WebhookIn, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', '/webhooks', { body, key })
  }

  /** Send again. The same message with the same webhook-id, whatever became of it. */
  webhooksResendDelivery(delivery_id: number, key?: string): Promise<void> {
    return this.call<void>('POST', path('/webhooks/deliveries/{delivery_id}/resend', { delivery_id }), { key })
  }

  /** Send a range of time again. {count}: how many are sent again, in order; at most 50,000 at a time, the
   *  oldest first. */
  webhooksResendRange(webhook_id: number, body: types.Range, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/webhooks/{webhook_id}/resend', { webhook_id }), { body, key })
  }

  /** Try a webhook again. Switches it on; everything that waits is sent now, in order. */
  webhooksResumeWebhook(webhook_id: number, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/webhooks/{webhook_id}/resume', { webhook_id }), { key })
  }

  /** A new signing key. The answer holds the new key as secret, this once. */
  webhooksRotateWebhook(webhook_id: number, body: types.Rotation, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/webhooks/{webhook_id}/rotate', { webhook_id }), { body, key })
  }

  /** Send a test event now. {ok, status, error, words, answer, ms, message_id, body}: what came back. It
   *  may take the whole time limit. */
  webhooksTestWebhook(webhook_id: number, key?: string): Promise<Record<string, unknown>> {
    return this.call<Record<string, unknown>>('POST', path('/webhooks/{webhook_id}/test', { webhook_id }), { key })
  }
}
