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
    call_id: NotRequired[int | None]
    from_customer: NotRequired[bool]
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class Applied(TypedDict):
    number: int


class Asked(TypedDict):
    command: int
    digits: NotRequired[str | None]


class Attach(TypedDict):
    attachments: list[int]
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class Board(TypedDict):
    at: str
    calls_waiting: list[CallWaiting]
    people: list[BoardPerson]
    queues: list[BoardQueue]
    systems: list[SystemHealth]


class BoardCall(TypedDict):
    customer: CustomerBrief | None
    direction: Literal["inbound", "outbound", "internal"]
    id: int
    number: Number
    phase: Literal["ringing", "talking", "held"]
    queue: str
    queue_title: str
    since: str


class BoardPerson(TypedDict):
    answered_today: int
    call: BoardCall | None
    department: str
    extension: str
    presence: BoardPresence
    staff: Person
    target: int
    team_names: list[str]


class BoardPresence(TypedDict):
    reason: str
    since: str
    state: Literal["ready", "busy", "break", "wrap_up", "offline"]


class BoardQueue(TypedDict):
    abandoned_today: int
    agents_ready: int
    agents_talking: int
    answered_today: int
    asa_seconds: int | None
    longest_since: str | None
    longest_today: int
    offered_today: int
    queue: str
    service_level: float | None
    service_seconds: int
    system: str
    title: str
    waiting: int


class BreakReasonChange(TypedDict):
    active: NotRequired[bool]
    name: NotRequired[str]
    position: NotRequired[int]


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


class CallList(TypedDict):
    items: list[CallRow]
    next: str | None


class CallOfTask(TypedDict):
    at: str
    call_id: int
    outcome: str


class CallPage(TypedDict):
    agent: Person | None
    answered_at: str | None
    began_at: str
    callback_task: TaskBrief | None
    closed_by_us: bool
    customer: CustomerBrief | None
    dialled: str
    direction: Literal["inbound", "outbound", "internal"]
    disposed_at: str | None
    disposed_by: Person | None
    disposition: Disposition | None
    ended_at: str | None
    ended_by: str
    hold_seconds: int
    id: int
    line: str
    line_label: str
    may: MayDo
    menu: list[MenuWords]
    note: str
    number: Number
    outcome: str
    parts: list[Part]
    phase: str
    queue_title: str
    recorded: bool
    recordings: list[Recording]
    stays: list[Stay]
    talk_seconds: int
    tickets: list[NotedTicket]
    version: int
    waiting_seconds: int


CallQuery = TypedDict("CallQuery", {'after': 'NotRequired[str | None]', 'customer': 'NotRequired[int | None]', 'direction': 'NotRequired[Literal["inbound", "outbound", "internal"] | None]', 'from': 'NotRequired[str | None]', 'limit': 'NotRequired[int]', 'mine': 'NotRequired[bool]', 'number': 'NotRequired[str | None]', 'outcome': 'NotRequired[Literal["answered", "abandoned", "missed", "refused", "unanswered", "failed", "lost"] | None]', 'queue': 'NotRequired[str | None]', 'staff': 'NotRequired[int | None]', 'to': 'NotRequired[str | None]', 'undisposed': 'NotRequired[bool]'})


class CallRow(TypedDict):
    agent: Person | None
    answered_at: str | None
    began_at: str
    customer: CustomerBrief | None
    direction: Literal["inbound", "outbound", "internal"]
    disposition: Disposition | None
    ended_at: str | None
    hold_seconds: int
    id: int
    line_label: str
    number: Number
    outcome: str
    phase: str
    queue_title: str
    recorded: bool
    talk_seconds: int
    tickets: list[str]
    waiting_seconds: int


class CallWaiting(TypedDict):
    call_id: int
    customer: CustomerBrief | None
    level_name: str
    number: Number
    queue: str
    queue_title: str
    since: str

CallbackMode = Literal["always", "sample", "never"]


class CallbackTask(TypedDict):
    calls: int
    customer: CustomerBrief | None
    done_at: str | None
    first_call_at: str
    id: int
    last_call_at: str
    line_label: str
    missed: list[CallOfTask]
    not_before: str | None
    note: str
    number: Number
    queue_title: str
    result: str
    state: Literal["open", "taken", "done", "given_up"]
    taken_at: str | None
    taken_by: Person | None
    tried: list[CallOfTask]
    tries: int
    version: int


