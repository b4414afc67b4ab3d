"""What goes into Gongdan's API and comes out of it. Written by scripts/clients/make.py; do not edit."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Accept(TypedDict):
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class Append(TypedDict):
    attachments: NotRequired[list[int]]
    body: str
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class AppendInformation(TypedDict):
    attachments: NotRequired[list[int]]
    body: str
    from_customer: NotRequired[bool]
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class Applied(TypedDict):
    number: int


class Attach(TypedDict):
    attachments: list[int]
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class CalendarChange(TypedDict):
    is_default: NotRequired[bool | None]
    names: NotRequired[dict[str, str] | None]
    version: NotRequired[int | None]


class CallBack(TypedDict):
    item: NotRequired[int | None]
    next_try_at: NotRequired[str | None]
    note: NotRequired[str]
    result: Literal["satisfied", "dissatisfied", "not_reached"]
    score: NotRequired[int | None]
    version: NotRequired[int | None]

CallbackMode = Literal["always", "sample", "never"]


class CardPage(TypedDict):
    after: NotRequired[str | None]
    clock_kind: NotRequired[Literal["process", "node", "first_response", "next_response", "callback"] | None]
    colour: NotRequired[Literal["yellow", "red"] | None]
    department: NotRequired[int | None]
    limit: NotRequired[int]
    mine: NotRequired[bool]
    node: NotRequired[str | None]
    since: NotRequired[str | None]
    staff: NotRequired[int | None]
    standing: NotRequired[bool | None]
    state: NotRequired[Literal["issued", "acknowledged", "appealed", "upheld", "withdrawn"] | None]
    ticket: NotRequired[str | None]
    until: NotRequired[str | None]


class CardQuery(TypedDict):
    clock_kind: NotRequired[Literal["process", "node", "first_response", "next_response", "callback"] | None]
    colour: NotRequired[Literal["yellow", "red"] | None]
    department: NotRequired[int | None]
    mine: NotRequired[bool]
    node: NotRequired[str | None]
    since: NotRequired[str | None]
    staff: NotRequired[int | None]
    standing: NotRequired[bool | None]
    state: NotRequired[Literal["issued", "acknowledged", "appealed", "upheld", "withdrawn"] | None]
    ticket: NotRequired[str | None]
    until: NotRequired[str | None]


class CategoryChange(TypedDict):
    active: NotRequired[bool | None]
    callback_mode: NotRequired[CallbackMode | None]
    callback_rate: NotRequired[float | str | None]
    default_priority: NotRequired[int | None]
    entry_department: NotRequired[int | None]
    flow: NotRequired[str | None]
    kind: NotRequired[Kind | None]
    name: NotRequired[str | None]
    names: NotRequired[dict[str, str] | None]
    parent: NotRequired[str | None]
    position: NotRequired[int | None]
    version: NotRequired[int | None]


class Checked(TypedDict):
    code: NotRequired[str | None]
    terms: Terms


class CoHandle(TypedDict):
    departments: NotRequired[list[int]]
    item: NotRequired[int | None]
    people: NotRequired[list[int]]
    question: str
    version: NotRequired[int | None]


class CommitIn(TypedDict):
    cursor: str
    force: NotRequired[bool]


class Consult(TypedDict):
    item: NotRequired[int | None]
    people: list[int]
    question: str
    version: NotRequired[int | None]


class Countersign(TypedDict):
    item: NotRequired[int | None]
    needed: int
    people: list[int]
    question: str
    version: NotRequired[int | None]


class Credentials(TypedDict):
    password: str
    username: str


class CustomerChange(TypedDict):
    customer_class: NotRequired[Literal["public", "industry", "cluster"] | None]
    external_id: NotRequired[str | None]
    fields: NotRequired[dict[str, Any] | None]
    kind: NotRequired[Literal["person", "organization"] | None]
    level: NotRequired[str | None]
    name: NotRequired[str | None]
    note: NotRequired[str | None]
    parent_id: NotRequired[int | None]
    version: NotRequired[int | None]


DaysIn = TypedDict("DaysIn", {"from": "str", "hours": "list[list[str]] | None", "name": "NotRequired[str]", "to": "str", "version": "NotRequired[int | None]"})


class DecideExtension(TypedDict):
    grant: bool
    item: NotRequired[int | None]
    reason: str
    version: NotRequired[int | None]


class DepartmentCalendar(TypedDict):
    calendar: str | None


class DepartmentChange(TypedDict):
    active: NotRequired[bool]
    head_id: NotRequired[int | None]
    name: NotRequired[str]
    parent_id: NotRequired[int | None]
    position: NotRequired[int]


class DepartmentIn(TypedDict):
    code: str
    head_id: NotRequired[int | None]
    name: str
    parent_id: NotRequired[int | None]
    position: NotRequired[int]


class DepartmentOut(TypedDict):
    active: bool
    code: str
    head: Named | None
    id: int
    name: str
    parent_id: int | None
    path: str
    position: int


class Departments(TypedDict):
    items: list[DepartmentOut]


class Do(TypedDict):
    what: Literal["notify", "raise_priority", "hand_to_head", "hand_up", "urge", "supervise", "circulate"]
    whom: NotRequired[str | None]


class Document(TypedDict):
    document: str


class Edit(TypedDict):
    body: NotRequired[str | None]
    customer_id: NotRequired[int | None]
    expected_end: NotRequired[str | None]
    fields: NotRequired[dict[str, Any]]
    item: NotRequired[int | None]
    priority: NotRequired[int | None]
    requester: NotRequired[Requester | None]
    subject: NotRequired[str | None]
    tags: NotRequired[list[str] | None]
    version: NotRequired[int | None]


class EventOut(TypedDict):
    actor: dict[str, Any]
    at: str
    cursor: str
    data: dict[str, Any]
    id: int
    seq: int
    subject: str
    subject_id: int
    ticket: str | None
    type: str
    version: int


class EventsOut(TypedDict):
    cursor: str
    events: list[EventOut]


class Extend(TypedDict):
    item: NotRequired[int | None]
    reason: str
    until: str
    version: NotRequired[int | None]


class Extensions(TypedDict):
    decided_by: NotRequired[Literal["right", "head", "next_level"]]
    longest_amount: NotRequired[int]
    longest_unit: NotRequired[Literal["minutes", "hours", "days"]]
    most: NotRequired[int]
    working: NotRequired[bool]


class FeedQuery(TypedDict):
    after: NotRequired[str | None]
    condition: NotRequired[str | None]
    group: NotRequired[str | None]
    heartbeat: NotRequired[int]
    subject: NotRequired[str | None]
    ticket: NotRequired[str | None]
    type: NotRequired[list[str] | None]
    wait: NotRequired[int]


class GroupIn(TypedDict):
    after: NotRequired[str | None]
    condition: NotRequired[str]
    subject: NotRequired[str]
    ticket: NotRequired[str]
    types: NotRequired[list[str]]


class GroupOut(TypedDict):
    condition: str
    created_at: str
    cursor: str
    lag: LagOut
    moved_at: str
    name: str
    owner: OwnerOut
    subject: str
    ticket: str
    types: list[str]


class GroupsOut(TypedDict):
    items: list[GroupOut]


class InterceptorChange(TypedDict):
    active: NotRequired[bool | None]
    address: NotRequired[str | None]
    allowed_networks: NotRequired[list[str] | None]
    condition: NotRequired[str | None]
    entry_point: NotRequired[str | None]
    may_change: NotRequired[list[str] | None]
    name: NotRequired[str | None]
    on_failure: NotRequired[Literal["open", "closed"] | None]
    timeout_ms: NotRequired[int | None]
    verbs: NotRequired[list[str] | None]
    version: NotRequired[int | None]


class InterceptorDefinition(TypedDict):
    active: NotRequired[bool]
    address: NotRequired[str]
    allowed_networks: NotRequired[list[str]]
    condition: NotRequired[str]
    entry_point: NotRequired[str]
    kind: Literal["http", "python"]
    may_change: NotRequired[list[str]]
    name: str
    on_failure: NotRequired[Literal["open", "closed"]]
    timeout_ms: NotRequired[int]
    verbs: NotRequired[list[str]]


class InterceptorOrder(TypedDict):
    ids: list[int]


class InterceptorRotation(TypedDict):
    overlap_hours: NotRequired[int]


class InterceptorTry(TypedDict):
    ticket: NotRequired[str | None]
    verb: NotRequired[str]


class ItemSummary(TypedDict):
    department_id: int | None
    due_at: str | None
    duty: str
    handler_id: int | None
    id: int
    node: str
    role: str
    state: str
    team_id: int | None

Kind = Literal["consultation", "complaint", "repair", "suggestion", "daily_service"]


class LagOut(TypedDict):
    events: int
    more: bool
    seconds: float


class Lead(TypedDict):
    amount: int
    unit: Literal["minutes", "hours", "days", "percent"]


class LetterOut(TypedDict):
    attempts: int
    consumer: str
    error: str
    event_id: int
    id: int
    parked_at: str
    subject: str
    subject_id: int
    type: str
    waiting: int


class LettersOut(TypedDict):
    items: list[LetterOut]
    next: int | None


class LettersQuery(TypedDict):
    consumer: NotRequired[str | None]
    since: NotRequired[str | None]
    until: NotRequired[str | None]


class LevelChange(TypedDict):
    name: NotRequired[str | None]
    rank: NotRequired[int | None]


class Limit(TypedDict):
    amount: int
    ladder: NotRequired[list[Rung]]
    pauses: NotRequired[list[Literal["pause", "customer"]]]
    unit: Literal["minutes", "hours", "days"]
    working: NotRequired[bool]
    yellow: NotRequired[list[Lead]]


class LinkTicket(TypedDict):
    item: NotRequired[int | None]
    kind: NotRequired[Literal["related", "duplicate", "caused_by"]]
    other: str
    version: NotRequired[int | None]


class ListenerOut(TypedDict):
    alive: bool | None
    dead: int | None
    kind: str
    lag: LagOut
    moved_at: str | None
    name: str
    orphaned: bool
    parked: int | None


class ListenersOut(TypedDict):
    items: list[ListenerOut]


class Log(TypedDict):
    after: NotRequired[str | None]
    limit: NotRequired[int]
    since: NotRequired[str | None]
    state: NotRequired[list[Literal["waiting", "delivered", "dead"]]]
    ticket: NotRequired[str | None]
    type: NotRequired[str | None]
    until: NotRequired[str | None]


class LogQuery(TypedDict):
    after: NotRequired[str | None]
    decision: NotRequired[Literal["", "allow", "change", "refuse", "failed", "skipped"]]
    interceptor: NotRequired[int | None]
    limit: NotRequired[int]
    since: NotRequired[str | None]
    ticket: NotRequired[str]
    until: NotRequired[str | None]
    verb: NotRequired[str]


class MayReason(TypedDict):
    item: NotRequired[int | None]
    reason: NotRequired[str]
    version: NotRequired[int | None]


class Named(TypedDict):
    id: int
    name: str


class NewAccount(TypedDict):
    name: NotRequired[str]
    number: str
    status: NotRequired[str]


class NewCalendar(TypedDict):
    code: str
    definition: dict[str, Any]
    names: dict[str, str]


class NewCategory(TypedDict):
    callback_mode: NotRequired[CallbackMode | None]
    callback_rate: NotRequired[float | str | None]
    code: NotRequired[str | None]
    default_priority: NotRequired[int | None]
    entry_department: NotRequired[int | None]
    flow: NotRequired[str | None]
    kind: NotRequired[Kind | None]
    name: str
    names: NotRequired[dict[str, str] | None]
    parent: NotRequired[str | None]
    position: NotRequired[int | None]


class NewContact(TypedDict):
    kind: Literal["phone", "email", "wechat", "address"]
    label: NotRequired[str]
    primary: NotRequired[bool]
    value: str


class NewCustomer(TypedDict):
    contacts: NotRequired[list[NewContact]]
    customer_class: NotRequired[Literal["public", "industry", "cluster"] | None]
    external_id: NotRequired[str | None]
    fields: NotRequired[dict[str, Any] | None]
    kind: NotRequired[Literal["person", "organization"] | None]
    level: NotRequired[str | None]
    name: str
    note: NotRequired[str | None]
    parent_id: NotRequired[int | None]


class NewForm(TypedDict):
    fields: list[Any]
    version: NotRequired[int | None]


class NewLevel(TypedDict):
    code: str
    name: str
    rank: NotRequired[int]


class NewPassword(TypedDict):
    new: str
    old: str


class NewPolicy(TypedDict):
    code: str
    names: dict[str, str]
    terms: Terms


class NewSubscriber(TypedDict):
    account_id: NotRequired[int | None]
    address: NotRequired[str]
    number: str
    product: NotRequired[str]
    status: NotRequired[str]


class NewVersion(TypedDict):
    terms: Terms
    version: NotRequired[int | None]


class NodeLimit(TypedDict):
    amount: int
    flow: str
    ladder: NotRequired[list[Rung]]
    node: str
    pauses: NotRequired[list[Literal["pause", "customer"]]]
    unit: Literal["minutes", "hours", "days"]
    working: NotRequired[bool]
    yellow: NotRequired[list[Lead]]


class Note(TypedDict):
    attachments: NotRequired[list[int]]
    body: str
    item: NotRequired[int | None]
    mentions: NotRequired[list[int]]
    version: NotRequired[int | None]


class OfCard(TypedDict):
    card: int
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class OfCardWithReason(TypedDict):
    card: int
    item: NotRequired[int | None]
    reason: str
    version: NotRequired[int | None]


class OpenTicket(TypedDict):
    answer: NotRequired[str]
    answered_on_spot: NotRequired[bool]
    attachments: NotRequired[list[int]]
    body: str
    category: str
    channel: NotRequired[Literal["phone", "email", "wechat", "web_form", "chat", "app", "api"]]
    customer_id: NotRequired[int | None]
    draft: NotRequired[bool]
    expected_end: NotRequired[str | None]
    external_id: NotRequired[str | None]
    fields: NotRequired[dict[str, Any]]
    kind: NotRequired[Literal["consultation", "complaint", "repair", "suggestion", "daily_service"] | None]
    priority: NotRequired[int | None]
    received_at: NotRequired[str | None]
    requester: NotRequired[Requester]
    subject: NotRequired[str]
    tags: NotRequired[list[str]]


class Order(TypedDict):
    codes: list[str]


class OwnerOut(TypedDict):
    id: int
    name: str


class PasswordIn(TypedDict):
    password: str


class Pause(TypedDict):
    item: NotRequired[int | None]
    reason: str
    version: NotRequired[int | None]
    waiting_for: NotRequired[Literal["customer", "other"]]


class People(TypedDict):
    items: list[PersonOut]
    next: str | None


class PeopleFilter(TypedDict):
    active: NotRequired[bool | None]
    department: NotRequired[int | None]
    q: NotRequired[str]
    role: NotRequired[str | None]
    team: NotRequired[int | None]


class PersonChange(TypedDict):
    active: NotRequired[bool]
    department_id: NotRequired[int]
    email: NotRequired[str]
    extension: NotRequired[str]
    name: NotRequired[str]
    phone: NotRequired[str]
    team_ids: NotRequired[list[int]]


class PersonIn(TypedDict):
    department_id: int
    email: NotRequired[str]
    extension: NotRequired[str]
    name: str
    password: NotRequired[str | None]
    phone: NotRequired[str]
    roles: NotRequired[list[RoleHeld]]
    team_ids: NotRequired[list[int]]
    username: str


class PersonOut(TypedDict):
    active: bool
    department: Named
    email: NotRequired[str | None]
    extension: str
    id: int
    name: str
    phone: NotRequired[str | None]
    roles: NotRequired[list[RoleShown] | None]
    teams: list[Named]
    username: str


class PlaceOut(TypedDict):
    cursor: str


class PolicyChange(TypedDict):
    active: NotRequired[bool | None]
    names: NotRequired[dict[str, str] | None]
    version: NotRequired[int | None]


class Preferences(TypedDict):
    favourites: NotRequired[list[str] | None]
    language: NotRequired[Literal["zh-Hans", "en", "zh-Hant"] | None]
    theme: NotRequired[Literal["light", "dark", "auto"] | None]


class Previewed(TypedDict):
    number: NotRequired[int | None]
    terms: NotRequired[Terms | None]


class Problem(TypedDict):
    code: str
    detail: str
    errors: NotRequired[list[dict[str, Any]]]
    field: NotRequired[str]
    params: NotRequired[dict[str, Any]]
    status: int
    title: str
    type: str


class Process(TypedDict):
    attachments: NotRequired[list[int]]
    fields: NotRequired[dict[str, Any]]
    item: NotRequired[int | None]
    outcome: NotRequired[str | None]
    result: NotRequired[str]
    version: NotRequired[int | None]


class QueuedOut(TypedDict):
    queued: bool


class Range(TypedDict):
    since: str
    states: NotRequired[list[Literal["waiting", "delivered", "dead"]]]
    until: str


class RangeIn(TypedDict):
    consumer: NotRequired[str | None]
    since: str
    until: str


class ReadUpTo(TypedDict):
    upto: int


class Reopen(TypedDict):
    item: NotRequired[int | None]
    node: NotRequired[str | None]
    reason: str
    version: NotRequired[int | None]


class Requester(TypedDict):
    name: NotRequired[str]
    phone: NotRequired[str]


class Resolve(TypedDict):
    item: NotRequired[int | None]
    result: str
    version: NotRequired[int | None]


class ResponseLimit(TypedDict):
    amount: int
    ladder: NotRequired[list[Rung]]
    pauses: NotRequired[list[Literal["pause", "customer"]]]
    unit: Literal["minutes", "hours", "days"]
    until: NotRequired[Literal["reply", "accept", "either"]]
    working: NotRequired[bool]
    yellow: NotRequired[list[Lead]]


class Return(TypedDict):
    item: NotRequired[int | None]
    mode: NotRequired[Literal["redo", "straight"]]
    reason: str
    target: int
    version: NotRequired[int | None]


class RightOut(TypedDict):
    area: str
    code: str


class RightsOut(TypedDict):
    items: list[RightOut]


class RoleChange(TypedDict):
    category_ids: NotRequired[list[int]]
    customer_levels: NotRequired[list[str]]
    name: NotRequired[str]
    rights: NotRequired[list[str]]
    scope: NotRequired[Literal["own", "team", "department", "department_below", "all"]]


class RoleHeld(TypedDict):
    department_id: NotRequired[int | None]
    role: str


class RoleIn(TypedDict):
    category_ids: NotRequired[list[int]]
    code: str
    customer_levels: NotRequired[list[str]]
    name: str
    rights: list[str]
    scope: Literal["own", "team", "department", "department_below", "all"]


class RoleOut(TypedDict):
    category_ids: list[int]
    code: str
    customer_levels: list[str]
    id: int
    name: str
    rights: list[str]
    scope: Literal["own", "team", "department", "department_below", "all"]


class RoleShown(TypedDict):
    department_id: int | None
    name: str
    role: str


class RolesIn(TypedDict):
    roles: list[RoleHeld]


class RolesOut(TypedDict):
    items: list[RoleOut]


class Rotation(TypedDict):
    overlap_hours: NotRequired[int]


class Rung(TypedDict):
    amount: NotRequired[int]
    do: list[Do]
    unit: NotRequired[Literal["minutes", "hours", "days", "percent"]]
    when: Literal["before", "at", "after"]


class Submit(TypedDict):
    fields: NotRequired[dict[str, Any]]
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class TeamChange(TypedDict):
    active: NotRequired[bool]
    department_id: NotRequired[int]
    name: NotRequired[str]


class TeamIn(TypedDict):
    code: str
    department_id: int
    name: str


class TeamOut(TypedDict):
    active: bool
    code: str
    department_id: int
    id: int
    members: list[int]
    name: str


class Teams(TypedDict):
    items: list[TeamOut]


class Terms(TypedDict):
    calendar: NotRequired[str]
    callback: NotRequired[Limit | None]
    every_node: NotRequired[Limit | None]
    extension: NotRequired[Extensions]
    first_response: NotRequired[ResponseLimit | None]
    next_response: NotRequired[Limit | None]
    nodes: NotRequired[list[NodeLimit]]
    process: NotRequired[Limit | None]
    when: NotRequired[str]


class TicketQuery(TypedDict):
    after: NotRequired[str | None]
    category: NotRequired[str | None]
    channel: NotRequired[Literal["phone", "email", "wechat", "web_form", "chat", "app", "api"] | None]
    customer: NotRequired[int | None]
    department: NotRequired[int | None]
    handler: NotRequired[int | None]
    kind: NotRequired[Literal["consultation", "complaint", "repair", "suggestion", "daily_service"] | None]
    limit: NotRequired[int]
    opened_after: NotRequired[str | None]
    opened_before: NotRequired[str | None]
    opened_by: NotRequired[str | None]
    priority: NotRequired[int | None]
    q: NotRequired[str | None]
    state: NotRequired[Literal["draft", "open", "paused", "resolved", "closed", "cancelled", "force_ended", "living", "ended"] | None]


class TokenIn(TypedDict):
    expires_at: NotRequired[str | None]
    name: str
    staff_id: NotRequired[int | None]


class TokenOut(TypedDict):
    created_at: str
    expires_at: str | None
    id: int
    name: str
    prefix: str
    secret: NotRequired[str | None]
    staff: Named


class Tokens(TypedDict):
    items: list[TokenOut]


class Transfer(TypedDict):
    department: NotRequired[int | None]
    handler: NotRequired[int | None]
    item: NotRequired[int | None]
    reason: str
    team: NotRequired[int | None]
    version: NotRequired[int | None]


class VerbResult(TypedDict):
    id: int
    items: list[ItemSummary]
    number: str
    sentence: dict[str, Any]
    state: str
    version: int


class WebhookChange(TypedDict):
    active: NotRequired[bool]
    address: NotRequired[str]
    allowed_networks: NotRequired[list[str]]
    condition: NotRequired[str]
    headers: NotRequired[dict[str, str]]
    name: NotRequired[str]
    owner_id: NotRequired[int]
    types: NotRequired[list[str]]
    version: NotRequired[int | None]


class WebhookIn(TypedDict):
    active: NotRequired[bool]
    address: str
    allowed_networks: NotRequired[list[str]]
    condition: NotRequired[str]
    headers: NotRequired[dict[str, str]]
    name: str
    owner_id: NotRequired[int | None]
    types: NotRequired[list[str]]


class WithReason(TypedDict):
    item: NotRequired[int | None]
    reason: str
    version: NotRequired[int | None]


class Withdraw(TypedDict):
    item: NotRequired[int | None]
    of: NotRequired[int | None]
    reason: str
    version: NotRequired[int | None]
