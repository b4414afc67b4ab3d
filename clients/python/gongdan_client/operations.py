"""One method per operation of Gongdan's API. Written by scripts/clients/make.py; do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from gongdan_client import types
from gongdan_client.http import Form, Transport, path


class Operations(Transport):
    """Refusals raise gongdan_client.Problem. A key makes a request that creates safe to repeat."""

    def api_health(self) -> Any:
        """Whether the server answers."""
        answer: Any = self.call("GET", "/health")
        return answer

    def attachments_download(self, attachment_id: int) -> bytes:
        """Download a file. Pictures and sound are shown; everything else is only ever saved, never opened in
        the product's origin.
        """
        answer: bytes = self.call("GET", path("/attachments/{attachment_id}", attachment_id=attachment_id))
        return answer

    def attachments_upload(self, body: Form, *, key: str | None = None) -> dict[str, Any]:
        """Upload a file."""
        answer: dict[str, Any] = self.call("POST", "/attachments", form=body, key=key)
        return answer

    def board_get_board(self) -> types.Board:
        """The live board of queues and people."""
        answer: types.Board = self.call("GET", "/phone/board")
        return answer

    def board_post_presence(self, staff_id: int, body: types.PresenceOfOther, *, key: str | None = None) -> types.BoardPerson:
        """Set somebody's presence."""
        answer: types.BoardPerson = self.call("POST", path("/phone/people/{staff_id}/presence", staff_id=staff_id), body=body, key=key)
        return answer

    def calendars_get_calendar(self, code: str) -> Any:
        """A calendar and all its versions. As in the list, with {definition, versions: [{number, created_at,
        created_by, reason}]}. 404 unknown_calendar.
        """
        answer: Any = self.call("GET", path("/calendars/{code}", code=code))
        return answer

    def calendars_get_calendars(self) -> Any:
        """Every working calendar. {items: [{code, names, is_default, number, version, time_zone, week,
        holidays, departments, provisional_years}]}
        """
        answer: Any = self.call("GET", "/calendars")
        return answer

    def calendars_get_department_calendars(self) -> Any:
        """Whose calendar is which. {items: [{department_id, name, path, own, effective,
        from_department_id}]}; path are names from the root.
        """
        answer: Any = self.call("GET", "/calendars/departments")
        return answer

    def calendars_get_holidays(self) -> Any:
        """The official tables of holidays. {items: [{region, year, edition, days: {date: [kind, name]},
        source, added_at}]}, the newest year first.
        """
        answer: Any = self.call("GET", "/calendars/holidays")
        return answer

    def calendars_get_reckoning(self, code: str, *, start: str, minutes: int) -> Any:
        """When so many counted minutes will have passed, and why. {due, provisional, spans: [{start, end,
        counted, why, seconds}]}. 422 no_working_time.
        """
        answer: Any = self.call("GET", path("/calendars/{code}/reckon", code=code), query={"start": start, "minutes": minutes})
        return answer

    def calendars_get_reports(self) -> Any:
        """What new official tables changed. {items: [{id, at, calendar, number, lines: [{ticket, clock,
        node, old_due, new_due}]}]}, the latest first.
        """
        answer: Any = self.call("GET", "/calendars/reports")
        return answer

    def calendars_get_year(self, code: str, year: int) -> Any:
        """A year, day by day. {year, provisional, days: [{date, kind, name, hours, minutes}]}; kinds: work,
        rest, holiday, makeup, exception, off.
        """
        answer: Any = self.call("GET", path("/calendars/{code}/years/{year}", code=code, year=year))
        return answer

    def calendars_patch_calendar(self, code: str, body: types.CalendarChange) -> Any:
        """Rename a calendar or make it the default one. 409 stale_version, default_calendar (make another
        the default one instead).
        """
        answer: Any = self.call("PATCH", path("/calendars/{code}", code=code), body=body)
        return answer

    def calendars_post_calendar(self, body: types.NewCalendar, *, key: str | None = None) -> dict[str, Any]:
        """Make a working calendar. 422 invalid_calendar with every finding, unusable_code, unusable_name;
        409 code_taken.
        """
        answer: dict[str, Any] = self.call("POST", "/calendars", body=body, key=key)
        return answer

    def calendars_post_check(self, body: types.Checked, *, key: str | None = None) -> Any:
        """Check a definition without publishing it. {findings: [{field, code, detail, place}], days: those
        of year, if it was asked and nothing was found}.
        """
        answer: Any = self.call("POST", "/calendars/check", body=body, key=key)
        return answer

    def calendars_post_days(self, code: str, body: types.DaysIn, *, key: str | None = None) -> dict[str, Any]:
        """Give days hours of their own. Publishes a version. 422 invalid_calendar; 409 calendar_unchanged,
        stale_version.
        """
        answer: dict[str, Any] = self.call("POST", path("/calendars/{code}/days", code=code), body=body, key=key)
        return answer

    def calendars_post_refresh(self, *, key: str | None = None) -> Any:
        """Take new official tables and correct what they decide. {added: [{region, year, edition}],
        corrected: how many deadlines, reports: ids}. No network is used.
        """
        answer: Any = self.call("POST", "/calendars/holidays/refresh", key=key)
        return answer

    def calendars_post_version(self, code: str, body: types.NewVersion, *, key: str | None = None) -> dict[str, Any]:
        """Publish a new version. New clocks are reckoned with it, those that run keep theirs. 422
        invalid_calendar; 409 calendar_unchanged.
        """
        answer: dict[str, Any] = self.call("POST", path("/calendars/{code}/versions", code=code), body=body, key=key)
        return answer

    def calendars_put_department_calendar(self, department_id: int, body: types.DepartmentCalendar) -> Any:
        """Give a department a calendar. null: it inherits. Departments below without one of their own
        follow. 404 unknown_department, unknown_calendar.
        """
        answer: Any = self.call("PUT", path("/departments/{department_id}/calendar", department_id=department_id), body=body)
        return answer

    def callbacks_get_callbacks(self, *, state: Literal["open", "later", "mine", "done"] | None = None, limit: int | None = None, after: str | None = None) -> types.CallbackTasks:
        """Callback tasks. open: who waits longest first; later: to be tried again another time; done: newest
        first. open counts up to 100.
        """
        answer: types.CallbackTasks = self.call("GET", "/phone/callbacks", query={"state": state, "limit": limit, "after": after})
        return answer

    def callbacks_post_give_back(self, task_id: int, *, key: str | None = None) -> types.CallbackTask:
        """Give a callback task back."""
        answer: types.CallbackTask = self.call("POST", path("/phone/callbacks/{task_id}/give-back", task_id=task_id), key=key)
        return answer

    def callbacks_post_result(self, task_id: int, body: types.Result, *, key: str | None = None) -> types.CallbackTask:
        """What came of calling back. reached ends it, wrong_number gives it up, not_reached lets anybody try
        again.
        """
        answer: types.CallbackTask = self.call("POST", path("/phone/callbacks/{task_id}/result", task_id=task_id), body=body, key=key)
        return answer

    def callbacks_post_take(self, task_id: int, *, key: str | None = None) -> types.CallbackTask:
        """Take a callback task."""
        answer: types.CallbackTask = self.call("POST", path("/phone/callbacks/{task_id}/take", task_id=task_id), key=key)
        return answer

    def calls_get_call(self, call_id: int) -> types.CallPage:
        """One call, and what one may do with it."""
        answer: types.CallPage = self.call("GET", path("/calls/{call_id}", call_id=call_id))
        return answer

    def calls_get_calls(self, *, direction: Literal["inbound", "outbound", "internal"] | None = None, outcome: Literal["answered", "abandoned", "missed", "refused", "unanswered", "failed", "lost"] | None = None, queue: str | None = None, staff: int | None = None, customer: int | None = None, number: str | None = None, from_: str | None = None, to: str | None = None, mine: bool | None = None, undisposed: bool | None = None, limit: int | None = None, after: str | None = None) -> types.CallList:
        """Calls one may see, newest first."""
        answer: types.CallList = self.call("GET", "/calls", query={"direction": direction, "outcome": outcome, "queue": queue, "staff": staff, "customer": customer, "number": number, "from": from_, "to": to, "mine": mine, "undisposed": undisposed, "limit": limit, "after": after})
        return answer

    def calls_post_disposition(self, call_id: int, body: types.NewDisposition, *, key: str | None = None) -> types.CallPage:
        """Write down what a call was about. A category that has none below it; again changes it."""
        answer: types.CallPage = self.call("POST", path("/calls/{call_id}/disposition", call_id=call_id), body=body, key=key)
        return answer

    def calls_post_ticket(self, call_id: int, body: types.NewLink, *, key: str | None = None) -> types.CallPage:
        """Note that a call is about a ticket. A call may be about several tickets; noting it twice changes
        nothing.
        """
        answer: types.CallPage = self.call("POST", path("/calls/{call_id}/tickets", call_id=call_id), body=body, key=key)
        return answer

    def catalogue_add_form(self, code: str, body: types.NewForm, *, key: str | None = None) -> dict[str, Any]:
        """Give a category the next version of its form."""
        answer: dict[str, Any] = self.call("POST", path("/categories/{code}/form", code=code), body=body, key=key)
        return answer

    def catalogue_catalogue(self) -> list[dict[str, Any]]:
        """The whole active tree, compact. initials are the pinyin initials of a name, its spellings parted
        by spaces. Send the ETag back in If-None-Match; 304 means nothing changed.
        """
        answer: list[dict[str, Any]] = self.call("GET", "/catalogue")
        return answer

    def catalogue_categories(self) -> Any:
        """Every category with its own settings, for administration."""
        answer: Any = self.call("GET", "/categories")
        return answer

    def catalogue_category(self, code: str) -> Any:
        """What counts for a category, and the fields of its form. intake: which fields a new ticket asks for
        (optional, required) and which only a later node does (hidden).
        """
        answer: Any = self.call("GET", path("/categories/{code}", code=code))
        return answer

    def catalogue_create(self, body: types.NewCategory, *, key: str | None = None) -> dict[str, Any]:
        """Create a category."""
        answer: dict[str, Any] = self.call("POST", "/categories", body=body, key=key)
        return answer

    def catalogue_forms(self, code: str) -> Any:
        """Every version of a category's own form, the newest first."""
        answer: Any = self.call("GET", path("/categories/{code}/forms", code=code))
        return answer

    def catalogue_load(self, body: Form, *, key: str | None = None) -> dict[str, Any]:
        """Load a category tree from a CSV file. One row per category, its path of names from left to right;
        the first row is a heading. The settings count for categories newly made at the top. Loading the
        same file again changes nothing.
        """
        answer: dict[str, Any] = self.call("POST", "/categories/import", form=body, key=key)
        return answer

    def catalogue_remove(self, code: str, *, version: int | None = None) -> None:
        """Remove a category nothing refers to."""
        self.call("DELETE", path("/categories/{code}", code=code), query={"version": version})

    def catalogue_update(self, code: str, body: types.CategoryChange) -> Any:
        """Change, move, deactivate or activate a category."""
        answer: Any = self.call("PATCH", path("/categories/{code}", code=code), body=body)
        return answer

    def colleagues_get_colleagues(self, *, q: str | None = None) -> types.Colleagues:
        """Whom a call can be given to. People at extensions of my own system, by part of a name or the
        beginning of an extension; signed in ones first.
        """
        answer: types.Colleagues = self.call("GET", "/phone/colleagues", query={"q": q})
        return answer

    def customers_add_account(self, customer_id: int, body: types.NewAccount, *, key: str | None = None) -> dict[str, Any]:
        """Add an account that pays."""
        answer: dict[str, Any] = self.call("POST", path("/customers/{customer_id}/accounts", customer_id=customer_id), body=body, key=key)
        return answer

    def customers_add_contact(self, customer_id: int, body: types.NewContact, *, key: str | None = None) -> dict[str, Any]:
        """Add a way to reach a customer."""
        answer: dict[str, Any] = self.call("POST", path("/customers/{customer_id}/contacts", customer_id=customer_id), body=body, key=key)
        return answer

    def customers_add_subscriber(self, customer_id: int, body: types.NewSubscriber, *, key: str | None = None) -> dict[str, Any]:
        """Add a subscriber that uses."""
        answer: dict[str, Any] = self.call("POST", path("/customers/{customer_id}/subscribers", customer_id=customer_id), body=body, key=key)
        return answer

    def customers_create(self, body: types.NewCustomer, *, key: str | None = None) -> dict[str, Any]:
        """Record a customer. warnings name customers that have one of the numbers already; that is no
        refusal.
        """
        answer: dict[str, Any] = self.call("POST", "/customers", body=body, key=key)
        return answer

    def customers_create_level(self, body: types.NewLevel, *, key: str | None = None) -> dict[str, Any]:
        """Make a level."""
        answer: dict[str, Any] = self.call("POST", "/customer-levels", body=body, key=key)
        return answer

    def customers_customer(self, customer_id: int) -> Any:
        """A customer with accounts, subscribers, parent and children. Numbers are clear for those with
        customer.reveal, which is recorded, and masked for everybody else.
        """
        answer: Any = self.call("GET", path("/customers/{customer_id}", customer_id=customer_id))
        return answer

    def customers_customer_levels(self) -> Any:
        """Levels of customers, the highest rank first."""
        answer: Any = self.call("GET", "/customer-levels")
        return answer

    def customers_customers(self, *, q: str | None = None, level: str | None = None, limit: int | None = None, after: str | None = None) -> Any:
        """Customers found by anything, or the newest. q: a name or part of it, pinyin initials, a number in
        any form, its last four digits or more, an external id, an account's number. The best fits come
        first and are one page; without q the newest come, page by page.
        """
        answer: Any = self.call("GET", "/customers", query={"q": q, "level": level, "limit": limit, "after": after})
        return answer

    def customers_match(self, *, number: str) -> Any:
        """Whom a caller's number may belong to. Each candidate with the contact that matched, open tickets
        and tickets of the last 90 days.
        """
        answer: Any = self.call("GET", "/customers/match", query={"number": number})
        return answer

    def customers_remove_contact(self, customer_id: int, contact_id: int) -> None:
        """Remove a contact."""
        self.call("DELETE", path("/customers/{customer_id}/contacts/{contact_id}", customer_id=customer_id, contact_id=contact_id))

    def customers_update(self, customer_id: int, body: types.CustomerChange) -> Any:
        """Change a customer."""
        answer: Any = self.call("PATCH", path("/customers/{customer_id}", customer_id=customer_id), body=body)
        return answer

    def customers_update_level(self, code: str, body: types.LevelChange) -> Any:
        """Rename a level or give it another rank."""
        answer: Any = self.call("PATCH", path("/customer-levels/{code}", code=code), body=body)
        return answer

    def feed_get_events(self, *, after: str | None = None, type_: Sequence[str] | None = None, subject: str | None = None, ticket: str | None = None, condition: str | None = None, group: str | None = None, wait: int | None = None, heartbeat: int | None = None, limit: int | None = None) -> types.EventsOut:
        """What happened, from a cursor on. {events, cursor}. Ask again with after=cursor; when the cursor
        does not move, everything was read. type may be given several times; subject, ticket and a
        condition narrow too. Without after it begins at the beginning; after=now gives the end's cursor.
        group reads from that group's place, with its filter. With wait (seconds) an answer without events
        comes only after that time, with Accept: text/event-stream everything comes as a stream: follow
        the 307 to the live process then. A stream sends its place every heartbeat seconds.
        """
        answer: types.EventsOut = self.call("GET", "/events", query={"after": after, "type": type_, "subject": subject, "ticket": ticket, "condition": condition, "group": group, "wait": wait, "heartbeat": heartbeat, "limit": limit})
        return answer

    def feed_groups_delete_group(self, name: str) -> None:
        """Remove a group. Its streams end within seconds."""
        self.call("DELETE", path("/events/groups/{name}", name=name))

    def feed_groups_get_group(self, name: str) -> types.GroupOut:
        """A consumer group. 404 unknown_group."""
        answer: types.GroupOut = self.call("GET", path("/events/groups/{name}", name=name))
        return answer

    def feed_groups_get_groups(self) -> types.GroupsOut:
        """Consumer groups. {items}: one's own, or all with admin.integrations."""
        answer: types.GroupsOut = self.call("GET", "/events/groups")
        return answer

    def feed_groups_post_group_cursor(self, name: str, body: types.CommitIn, *, key: str | None = None) -> types.PlaceOut:
        """Commit a group's place. Answers the place kept. 409 cursor_backwards unless force; 422
        invalid_cursor beyond the end.
        """
        answer: types.PlaceOut = self.call("POST", path("/events/groups/{name}/cursor", name=name), body=body, key=key)
        return answer

    def feed_groups_put_group(self, name: str, body: types.GroupIn) -> types.GroupOut:
        """Make or change a group. A new one begins at after; one that is there keeps its place and gets this
        filter. 409 name_taken, too_many_groups.
        """
        answer: types.GroupOut = self.call("PUT", path("/events/groups/{name}", name=name), body=body)
        return answer

    def flows_get_flow(self, code: str) -> Any:
        """A flow: its versions, its document, its picture, what publishing touches. 404 unknown_flow.
        document, definition and strip are those of the current version.
        """
        answer: Any = self.call("GET", path("/flows/{code}", code=code))
        return answer

    def flows_get_flows(self) -> Any:
        """Every flow and its current version. {items: [{code, title, current: {number, published_at,
        published_by}, categories: how many use it}]}
        """
        answer: Any = self.call("GET", "/flows")
        return answer

    def flows_get_version(self, code: str, number: int) -> Any:
        """One version of a flow. 404 unknown_flow_version."""
        answer: Any = self.call("GET", path("/flows/{code}/versions/{number}", code=code, number=number))
        return answer

    def flows_post_check(self, code: str, body: types.Document, *, key: str | None = None) -> Any:
        """Prove a document without publishing it. {sound, findings: [{code, place, detail, line}], strip,
        touches}. strip is null when it cannot be read.
        """
        answer: Any = self.call("POST", path("/flows/{code}/check", code=code), body=body, key=key)
        return answer

    def flows_post_version(self, code: str, body: types.Document, *, key: str | None = None) -> dict[str, Any]:
        """Publish a new version. 422 unsound_flow with every finding; 409 flow_unchanged."""
        answer: dict[str, Any] = self.call("POST", path("/flows/{code}/versions", code=code), body=body, key=key)
        return answer

    def get_signals_of_system(self, code: str, *, fault: bool | None = None, call: str | None = None, after: str | None = None, limit: int | None = None) -> dict[str, Any]:
        """The latest raw signals of a system. As /phone/signals. 404 unknown_system."""
        answer: dict[str, Any] = self.call("GET", path("/phone/systems/{code}/signals", code=code), query={"fault": fault, "call": call, "after": after, "limit": limit})
        return answer

    def interception_delete_interceptor(self, interceptor_id: int) -> None:
        """Remove an interceptor. Nobody asks it any more. What it decided stays in the log and in the
        tickets' tracks.
        """
        self.call("DELETE", path("/interceptors/{interceptor_id}", interceptor_id=interceptor_id))

    def interception_get_entry_points(self) -> dict[str, Any]:
        """Installed Python interceptors. {items: [{name, target, package, package_version}]} of the entry
        point group gongdan.interceptors.
        """
        answer: dict[str, Any] = self.call("GET", "/interceptors/entry-points")
        return answer

    def interception_get_interceptable_verbs(self) -> dict[str, Any]:
        """What can be intercepted, and changed. {items: [{verb, arguments}]}; whoever takes fields takes
        fields.<code> for each own field.
        """
        answer: dict[str, Any] = self.call("GET", "/interceptors/verbs")
        return answer

    def interception_get_interception_log(self, *, interceptor: int | None = None, verb: str | None = None, ticket: str | None = None, decision: Literal["", "allow", "change", "refuse", "failed", "skipped"] | None = None, since: str | None = None, until: str | None = None, limit: int | None = None, after: str | None = None) -> dict[str, Any]:
        """What interceptors decided, newest first. {items: [{id, at, proposal_id, interceptor_id, name,
        verb, ticket_number, actor_name, decision, passed, sentence, changed, milliseconds, excerpt}],
        next}. Kept for 90 days.
        """
        answer: dict[str, Any] = self.call("GET", "/interceptors/log", query={"interceptor": interceptor, "verb": verb, "ticket": ticket, "decision": decision, "since": since, "until": until, "limit": limit, "after": after})
        return answer

    def interception_get_interceptor(self, interceptor_id: int) -> dict[str, Any]:
        """One interceptor. As in the list. 404 unknown_interceptor."""
        answer: dict[str, Any] = self.call("GET", path("/interceptors/{interceptor_id}", interceptor_id=interceptor_id))
        return answer

    def interception_get_interceptors(self) -> dict[str, Any]:
        """Every interceptor, in the order they are asked. {items: [{id, name, kind, address, entry_point,
        verbs, condition, timeout_ms, on_failure, may_change, active, allowed_networks, position, version,
        created_at, created_by, old_key_until, health: {state: active|resting|missing| off, resting_since,
        resting_until, reason, last_failure: {at, reason}}}]}
        """
        answer: dict[str, Any] = self.call("GET", "/interceptors")
        return answer

    def interception_patch_interceptor(self, interceptor_id: int, body: types.InterceptorChange) -> dict[str, Any]:
        """Change an interceptor. Its kind stays. 409 stale_version, name_taken; 422 as when it is
        registered.
        """
        answer: dict[str, Any] = self.call("PATCH", path("/interceptors/{interceptor_id}", interceptor_id=interceptor_id), body=body)
        return answer

    def interception_post_interceptor(self, body: types.InterceptorDefinition, *, key: str | None = None) -> dict[str, Any]:
        """Register an interceptor. {id, secret}: the signing key, this once. 422 unusable_address,
        unknown_entry_point, unknown_verb, unusable_condition, unknown_argument, unusable_network; 409
        name_taken, too_many_interceptors.
        """
        answer: dict[str, Any] = self.call("POST", "/interceptors", body=body, key=key)
        return answer

    def interception_post_interceptor_rotation(self, interceptor_id: int, body: types.InterceptorRotation, *, key: str | None = None) -> dict[str, Any]:
        """A fresh signing key. {id, secret}: the new key, this once. Questions carry two signatures while
        the old one is valid. 409 no_key.
        """
        answer: dict[str, Any] = self.call("POST", path("/interceptors/{interceptor_id}/rotate", interceptor_id=interceptor_id), body=body, key=key)
        return answer

    def interception_post_interceptor_test(self, interceptor_id: int, body: types.InterceptorTry, *, key: str | None = None) -> dict[str, Any]:
        """Ask it now, and do nothing. {decision: allow|change|refuse|failed, sentence, changed,
        milliseconds, excerpt}. The proposal_id is prop_test.
        """
        answer: dict[str, Any] = self.call("POST", path("/interceptors/{interceptor_id}/test", interceptor_id=interceptor_id), body=body, key=key)
        return answer

    def interception_put_interceptor_order(self, body: types.InterceptorOrder) -> dict[str, Any]:
        """Put the interceptors in order. Each sees what those before it changed. 422 incomplete_order."""
        answer: dict[str, Any] = self.call("PUT", "/interceptors/order", body=body)
        return answer

    def line_get_calls(self, *, from_: str, to: str, by: Literal["none", "queue", "person", "hour", "day"] | None = None, queue: str | None = None, staff: int | None = None, department: int | None = None, measure: str, hour: int | None = None, limit: int | None = None, after: str | None = None) -> types.CountedCalls:
        """The calls behind a number. As many as the number says, newest first; a call that was counted twice
        stands there twice.
        """
        answer: types.CountedCalls = self.call("GET", "/line/measures/calls", query={"from": from_, "to": to, "by": by, "queue": queue, "staff": staff, "department": department, "measure": measure, "hour": hour, "limit": limit, "after": after})
        return answer

    def line_get_measures(self, *, from_: str, to: str, by: Literal["none", "queue", "person", "hour", "day"] | None = None, queue: str | None = None, staff: int | None = None, department: int | None = None) -> types.LineMeasures:
        """The measures of the line. {from, to, by, totals, rows: [{key, label, …}], definitions}; what each
        says stands in docs/measures.md.
        """
        answer: types.LineMeasures = self.call("GET", "/line/measures", query={"from": from_, "to": to, "by": by, "queue": queue, "staff": staff, "department": department})
        return answer

    def listening_delete_listener(self, name: str) -> None:
        """Forget a listener nobody runs any more. With its place and what it parked. 409 listener_in_use;
        404 unknown_listener. Needs admin.integrations.
        """
        self.call("DELETE", path("/listeners/{name}", name=name))

    def listening_dismiss_dead_letter(self, letter_id: int, *, key: str | None = None) -> None:
        """Give a dead letter up for good. What waits behind it goes on. Needs admin.integrations or
        admin.trail.
        """
        self.call("POST", path("/dead-letters/{letter_id}/dismiss", letter_id=letter_id), key=key)

    def listening_dismiss_dead_letters(self, body: types.RangeIn, *, key: str | None = None) -> types.QueuedOut:
        """Give a range of dead letters up. A job does it, a letter at a time. Needs admin.integrations or
        admin.trail.
        """
        answer: types.QueuedOut = self.call("POST", "/dead-letters/dismiss", body=body, key=key)
        return answer

    def listening_get_dead_letters(self, *, consumer: str | None = None, since: str | None = None, until: str | None = None, after: int | None = None, limit: int | None = None) -> types.LettersOut:
        """Events a listener gave up on. {items, next}, newest first. Needs admin.integrations or
        admin.trail.
        """
        answer: types.LettersOut = self.call("GET", "/dead-letters", query={"consumer": consumer, "since": since, "until": until, "after": after, "limit": limit})
        return answer

    def listening_get_listeners(self) -> types.ListenersOut:
        """Who listens, and how far they are. Every consumer in the worker, then every consumer group. Needs
        admin.integrations.
        """
        answer: types.ListenersOut = self.call("GET", "/listeners")
        return answer

    def listening_replay_dead_letter(self, letter_id: int, *, key: str | None = None) -> None:
        """Try a dead letter again. What waits behind it follows when it succeeds. Needs admin.integrations
        or admin.trail.
        """
        self.call("POST", path("/dead-letters/{letter_id}/replay", letter_id=letter_id), key=key)

    def listening_replay_dead_letters(self, body: types.RangeIn, *, key: str | None = None) -> types.QueuedOut:
        """Try a range of dead letters again. A job does it, a letter at a time. Needs admin.integrations or
        admin.trail.
        """
        answer: types.QueuedOut = self.call("POST", "/dead-letters/replay", body=body, key=key)
        return answer

    def notify_get_notifications(self, *, after: str | None = None, limit: int | None = None) -> dict[str, Any]:
        """My notifications, newest first. {items, next, unread}. What one may no longer see is left out, so
        a page can be short.
        """
        answer: dict[str, Any] = self.call("GET", "/notifications", query={"after": after, "limit": limit})
        return answer

    def notify_get_unread(self) -> dict[str, Any]:
        """How many are unread. {count, more}; counted up to 100."""
        answer: dict[str, Any] = self.call("GET", "/notifications/unread")
        return answer

    def notify_post_read(self, body: types.ReadUpTo, *, key: str | None = None) -> dict[str, Any]:
        """I have seen them. Marks everything up to upto as read; answers what is still unread."""
        answer: dict[str, Any] = self.call("POST", "/notifications/read", body=body, key=key)
        return answer

    def organisation_delete_department(self, department_id: int) -> None:
        """Remove an unused department. 409 department_in_use if anything belongs to it; deactivate it
        instead.
        """
        self.call("DELETE", path("/departments/{department_id}", department_id=department_id))

    def organisation_delete_team(self, team_id: int) -> None:
        """Remove an unused team. 409 team_in_use if people or tickets belong to it."""
        self.call("DELETE", path("/teams/{team_id}", team_id=team_id))

    def organisation_get_departments(self) -> types.Departments:
        """The tree of departments. Parents come before their children; path is the chain of ids from the
        root.
        """
        answer: types.Departments = self.call("GET", "/departments")
        return answer

    def organisation_get_teams(self) -> types.Teams:
        """All teams. With the ids of their active members."""
        answer: types.Teams = self.call("GET", "/teams")
        return answer

    def organisation_patch_department(self, department_id: int, body: types.DepartmentChange) -> types.DepartmentOut:
        """Change a department. Only what is sent changes. 409 department_in_use; 422 department_cycle."""
        answer: types.DepartmentOut = self.call("PATCH", path("/departments/{department_id}", department_id=department_id), body=body)
        return answer

    def organisation_patch_team(self, team_id: int, body: types.TeamChange) -> types.TeamOut:
        """Change a team. Only what is sent changes. 409 team_in_use."""
        answer: types.TeamOut = self.call("PATCH", path("/teams/{team_id}", team_id=team_id), body=body)
        return answer

    def organisation_post_department(self, body: types.DepartmentIn, *, key: str | None = None) -> types.DepartmentOut:
        """Set up a department. 409 code_taken; 422 invalid_code, unknown_department, unknown_staff,
        department_too_deep.
        """
        answer: types.DepartmentOut = self.call("POST", "/departments", body=body, key=key)
        return answer

    def organisation_post_team(self, body: types.TeamIn, *, key: str | None = None) -> types.TeamOut:
        """Set up a team. 409 code_taken; 422 invalid_code, unknown_department."""
        answer: types.TeamOut = self.call("POST", "/teams", body=body, key=key)
        return answer

    def people_get_person(self, staff_id: int) -> types.PersonOut:
        """One person. 404 unknown_staff."""
        answer: types.PersonOut = self.call("GET", path("/staff/{staff_id}", staff_id=staff_id))
        return answer

    def people_get_staff(self, *, q: str | None = None, department: int | None = None, team: int | None = None, role: str | None = None, active: bool | None = None, limit: int | None = None, after: str | None = None) -> types.People:
        """Find people. By name; pass active= empty or false for those who left."""
        answer: types.People = self.call("GET", "/staff", query={"q": q, "department": department, "team": team, "role": role, "active": active, "limit": limit, "after": after})
        return answer

    def people_patch_person(self, staff_id: int, body: types.PersonChange) -> types.PersonOut:
        """Change a person. Only what is sent changes. active: false ends sessions and tokens. 409
        last_administrator.
        """
        answer: types.PersonOut = self.call("PATCH", path("/staff/{staff_id}", staff_id=staff_id), body=body)
        return answer

    def people_post_person(self, body: types.PersonIn, *, key: str | None = None) -> types.PersonOut:
        """Take a person in. 403 beyond_your_rights; 409 code_taken; 422 weak_password, unknown_role, …"""
        answer: types.PersonOut = self.call("POST", "/staff", body=body, key=key)
        return answer

    def people_post_person_password(self, staff_id: int, body: types.PasswordIn, *, key: str | None = None) -> None:
        """Set a person's password. Ends their sessions. 403 beyond_your_rights for someone who may more than
        you; 422 weak_password.
        """
        self.call("POST", path("/staff/{staff_id}/password", staff_id=staff_id), body=body, key=key)

    def people_put_person_roles(self, staff_id: int, body: types.RolesIn) -> types.PersonOut:
        """The roles a person holds. Exactly these from now on. 403 beyond_your_rights; 409
        last_administrator; 422 unknown_role.
        """
        answer: types.PersonOut = self.call("PUT", path("/staff/{staff_id}/roles", staff_id=staff_id), body=body)
        return answer

    def phone_delete_extension(self, extension_id: int) -> None:
        """Remove an extension. Calls keep its number. 409 extension_in_use while somebody is signed in to
        it.
        """
        self.call("DELETE", path("/phone/extensions/{extension_id}", extension_id=extension_id))

    def phone_delete_system(self, code: str) -> None:
        """Remove a telephone system nothing refers to. With its extensions and queues. 409 system_in_use:
        calls came in by it; switch it off instead.
        """
        self.call("DELETE", path("/phone/systems/{code}", code=code))

    def phone_get_command(self, command_id: int) -> types.CommandState:
        """What became of a command."""
        answer: types.CommandState = self.call("GET", path("/phone/commands/{command_id}", command_id=command_id))
        return answer

    def phone_get_extensions(self, *, system: str | None = None) -> dict[str, Any]:
        """Every extension and whose it is. {items: [{id, system, number, kind, channel, has_secret, staff,
        taken_by, active}]}; taken_by: signed in to it.
        """
        answer: dict[str, Any] = self.call("GET", "/phone/extensions", query={"system": system})
        return answer

    def phone_get_me(self) -> types.Me:
        """My telephone at a glance."""
        answer: types.Me = self.call("GET", "/phone/me")
        return answer

    def phone_get_pop(self, call_id: int) -> types.Pop:
        """Who calls: the screen pop. Of a call that rings, or rang, at my extension."""
        answer: types.Pop = self.call("GET", path("/phone/calls/{call_id}/pop", call_id=call_id))
        return answer

    def phone_get_system(self, code: str) -> dict[str, Any]:
        """A telephone system. As in the list. 404 unknown_system."""
        answer: dict[str, Any] = self.call("GET", path("/phone/systems/{code}", code=code))
        return answer

    def phone_get_systems(self) -> dict[str, Any]:
        """Every telephone system and how it fares. {items}, by name. health is off, connecting, connected or
        refused; capabilities what its calls can be told.
        """
        answer: dict[str, Any] = self.call("GET", "/phone/systems")
        return answer

    def phone_line_delete_line(self, line_id: int) -> None:
        """Remove a dialled number. Calls keep the number. 404 unknown_line."""
        self.call("DELETE", path("/phone/lines/{line_id}", line_id=line_id))

    def phone_line_get_break_reasons(self) -> dict[str, Any]:
        """Every reason for a break. {items: [{id, code, name, position, active}]}, also those out of use."""
        answer: dict[str, Any] = self.call("GET", "/phone/break-reasons")
        return answer

    def phone_line_get_line_settings(self) -> dict[str, Any]:
        """How the line is run. {wrap_up_seconds, daily_target, long_call_seconds, short_abandon_seconds,
        repeat_days, repeat_calls, merge_days, recording_days, signal_days, disposition_required,
        version}.
        """
        answer: dict[str, Any] = self.call("GET", "/phone/line-settings")
        return answer

    def phone_line_get_lines(self) -> dict[str, Any]:
        """Every dialled number and what it means. {items: [{id, number, label, category, category_name,
        choices}]}, by number.
        """
        answer: dict[str, Any] = self.call("GET", "/phone/lines")
        return answer

    def phone_line_get_queues(self) -> dict[str, Any]:
        """Every queue. {items: [{id, system, name, title, service_seconds}]}; met in a signal or set up by
        hand.
        """
        answer: dict[str, Any] = self.call("GET", "/phone/queues")
        return answer

    def phone_line_patch_break_reason(self, reason_id: int, body: types.BreakReasonChange) -> dict[str, Any]:
        """Change a reason for a break. 404 unknown_break_reason."""
        answer: dict[str, Any] = self.call("PATCH", path("/phone/break-reasons/{reason_id}", reason_id=reason_id), body=body)
        return answer

    def phone_line_patch_line(self, line_id: int, body: types.LineChange) -> dict[str, Any]:
        """Change a dialled number's meaning. 404 unknown_line; as when it is added."""
        answer: dict[str, Any] = self.call("PATCH", path("/phone/lines/{line_id}", line_id=line_id), body=body)
        return answer

    def phone_line_patch_line_settings(self, body: types.LineSettingsChange) -> dict[str, Any]:
        """Change how the line is run. 409 stale_version; 422 out_of_range."""
        answer: dict[str, Any] = self.call("PATCH", "/phone/line-settings", body=body)
        return answer

    def phone_line_patch_queue(self, queue_id: int, body: types.QueueChange) -> dict[str, Any]:
        """Name a queue, set its service level. 404 unknown_queue."""
        answer: dict[str, Any] = self.call("PATCH", path("/phone/queues/{queue_id}", queue_id=queue_id), body=body)
        return answer

    def phone_line_post_break_reason(self, body: types.NewBreakReason, *, key: str | None = None) -> dict[str, Any]:
        """Add a reason for a break. 409 code_taken, too_many_reasons; 422 invalid_code."""
        answer: dict[str, Any] = self.call("POST", "/phone/break-reasons", body=body, key=key)
        return answer

    def phone_line_post_line(self, body: types.NewLine, *, key: str | None = None) -> dict[str, Any]:
        """Add a dialled number. 409 number_taken, too_many_lines; 422 unusable_number, unusable_digits,
        unknown_category.
        """
        answer: dict[str, Any] = self.call("POST", "/phone/lines", body=body, key=key)
        return answer

    def phone_line_post_queue(self, body: types.NewQueue, *, key: str | None = None) -> dict[str, Any]:
        """Add a queue. 404 unknown_system; 409 name_taken."""
        answer: dict[str, Any] = self.call("POST", "/phone/queues", body=body, key=key)
        return answer

    def phone_patch_extension(self, extension_id: int, body: types.ExtensionChange) -> dict[str, Any]:
        """Change an extension. 404 unknown_extension; 409 number_taken, extension_in_use."""
        answer: dict[str, Any] = self.call("PATCH", path("/phone/extensions/{extension_id}", extension_id=extension_id), body=body)
        return answer

    def phone_patch_system(self, code: str, body: types.SystemChange) -> dict[str, Any]:
        """Change a telephone system. It is connected to anew. 409 stale_version; 422 as when it is set up,
        and secret_needed when it moved.
        """
        answer: dict[str, Any] = self.call("PATCH", path("/phone/systems/{code}", code=code), body=body)
        return answer

    def phone_post_control(self, call_id: int, body: types.Control, *, key: str | None = None) -> types.Asked:
        """Control my call. The call changes when the telephone system says so; the command tells whether it
        could.
        """
        answer: types.Asked = self.call("POST", path("/phone/calls/{call_id}/control", call_id=call_id), body=body, key=key)
        return answer

    def phone_post_customer(self, call_id: int, body: types.Caller, *, key: str | None = None) -> types.Pop:
        """Say who calls."""
        answer: types.Pop = self.call("POST", path("/phone/calls/{call_id}/customer", call_id=call_id), body=body, key=key)
        return answer

    def phone_post_dial(self, body: types.NewCall, *, key: str | None = None) -> types.Asked:
        """Dial. The system rings my phone first, then the number. A softphone dials by itself: it is told
        the digits.
        """
        answer: types.Asked = self.call("POST", "/phone/dial", body=body, key=key)
        return answer

    def phone_post_extension(self, body: types.NewExtension, *, key: str | None = None) -> dict[str, Any]:
        """Add an extension. 404 unknown_system, unknown_staff; 409 number_taken; 422 unusable_extension,
        unusable_channel.
        """
        answer: dict[str, Any] = self.call("POST", "/phone/extensions", body=body, key=key)
        return answer

    def phone_post_presence(self, body: types.NewPresence, *, key: str | None = None) -> types.Me:
        """Say how I stand to the line. During after-call work, ready ends it, unless a disposition is still
        owed.
        """
        answer: types.Me = self.call("POST", "/phone/presence", body=body, key=key)
        return answer

    def phone_post_sign_in(self, body: types.SignIn, *, key: str | None = None) -> types.Me:
        """Sign in to an extension. One begins busy; sign in to another to change places."""
        answer: types.Me = self.call("POST", "/phone/sign-in", body=body, key=key)
        return answer

    def phone_post_sign_out(self, *, key: str | None = None) -> types.Me:
        """Leave the extension."""
        answer: types.Me = self.call("POST", "/phone/sign-out", key=key)
        return answer

    def phone_post_supervise(self, call_id: int, body: types.Supervise, *, key: str | None = None) -> types.Asked:
        """Listen in, whisper, barge or take over. From the extension one is signed in to. It stands in the
        call's track.
        """
        answer: types.Asked = self.call("POST", path("/phone/calls/{call_id}/supervise", call_id=call_id), body=body, key=key)
        return answer

    def phone_post_system(self, body: types.NewSystem, *, key: str | None = None) -> dict[str, Any]:
        """Set up a telephone system. For an HTTP system the answer holds its signing key as key, this once;
        a repeated Idempotency-Key answers without it. 409 code_taken, too_many_systems; 422
        unusable_host, address_refused, unusable_network and others.
        """
        answer: dict[str, Any] = self.call("POST", "/phone/systems", body=body, key=key)
        return answer

    def phone_post_system_key(self, code: str, *, overlap_hours: int | None = None, key: str | None = None) -> dict[str, Any]:
        """A new key for an HTTP system. {key}, this once. For so many hours the key before counts too. 409
        system_has_no_key.
        """
        answer: dict[str, Any] = self.call("POST", path("/phone/systems/{code}/key", code=code), query={"overlap_hours": overlap_hours}, key=key)
        return answer

    def phone_post_wrap_up(self, body: types.More, *, key: str | None = None) -> types.Me:
        """Take more after-call time."""
        answer: types.Me = self.call("POST", "/phone/wrap-up", body=body, key=key)
        return answer

    def phone_recordings_audio(self, call_id: int, recording_id: int, *, download: bool | None = None) -> bytes:
        """Hear a recording, or take it away. One range of bytes may be asked for. Needs call.listen, or
        call.download to take it away.
        """
        answer: bytes = self.call("GET", path("/calls/{call_id}/recordings/{recording_id}/audio", call_id=call_id, recording_id=recording_id), query={"download": download})
        return answer

    def phone_signals_get_signals(self, *, fault: bool | None = None, call: str | None = None, after: str | None = None, limit: int | None = None) -> dict[str, Any]:
        """The latest raw signals, newest first. {items: [{id, system, key, call, received_at, raw, reading,
        fault}], next}; of raw the beginning.
        """
        answer: dict[str, Any] = self.call("GET", "/phone/signals", query={"fault": fault, "call": call, "after": after, "limit": limit})
        return answer

    def policies_get_policies(self) -> Any:
        """Every policy, in the order they are tried. {items: [{code, names, active, position, number,
        version, terms}]}, with the current version's terms.
        """
        answer: Any = self.call("GET", "/policies")
        return answer

    def policies_get_policy(self, code: str) -> Any:
        """A policy and all its versions. As in the list, and {versions: [{number, created_at, created_by,
        terms}]}, newest first. 404 unknown_policy.
        """
        answer: Any = self.call("GET", path("/policies/{code}", code=code))
        return answer

    def policies_patch_policy(self, code: str, body: types.PolicyChange) -> Any:
        """Rename a policy, switch it off or on. 409 stale_version. Tickets that have the policy keep it."""
        answer: Any = self.call("PATCH", path("/policies/{code}", code=code), body=body)
        return answer

    def policies_post_apply(self, code: str, body: types.Applied, *, key: str | None = None) -> dict[str, Any]:
        """Apply a version to open tickets. A job goes through the open tickets; each it touches tells of it
        on its track. 404 unknown_policy_version.
        """
        answer: dict[str, Any] = self.call("POST", path("/policies/{code}/apply", code=code), body=body, key=key)
        return answer

    def policies_post_check(self, body: types.Checked, *, key: str | None = None) -> Any:
        """Check terms without publishing them. {findings: [{field, code, detail, place}]}: field is the path
        within the terms, place says it in words.
        """
        answer: Any = self.call("POST", "/policies/check", body=body, key=key)
        return answer

    def policies_post_policy(self, body: types.NewPolicy, *, key: str | None = None) -> dict[str, Any]:
        """Create a policy with its first version. 422 unsound_policy with every finding; 409 code_taken."""
        answer: dict[str, Any] = self.call("POST", "/policies", body=body, key=key)
        return answer

    def policies_post_preview(self, code: str, body: types.Previewed, *, key: str | None = None) -> Any:
        """Which open tickets a version would touch, and what would change. {number, count, more, items:
        [{ticket, subject, state, policy_now, policy_then, clocks: [{kind, node, state, old_limit,
        new_limit, old_due, new_due}]}]}. Limits in counted seconds; 200 tickets at most are shown.
        """
        answer: Any = self.call("POST", path("/policies/{code}/preview", code=code), body=body, key=key)
        return answer

    def policies_post_version(self, code: str, body: types.NewVersion, *, key: str | None = None) -> dict[str, Any]:
        """Publish a new version. New tickets are pinned to it. 422 unsound_policy with every finding; 409
        policy_unchanged, stale_version.
        """
        answer: dict[str, Any] = self.call("POST", path("/policies/{code}/versions", code=code), body=body, key=key)
        return answer

    def policies_put_order(self, body: types.Order) -> Any:
        """Put the policies in order. The first active one whose condition holds is a ticket's. 422
        incomplete_order.
        """
        answer: Any = self.call("PUT", "/policies/order", body=body)
        return answer

    def post_signals(self, code: str, body: dict[str, Any] | list[dict[str, Any]], *, key: str | None = None) -> types.SignalsTaken:
        """Tell what happened to calls (signed). For telephone systems that speak HTTP; see docs/phone-
        http.md. A message that comes again (same webhook-id, same body) is harmless. 401
        signature_missing, signature_wrong, signature_old, signature_future; 409 delivery_id_reused; 413
        body_too_large; 422 not_signals, too_many_signals; 429 too_many_requests.
        """
        answer: types.SignalsTaken = self.call("POST", path("/phone/systems/{code}/signals", code=code), body=body, key=key)
        return answer

    def roles_delete_role(self, code: str) -> None:
        """Remove a role nobody holds. 409 role_in_use."""
        self.call("DELETE", path("/roles/{code}", code=code))

    def roles_get_rights(self) -> types.RightsOut:
        """The catalogue of rights. One per verb of a ticket, some for reading, one per area of
        administration.
        """
        answer: types.RightsOut = self.call("GET", "/rights")
        return answer

    def roles_get_roles(self) -> types.RolesOut:
        """All roles. 403 right_missing without admin.organisation."""
        answer: types.RolesOut = self.call("GET", "/roles")
        return answer

    def roles_patch_role(self, code: str, body: types.RoleChange) -> types.RoleOut:
        """Change a role. Counts at once for everyone who holds it. 403 beyond_your_rights; 409
        last_administrator.
        """
        answer: types.RoleOut = self.call("PATCH", path("/roles/{code}", code=code), body=body)
        return answer

    def roles_post_role(self, body: types.RoleIn, *, key: str | None = None) -> types.RoleOut:
        """Make a role. 409 code_taken; 422 unknown_right, invalid_code."""
        answer: types.RoleOut = self.call("POST", "/roles", body=body, key=key)
        return answer

    def session_delete_session(self) -> None:
        """Sign out. Ends this browser's session, if it has one. A live session's CSRF token is asked for."""
        self.call("DELETE", "/session")

    def session_get_live_ticket(self) -> Any:
        """A ticket for the live push. {url, ticket, expires_at}; connect at once with ?ticket=."""
        answer: Any = self.call("GET", "/live/ticket")
        return answer

    def session_get_session(self) -> Any:
        """Who I am and what I may do. 401 signed_out without a session or token."""
        answer: Any = self.call("GET", "/session")
        return answer

    def session_patch_preferences(self, body: types.Preferences) -> Any:
        """Keep my language, theme and favourites. Only what is sent changes. Answers all preferences."""
        answer: Any = self.call("PATCH", "/session/preferences", body=body)
        return answer

    def session_post_password(self, body: types.NewPassword, *, key: str | None = None) -> Any:
        """Change my password. Ends all my other sessions and gives this browser a new one. 422
        wrong_old_password, weak_password.
        """
        answer: Any = self.call("POST", "/session/password", body=body, key=key)
        return answer

    def session_post_session(self, body: types.Credentials, *, key: str | None = None) -> Any:
        """Sign in. Sets the cookies. 401 wrong_credentials; 429 sign_in_locked with retry_after in seconds."""
        answer: Any = self.call("POST", "/session", body=body, key=key)
        return answer

    def tickets_accept_ticket(self, number: str, body: types.Accept, *, key: str | None = None) -> types.VerbResult:
        """Accept a ticket. Accept (签收): a work item from a queue becomes mine. Two people at once: one
        winner, one clear answer.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/accept", number=number), body=body, key=key)
        return answer

    def tickets_acknowledge_card_ticket(self, number: str, body: types.OfCard, *, key: str | None = None) -> types.VerbResult:
        """Acknowledge card a ticket. Acknowledge (确认) a card: whoever is liable has seen it."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/acknowledge_card", number=number), body=body, key=key)
        return answer

    def tickets_appeal_card_ticket(self, number: str, body: types.OfCardWithReason, *, key: str | None = None) -> types.VerbResult:
        """Appeal card a ticket. Appeal (申诉) against a card: whoever is liable says why it should not stand."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/appeal_card", number=number), body=body, key=key)
        return answer

    def tickets_append_ticket(self, number: str, body: types.AppendInformation, *, key: str | None = None) -> types.VerbResult:
        """Append a ticket. Append (追加): what the caller or a colleague adds to a ticket that is under way."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/append", number=number), body=body, key=key)
        return answer

    def tickets_attach_ticket(self, number: str, body: types.Attach, *, key: str | None = None) -> types.VerbResult:
        """Attach a ticket. Attach: files that were uploaded become the ticket's."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/attach", number=number), body=body, key=key)
        return answer

    def tickets_call_back_ticket(self, number: str, body: types.CallBack, *, key: str | None = None) -> types.VerbResult:
        """Call back a ticket. Callback (回访): what came of calling the customer. Content closes; discontent
        goes back to another reviewer; not reached is tried again by plan, and ends as unreachable when
        the tries are used up.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/call_back", number=number), body=body, key=key)
        return answer

    def tickets_cancel_ticket(self, number: str, body: types.WithReason, *, key: str | None = None) -> types.VerbResult:
        """Cancel a ticket. Cancel (取消): the request is withdrawn or was a mistake; nothing more will be
        done.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/cancel", number=number), body=body, key=key)
        return answer

    def tickets_circulate_ticket(self, number: str, body: types.WithReason, *, key: str | None = None) -> types.VerbResult:
        """Circulate a ticket. Supervise (督办) and circulate (通报): superiors watch a ticket, then name it
        before everybody. The ladder 催办 → 督办 → 通报 only goes up: what is circulated stays so.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/circulate", number=number), body=body, key=key)
        return answer

    def tickets_close_ticket(self, number: str, body: types.WithReason, *, key: str | None = None) -> types.VerbResult:
        """Close a ticket. Close (归档): a resolved ticket whose callback need not be waited for any longer."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/close", number=number), body=body, key=key)
        return answer

    def tickets_co_handle_ticket(self, number: str, body: types.CoHandle, *, key: str | None = None) -> types.VerbResult:
        """Co handle a ticket. Co-handle (协办): people or departments help the one in charge, each with a work
        item of their own.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/co_handle", number=number), body=body, key=key)
        return answer

    def tickets_consult_ticket(self, number: str, body: types.Consult, *, key: str | None = None) -> types.VerbResult:
        """Consult a ticket. Consult (加签): ask others for their opinion before going on; processing waits
        until they have given it.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/consult", number=number), body=body, key=key)
        return answer

    def tickets_countersign_ticket(self, number: str, body: types.Countersign, *, key: str | None = None) -> types.VerbResult:
        """Countersign a ticket. Countersign (会签): ask several people to sign; n of them must agree before
        one goes on.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/countersign", number=number), body=body, key=key)
        return answer

    def tickets_decide_extension_ticket(self, number: str, body: types.DecideExtension, *, key: str | None = None) -> types.VerbResult:
        """Decide extension a ticket. Decide an extension: granted, the work item (and the whole, where it
        must) ends later; the old end is kept.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/decide_extension", number=number), body=body, key=key)
        return answer

    def tickets_edit_ticket(self, number: str, body: types.Edit, *, key: str | None = None) -> types.VerbResult:
        """Edit a ticket. Edit: corrects what was recorded. Old and new values stay in the track; numbers are
        masked there.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/edit", number=number), body=body, key=key)
        return answer

    def tickets_export_tickets(self, *, state: Literal["draft", "open", "paused", "resolved", "closed", "cancelled", "force_ended", "living", "ended"] | None = None, kind: Literal["consultation", "complaint", "repair", "suggestion", "daily_service"] | None = None, category: str | None = None, department: int | None = None, handler: int | None = None, opened_by: str | None = None, customer: int | None = None, priority: int | None = None, channel: Literal["phone", "email", "wechat", "web_form", "chat", "app", "api"] | None = None, opened_after: str | None = None, opened_before: str | None = None, q: str | None = None, limit: int | None = None, after: str | None = None, locale: Literal["zh-Hans", "zh-Hant", "en"] | None = None) -> bytes:
        """The list as a spreadsheet. XLSX, with the list's filters and at most 50,000 tickets; limit and
        after do not count here.
        """
        answer: bytes = self.call("GET", "/tickets/export", query={"state": state, "kind": kind, "category": category, "department": department, "handler": handler, "opened_by": opened_by, "customer": customer, "priority": priority, "channel": channel, "opened_after": opened_after, "opened_before": opened_before, "q": q, "limit": limit, "after": after, "locale": locale})
        return answer

    def tickets_extend_ticket(self, number: str, body: types.Extend, *, key: str | None = None) -> types.VerbResult:
        """Extend a ticket. Extend (延期申请): the handler asks for a later end before it is reached; a superior
        decides.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/extend", number=number), body=body, key=key)
        return answer

    def tickets_force_end_ticket(self, number: str, body: types.WithReason, *, key: str | None = None) -> types.VerbResult:
        """Force end a ticket. Force the end (强制结束): an administrator stops a ticket that its flow cannot
        finish.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/force_end", number=number), body=body, key=key)
        return answer

    def tickets_get_customer_tickets(self, customer_id: int, *, limit: int | None = None, after: str | None = None) -> dict[str, Any]:
        """A customer's tickets."""
        answer: dict[str, Any] = self.call("GET", path("/customers/{customer_id}/tickets", customer_id=customer_id), query={"limit": limit, "after": after})
        return answer

    def tickets_get_messages(self, number: str) -> dict[str, Any]:
        """The correspondence."""
        answer: dict[str, Any] = self.call("GET", path("/tickets/{number}/messages", number=number))
        return answer

    def tickets_get_ticket(self, number: str) -> dict[str, Any]:
        """One ticket, and what one may do to it."""
        answer: dict[str, Any] = self.call("GET", path("/tickets/{number}", number=number))
        return answer

    def tickets_get_track(self, number: str) -> dict[str, Any]:
        """Where it has been, and the flow drawn."""
        answer: dict[str, Any] = self.call("GET", path("/tickets/{number}/track", number=number))
        return answer

    def tickets_get_why(self, number: str, *, staff: int | None = None) -> dict[str, Any]:
        """Why somebody can see this ticket. About oneself without staff; about others with the right
        admin.organisation.
        """
        answer: dict[str, Any] = self.call("GET", path("/tickets/{number}/why", number=number), query={"staff": staff})
        return answer

    def tickets_link_ticket(self, number: str, body: types.LinkTicket, *, key: str | None = None) -> types.VerbResult:
        """Link a ticket. Link (关联): two tickets that belong together; one must be allowed to see both."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/link", number=number), body=body, key=key)
        return answer

    def tickets_list_tickets(self, *, state: Literal["draft", "open", "paused", "resolved", "closed", "cancelled", "force_ended", "living", "ended"] | None = None, kind: Literal["consultation", "complaint", "repair", "suggestion", "daily_service"] | None = None, category: str | None = None, department: int | None = None, handler: int | None = None, opened_by: str | None = None, customer: int | None = None, priority: int | None = None, channel: Literal["phone", "email", "wechat", "web_form", "chat", "app", "api"] | None = None, opened_after: str | None = None, opened_before: str | None = None, q: str | None = None, limit: int | None = None, after: str | None = None) -> dict[str, Any]:
        """Tickets one may see, newest first."""
        answer: dict[str, Any] = self.call("GET", "/tickets", query={"state": state, "kind": kind, "category": category, "department": department, "handler": handler, "opened_by": opened_by, "customer": customer, "priority": priority, "channel": channel, "opened_after": opened_after, "opened_before": opened_before, "q": q, "limit": limit, "after": after})
        return answer

    def tickets_note_ticket(self, number: str, body: types.Note, *, key: str | None = None) -> types.VerbResult:
        """Note a ticket. Note (内部备注): words among staff. A mentioned colleague may see the ticket from then
        on, and is told.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/note", number=number), body=body, key=key)
        return answer

    def tickets_pause_ticket(self, number: str, body: types.Pause, *, key: str | None = None) -> types.VerbResult:
        """Pause a ticket. Pause (暂停): the ticket stands still, with a reason everyone can read."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/pause", number=number), body=body, key=key)
        return answer

    def tickets_post_ticket(self, body: types.OpenTicket, *, key: str | None = None) -> types.VerbResult:
        """Open a ticket."""
        answer: types.VerbResult = self.call("POST", "/tickets", body=body, key=key)
        return answer

    def tickets_process_ticket(self, number: str, body: types.Process, *, key: str | None = None) -> types.VerbResult:
        """Process a ticket. Process (处理): my part of a work item is done, with outcome and result. For a
        task or approval the ticket moves on; somebody asked for an opinion, help or a signature gives it
        here too.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/process", number=number), body=body, key=key)
        return answer

    def tickets_reopen_ticket(self, number: str, body: types.Reopen, *, key: str | None = None) -> types.VerbResult:
        """Reopen a ticket. Reopen (重开): an ended ticket comes back to a task it really was at, by default to
        its first one. One that never left the intake goes back there: its form was never checked.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/reopen", number=number), body=body, key=key)
        return answer

    def tickets_reply_ticket(self, number: str, body: types.Append, *, key: str | None = None) -> types.VerbResult:
        """Reply a ticket. Reply (公开回复): words the customer may read."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/reply", number=number), body=body, key=key)
        return answer

    def tickets_resolve_ticket(self, number: str, body: types.Resolve, *, key: str | None = None) -> types.VerbResult:
        """Resolve a ticket. Resolve (办结): the matter is solved; what is left of the flow is skipped, up to
        the callback or the end.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/resolve", number=number), body=body, key=key)
        return answer

    def tickets_resume_ticket(self, number: str, body: types.MayReason, *, key: str | None = None) -> types.VerbResult:
        """Resume a ticket. Resume (恢复): a paused ticket goes on where it stood."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/resume", number=number), body=body, key=key)
        return answer

    def tickets_return_ticket(self, number: str, body: types.Return, *, key: str | None = None) -> types.VerbResult:
        """Return a ticket. Return (退回): to any node that was really executed, to walk the flow again or to
        come straight back (E2).
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/return", number=number), body=body, key=key)
        return answer

    def tickets_submit_ticket(self, number: str, body: types.Submit, *, key: str | None = None) -> types.VerbResult:
        """Submit a ticket. Submit (提交): the form is filled in at the intake; the ticket goes on its way."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/submit", number=number), body=body, key=key)
        return answer

    def tickets_supervise_ticket(self, number: str, body: types.WithReason, *, key: str | None = None) -> types.VerbResult:
        """Supervise a ticket. Supervise (督办) and circulate (通报): superiors watch a ticket, then name it
        before everybody. The ladder 催办 → 督办 → 通报 only goes up: what is circulated stays so.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/supervise", number=number), body=body, key=key)
        return answer

    def tickets_transfer_ticket(self, number: str, body: types.Transfer, *, key: str | None = None) -> types.VerbResult:
        """Transfer a ticket. Transfer (转办): the work item goes to another department, team or person; the
        old one leaves the track closed.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/transfer", number=number), body=body, key=key)
        return answer

    def tickets_uphold_card_ticket(self, number: str, body: types.OfCardWithReason, *, key: str | None = None) -> types.VerbResult:
        """Uphold card a ticket. Uphold (维持) a card that was appealed: it stands, with a reason."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/uphold_card", number=number), body=body, key=key)
        return answer

    def tickets_urge_ticket(self, number: str, body: types.Urge, *, key: str | None = None) -> types.VerbResult:
        """Urge a ticket. Urge (催办): the customer or a superior presses; whoever has the ticket is told, and
        the count is shown.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/urge", number=number), body=body, key=key)
        return answer

    def tickets_withdraw_card_ticket(self, number: str, body: types.OfCardWithReason, *, key: str | None = None) -> types.VerbResult:
        """Withdraw card a ticket. Withdraw (撤销) a card, appealed or not: it no longer counts, with a reason."""
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/withdraw_card", number=number), body=body, key=key)
        return answer

    def tickets_withdraw_ticket(self, number: str, body: types.Withdraw, *, key: str | None = None) -> types.VerbResult:
        """Withdraw a ticket. Withdraw (撤回): take back what one passed on while nobody has begun, or call off
        a side item one asked for.
        """
        answer: types.VerbResult = self.call("POST", path("/tickets/{number}/actions/withdraw", number=number), body=body, key=key)
        return answer

    def time_get_cards(self, *, colour: Literal["yellow", "red"] | None = None, state: Literal["issued", "acknowledged", "appealed", "upheld", "withdrawn"] | None = None, standing: bool | None = None, department: int | None = None, staff: int | None = None, mine: bool | None = None, clock_kind: Literal["process", "node", "first_response", "next_response", "callback"] | None = None, node: str | None = None, since: str | None = None, until: str | None = None, ticket: str | None = None, limit: int | None = None, after: str | None = None) -> dict[str, Any]:
        """Yellow and red cards, newest first."""
        answer: dict[str, Any] = self.call("GET", "/cards", query={"colour": colour, "state": state, "standing": standing, "department": department, "staff": staff, "mine": mine, "clock_kind": clock_kind, "node": node, "since": since, "until": until, "ticket": ticket, "limit": limit, "after": after})
        return answer

    def time_get_clocks(self, number: str) -> dict[str, Any]:
        """Its clocks and their receipts."""
        answer: dict[str, Any] = self.call("GET", path("/tickets/{number}/clocks", number=number))
        return answer

    def time_get_summary(self, *, colour: Literal["yellow", "red"] | None = None, state: Literal["issued", "acknowledged", "appealed", "upheld", "withdrawn"] | None = None, standing: bool | None = None, department: int | None = None, staff: int | None = None, mine: bool | None = None, clock_kind: Literal["process", "node", "first_response", "next_response", "callback"] | None = None, node: str | None = None, since: str | None = None, until: str | None = None, ticket: str | None = None) -> dict[str, Any]:
        """How many cards stand, and whose. {yellow, red, withdrawn, by_department, by_staff}; withdrawn
        cards count nowhere else.
        """
        answer: dict[str, Any] = self.call("GET", "/cards/summary", query={"colour": colour, "state": state, "standing": standing, "department": department, "staff": staff, "mine": mine, "clock_kind": clock_kind, "node": node, "since": since, "until": until, "ticket": ticket})
        return answer

    def todo_get_counts(self) -> dict[str, Any]:
        """How many wait in each to-do list, up to a hundred."""
        answer: dict[str, Any] = self.call("GET", "/todo/counts")
        return answer

    def todo_get_list(self, name: Literal["mine", "department", "callbacks"], *, kind: str | None = None, limit: int | None = None, after: str | None = None) -> dict[str, Any]:
        """A to-do list, by due time."""
        answer: dict[str, Any] = self.call("GET", path("/todo/{name}", name=name), query={"kind": kind, "limit": limit, "after": after})
        return answer

    def todo_get_record(self, *, from_: str | None = None, to: str | None = None, limit: int | None = None, after: str | None = None) -> dict[str, Any]:
        """What I did, newest first."""
        answer: dict[str, Any] = self.call("GET", "/records/mine", query={"from": from_, "to": to, "limit": limit, "after": after})
        return answer

    def tokens_delete_token(self, token_id: int) -> None:
        """Revoke a token. Ends it at once. 404 unknown_token, also for another person's without
        admin.tokens.
        """
        self.call("DELETE", path("/tokens/{token_id}", token_id=token_id))

    def tokens_get_tokens(self, *, everyone: bool | None = None) -> types.Tokens:
        """Tokens that are in force. One's own, or with everyone=true (and admin.tokens) all, newest first,
        at most 500.
        """
        answer: types.Tokens = self.call("GET", "/tokens", query={"everyone": everyone})
        return answer

    def tokens_post_token(self, body: types.TokenIn, *, key: str | None = None) -> types.TokenOut:
        """Make a token. The answer holds the secret, this once; a repeated Idempotency-Key answers the token
        without it.
        """
        answer: types.TokenOut = self.call("POST", "/tokens", body=body, key=key)
        return answer

    def webhooks_delete_webhook(self, webhook_id: int) -> None:
        """Remove a webhook. Its deliveries and their record go with it."""
        self.call("DELETE", path("/webhooks/{webhook_id}", webhook_id=webhook_id))

    def webhooks_get_deliveries(self, webhook_id: int, *, state: Sequence[Literal["waiting", "delivered", "dead"]] | None = None, ticket: str | None = None, type_: str | None = None, since: str | None = None, until: str | None = None, after: str | None = None, limit: int | None = None) -> dict[str, Any]:
        """What was sent. {items, next}, newest first."""
        answer: dict[str, Any] = self.call("GET", path("/webhooks/{webhook_id}/deliveries", webhook_id=webhook_id), query={"state": state, "ticket": ticket, "type": type_, "since": since, "until": until, "after": after, "limit": limit})
        return answer

    def webhooks_get_delivery(self, delivery_id: int) -> dict[str, Any]:
        """A delivery in full. With the request's body and every attempt: headers, status, answer, duration."""
        answer: dict[str, Any] = self.call("GET", path("/webhooks/deliveries/{delivery_id}", delivery_id=delivery_id))
        return answer

    def webhooks_get_webhook(self, webhook_id: int) -> dict[str, Any]:
        """A webhook and how it fares. As in the list."""
        answer: dict[str, Any] = self.call("GET", path("/webhooks/{webhook_id}", webhook_id=webhook_id))
        return answer

    def webhooks_get_webhooks(self) -> dict[str, Any]:
        """Every webhook and how it fares. {items}, by name. health.waiting and health.dead are counted up to
        10,000; behind is in seconds.
        """
        answer: dict[str, Any] = self.call("GET", "/webhooks")
        return answer

    def webhooks_patch_webhook(self, webhook_id: int, body: types.WebhookChange) -> dict[str, Any]:
        """Change a webhook. What waits is sent to the new address."""
        answer: dict[str, Any] = self.call("PATCH", path("/webhooks/{webhook_id}", webhook_id=webhook_id), body=body)
        return answer

    def webhooks_post_webhook(self, body: types.WebhookIn, *, key: str | None = None) -> dict[str, Any]:
        """Set up a webhook. The answer holds the signing key as secret, this once; a repeated Idempotency-
        Key answers without it.
        """
        answer: dict[str, Any] = self.call("POST", "/webhooks", body=body, key=key)
        return answer

    def webhooks_resend_delivery(self, delivery_id: int, *, key: str | None = None) -> None:
        """Send again. The same message with the same webhook-id, whatever became of it."""
        self.call("POST", path("/webhooks/deliveries/{delivery_id}/resend", delivery_id=delivery_id), key=key)

    def webhooks_resend_range(self, webhook_id: int, body: types.Range, *, key: str | None = None) -> dict[str, Any]:
        """Send a range of time again. {count}: how many are sent again, in order; at most 50,000 at a time,
        the oldest first.
        """
        answer: dict[str, Any] = self.call("POST", path("/webhooks/{webhook_id}/resend", webhook_id=webhook_id), body=body, key=key)
        return answer

    def webhooks_resume_webhook(self, webhook_id: int, *, key: str | None = None) -> dict[str, Any]:
        """Try a webhook again. Switches it on; everything that waits is sent now, in order."""
        answer: dict[str, Any] = self.call("POST", path("/webhooks/{webhook_id}/resume", webhook_id=webhook_id), key=key)
        return answer

    def webhooks_rotate_webhook(self, webhook_id: int, body: types.Rotation, *, key: str | None = None) -> dict[str, Any]:
        """A new signing key. The answer holds the new key as secret, this once."""
        answer: dict[str, Any] = self.call("POST", path("/webhooks/{webhook_id}/rotate", webhook_id=webhook_id), body=body, key=key)
        return answer

    def webhooks_test_webhook(self, webhook_id: int, *, key: str | None = None) -> dict[str, Any]:
        """Send a test event now. {ok, status, error, words, answer, ms, message_id, body}: what came back.
        It may take the whole time limit.
        """
        answer: dict[str, Any] = self.call("POST", path("/webhooks/{webhook_id}/test", webhook_id=webhook_id), key=key)
        return answer