class CallbackTasks(TypedDict):
    items: list[CallbackTask]
    next: str | None
    open: int


class Caller(TypedDict):
    customer_id: int | None


class Candidate(TypedDict):
    contacts: int
    customer: CustomerBrief
    how: Literal["same", "main", "local"]
    label: str
    open_tickets: int


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


class ChoiceMeaning(TypedDict):
    category: NotRequired[str]
    label: NotRequired[str]


class CoHandle(TypedDict):
    departments: NotRequired[list[int]]
    item: NotRequired[int | None]
    people: NotRequired[list[int]]
    question: str
    version: NotRequired[int | None]


class Colleague(TypedDict):
    department: str
    extension: str
    id: int
    in_call: bool
    name: str
    presence: Literal["ready", "busy", "break", "wrap_up", "offline"]


class Colleagues(TypedDict):
    items: list[Colleague]


class CommandState(TypedDict):
    fault: str
    id: int
    state: Literal["asked", "doing", "done", "failed"]
    verb: str


class CommitIn(TypedDict):
    cursor: str
    force: NotRequired[bool]


class Consult(TypedDict):
    item: NotRequired[int | None]
    people: list[int]
    question: str
    version: NotRequired[int | None]


class Contact(TypedDict):
    at: str
    by: str
    direction: Literal["inbound", "outbound", "internal"] | None
    id: int | None
    kind: Literal["call", "ticket"]
    number: str | None
    outcome: str
    subject: str


class Control(TypedDict):
    digits: NotRequired[str]
    mode: NotRequired[Literal["blind", "attended"]]
    to: NotRequired[str]
    verb: Literal["answer", "hold", "resume", "hang_up", "transfer", "complete_transfer", "cancel_transfer", "conference", "dtmf"]


class CountedCall(TypedDict):
    agent: dict[str, Any] | None
    answered_at: str | None
    began_at: str
    counted: str
    counted_at: str
    customer: dict[str, Any] | None
    direction: str
    disposition: dict[str, Any] | None
    ended_at: str | None
    hold_seconds: int
    id: int
    line_label: str
    number: dict[str, Any]
    outcome: str
    phase: str
    queue_title: str
    recorded: bool
    talk_seconds: int
    tickets: list[str]
    waiting_seconds: int


class CountedCalls(TypedDict):
    items: list[CountedCall]
    next: str | None


class Countersign(TypedDict):
    item: NotRequired[int | None]
    needed: int
    people: list[int]
    question: str
    version: NotRequired[int | None]


class Credentials(TypedDict):
    password: str
    username: str


class CustomerBrief(TypedDict):
    id: int
    kind: str
    level: str
    level_name: str
    name: str


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


DaysIn = TypedDict("DaysIn", {'from': 'str', 'hours': 'list[list[str]] | None', 'name': 'NotRequired[str]', 'to': 'str', 'version': 'NotRequired[int | None]'})


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


class DeskSettings(TypedDict):
    disposition_required: bool
    wrap_up_seconds: int


class Disposition(TypedDict):
    code: str
    name: str


class Do(TypedDict):
    what: Literal["notify", "raise_priority", "hand_to_head", "hand_up", "urge", "supervise", "circulate"]
    whom: NotRequired[str | None]


class Document(TypedDict):
    document: str


DrillQuery = TypedDict("DrillQuery", {'after': 'NotRequired[str | None]', 'by': 'NotRequired[Literal["none", "queue", "person", "hour", "day"]]', 'department': 'NotRequired[int | None]', 'from': 'str', 'hour': 'NotRequired[int | None]', 'limit': 'NotRequired[int]', 'measure': 'str', 'queue': 'NotRequired[str | None]', 'staff': 'NotRequired[int | None]', 'to': 'str'})


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


class ExtensionChange(TypedDict):
    active: NotRequired[bool]
    channel: NotRequired[str]
    kind: NotRequired[Literal["desk_phone", "softphone"]]
    number: NotRequired[str]
    secret: NotRequired[str]
    staff_id: NotRequired[int | None]


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


class FreeExtension(TypedDict):
    id: int
    kind: Literal["desk_phone", "softphone"]
    number: str
    system: str
    taken_by: Person | None


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


class IceServer(TypedDict):
    credential: NotRequired[str]
    urls: list[str]
    username: NotRequired[str]


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


class LineChange(TypedDict):
    category: NotRequired[str]
    choices: NotRequired[dict[str, ChoiceMeaning]]
    label: NotRequired[str]
    number: NotRequired[str]


class LineMeasures(TypedDict):
    by: str
    definitions: dict[str, str]
    rows: list[MeasureRow]
    since: str
    totals: Measures
    until: str


class LineSettingsChange(TypedDict):
    daily_target: NotRequired[int]
    disposition_required: NotRequired[bool]
    long_call_seconds: NotRequired[int]
    merge_days: NotRequired[int]
    recording_days: NotRequired[int]
    repeat_calls: NotRequired[int]
    repeat_days: NotRequired[int]
    short_abandon_seconds: NotRequired[int]
    signal_days: NotRequired[int]
    version: NotRequired[int | None]
    wrap_up_seconds: NotRequired[int]


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


class LiveCall(TypedDict):
    answered_at: str | None
    began_at: str
    candidates_count: int | None
    chosen: bool
    conference: bool
    customer: CustomerBrief | None
    direction: Literal["inbound", "outbound", "internal"]
    id: int
    leg_known: bool
    line: str
    line_label: str
    menu: list[MenuWords]
    mine: Literal["ringing", "talking", "held", "ended"]
    number: Number
    others: list[OtherParty]
    phase: str
    queue: str
    queue_title: str
    rang_at: str
    transferring: Transferring | None
    waited: int


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


class MayDo(TypedDict):
    dial: bool
    dispose: bool
    download: bool
    listen: bool


class MayReason(TypedDict):
    item: NotRequired[int | None]
    reason: NotRequired[str]
    version: NotRequired[int | None]


class Me(TypedDict):
    answered_today: int
    callbacks_open: int
    calls: list[LiveCall]
    capabilities: list[str]
    connected: bool
    daily_target: int
    extensions: list[FreeExtension]
    presence: OwnPresence
    reasons: list[Reason]
    settings: DeskSettings
    softphone: Softphone | None
    undisposed: list[Undisposed]
    waiting: Waiting
    wrap_up: WrapUp | None


MeasureQuery = TypedDict("MeasureQuery", {'by': 'NotRequired[Literal["none", "queue", "person", "hour", "day"]]', 'department': 'NotRequired[int | None]', 'from': 'str', 'queue': 'NotRequired[str | None]', 'staff': 'NotRequired[int | None]', 'to': 'str'})


class MeasureRow(TypedDict):
    abandon_rate: float | None
    abandoned: int | None
    aht_seconds: float | None
    answered: int | None
    asa_seconds: float | None
    calls_per_person_day: float | None
    daily_target: int | None
    handled: int | None
    hold_seconds_avg: float | None
    key: str
    label: str
    long_seconds: int | None
    longest_wait_seconds: int | None
    missed: int | None
    occupancy: float | None
    offered: int | None
    outbound: int | None
    outbound_answered: int | None
    over_long_share: float | None
    overflowed: int | None
    person_days: int | None
    service_level: float | None
    service_level_answered: float | None
    service_level_offered: float | None
    service_seconds: int | None
    short_abandoned: int | None
    staffed_seconds: int | None
    talk_seconds_avg: float | None
    waiting: int | None
    worked_seconds: int | None
    wrap_up_seconds_avg: float | None


class Measures(TypedDict):
    abandon_rate: float | None
    abandoned: int | None
    aht_seconds: float | None
    answered: int | None
    asa_seconds: float | None
    calls_per_person_day: float | None
    daily_target: int | None
    handled: int | None
    hold_seconds_avg: float | None
    long_seconds: int | None
    longest_wait_seconds: int | None
    missed: int | None
    occupancy: float | None
    offered: int | None
    outbound: int | None
    outbound_answered: int | None
    over_long_share: float | None
    overflowed: int | None
    person_days: int | None
    service_level: float | None
    service_level_answered: float | None
    service_level_offered: float | None
    service_seconds: int | None
    short_abandoned: int | None
    staffed_seconds: int | None
    talk_seconds_avg: float | None
    waiting: int | None
    worked_seconds: int | None
    wrap_up_seconds_avg: float | None


class MenuWords(TypedDict):
    digits: str
    label: str


class More(TypedDict):
    more: int


class Named(TypedDict):
    id: int
    name: str


class NewAccount(TypedDict):
    name: NotRequired[str]
    number: str
    status: NotRequired[str]


class NewBreakReason(TypedDict):
    code: str
    name: str
    position: NotRequired[int | None]


class NewCalendar(TypedDict):
    code: str
    definition: dict[str, Any]
    names: dict[str, str]


class NewCall(TypedDict):
    call_id: NotRequired[int | None]
    callback_task_id: NotRequired[int | None]
    contact_id: NotRequired[int | None]
    customer_id: NotRequired[int | None]
    number: NotRequired[str]
    ticket: NotRequired[str | None]


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


class NewDisposition(TypedDict):
    category: str
    note: NotRequired[str]
    version: NotRequired[int | None]


class NewExtension(TypedDict):
    active: NotRequired[bool]
    channel: NotRequired[str]
    kind: NotRequired[Literal["desk_phone", "softphone"]]
    number: str
    secret: NotRequired[str]
    staff_id: NotRequired[int | None]
    system: str


class NewForm(TypedDict):
    fields: list[Any]
    version: NotRequired[int | None]


class NewLevel(TypedDict):
    code: str
    name: str
    rank: NotRequired[int]


class NewLine(TypedDict):
    category: NotRequired[str]
    choices: NotRequired[dict[str, ChoiceMeaning]]
    label: str
    number: str


class NewLink(TypedDict):
    how: NotRequired[Literal["linked"]]
    number: str


class NewPassword(TypedDict):
    new: str
    old: str


class NewPolicy(TypedDict):
    code: str
    names: dict[str, str]
    terms: Terms


class NewPresence(TypedDict):
    reason: NotRequired[str]
    state: Literal["ready", "busy", "break"]


class NewQueue(TypedDict):
    name: str
    service_seconds: NotRequired[int]
    system: str
    title: NotRequired[str]


class NewSubscriber(TypedDict):
    account_id: NotRequired[int | None]
    address: NotRequired[str]
    number: str
    product: NotRequired[str]
    status: NotRequired[str]


class NewSystem(TypedDict):
    active: NotRequired[bool]
    allowed_networks: NotRequired[list[str]]
    code: str
    control_address: NotRequired[str]
    dialect: Literal["asterisk", "freeswitch", "http"]
    host: NotRequired[str]
    ice_servers: NotRequired[list[IceServer]]
    name: NotRequired[str]
    port: NotRequired[int | None]
    recording_address: NotRequired[str]
    secret: NotRequired[str]
    settings: NotRequired[dict[str, Any]]
    sip_address: NotRequired[str]
    sip_domain: NotRequired[str]
    username: NotRequired[str]
    version: NotRequired[int | None]


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


class NotedTicket(TypedDict):
    how: Literal["opened", "appended", "urged", "linked"]
    number: str
    subject: str


class Number(TypedDict):
    digits: str | None
    masked: bool
    shown: str


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
    call_id: NotRequired[int | None]
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


class OpenTicketBrief(TypedDict):
    card: str
    department: str
    handler: str
    kind: str
    may_append: bool
    may_urge: bool
    node: str
    node_title: dict[str, str]
    number: str
    required_end: str | None
    state: str
    subject: str
    updated_at: str


class Order(TypedDict):
    codes: list[str]


class OtherParty(TypedDict):
    extension: str
    person: Person | None
    state: Literal["ringing", "talking", "held"]


class OwnPresence(TypedDict):
    extension: SeatBrief | None
    reason: str
    since: str
    state: Literal["ready", "busy", "break", "wrap_up", "offline"]
    until: str | None


class OwnerOut(TypedDict):
    id: int
    name: str


class Part(TypedDict):
    answered_at: str | None
    ended_at: str | None
    extension: str
    hold_seconds: int
    id: int
    outcome: str
    person: Person | None
    rang_at: str
    ring_seconds: int
    seq: int
    talk_seconds: int
    transfer_mode: str
    transferred_to: str
    wrap_up_seconds: int


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


class Person(TypedDict):
    id: int
    name: str


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


class Pop(TypedDict):
    call: LiveCall
    candidates: list[Candidate]
    customer: CustomerBrief | None
    last_contacts: list[Contact]
    open_tickets: list[OpenTicketBrief]
    repeat: Repeat
    suggested: Suggested


class Preferences(TypedDict):
    favourites: NotRequired[list[str] | None]
    language: NotRequired[Literal["zh-Hans", "en", "zh-Hant"] | None]
    theme: NotRequired[Literal["light", "dark", "auto"] | None]


class PresenceOfOther(TypedDict):
    reason: NotRequired[str]
    state: Literal["ready", "busy", "break", "offline"]


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


class QueueChange(TypedDict):
    service_seconds: NotRequired[int]
    title: NotRequired[str]


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


class Reason(TypedDict):
    code: str
    name: str


class Recording(TypedDict):
    began_at: str
    content_type: str
    fault: str
    id: int
    keep_until: str | None
    peaks: list[int]
    seconds: int
    size: int
    state: Literal["awaited", "stored", "failed", "removed"]


class Reopen(TypedDict):
    item: NotRequired[int | None]
    node: NotRequired[str | None]
    reason: str
    version: NotRequired[int | None]


class Repeat(TypedDict):
    calls: int
    days: int
    last_at: str | None
    warn: bool


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


class Result(TypedDict):
    next_try_at: NotRequired[str | None]
    note: NotRequired[str]
    result: Literal["reached", "not_reached", "wrong_number"]


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


class SeatBrief(TypedDict):
    id: int
    kind: Literal["desk_phone", "softphone"]
    number: str
    system: str


class SignIn(TypedDict):
    extension_id: int


class SignalFault(TypedDict):
    code: str
    field: str
    index: int


class SignalFilter(TypedDict):
    after: NotRequired[str | None]
    call: NotRequired[str | None]
    fault: NotRequired[bool]
    limit: NotRequired[int]


class SignalsTaken(TypedDict):
    accepted: int
    faults: list[SignalFault]
    repeated: int


class Softphone(TypedDict):
    address: str
    display: str
    domain: str
    ice_servers: list[dict[str, Any]]
    password: str
    user: str


class Stay(TypedDict):
    entered_at: str
    left_at: str | None
    outcome: str
    queue: str
    title: str
    waited: int


class Submit(TypedDict):
    fields: NotRequired[dict[str, Any]]
    item: NotRequired[int | None]
    version: NotRequired[int | None]


class Suggested(TypedDict):
    because: Literal["menu", "line", ""]
    category: str | None
    category_name: str


class Supervise(TypedDict):
    how: Literal["listen", "whisper", "barge", "take_over"]
    staff_id: NotRequired[int | None]


class SystemChange(TypedDict):
    active: NotRequired[bool]
    allowed_networks: NotRequired[list[str]]
    control_address: NotRequired[str]
    host: NotRequired[str]
    ice_servers: NotRequired[list[IceServer]]
    name: NotRequired[str]
    port: NotRequired[int | None]
    recording_address: NotRequired[str]
    secret: NotRequired[str]
    settings: NotRequired[dict[str, Any]]
    sip_address: NotRequired[str]
    sip_domain: NotRequired[str]
    username: NotRequired[str]
    version: NotRequired[int | None]


class SystemHealth(TypedDict):
    code: str
    health: str
    health_words: str
    heard_at: str | None
    name: str


class TaskBrief(TypedDict):
    id: int
    state: str


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


class Transferring(TypedDict):
    to: str


class Undisposed(TypedDict):
    call_id: int
    customer: CustomerBrief | None
    ended_at: str | None
    number: Number


class Urge(TypedDict):
    call_id: NotRequired[int | None]
    item: NotRequired[int | None]
    reason: NotRequired[str]
    version: NotRequired[int | None]


class VerbResult(TypedDict):
    id: int
    items: list[ItemSummary]
    number: str
    sentence: dict[str, Any]
    state: str
    version: int


class Waiting(TypedDict):
    count: int
    longest_since: str | None


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


class WrapUp(TypedDict):
    call_id: int
    disposed: bool
    part_id: int
    until: str | None
