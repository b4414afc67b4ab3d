"""Rows become tickets through the verbs, at their own times; running again doubles nothing; bad rows say why."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from gongdan.core.customers.models import Customer
from gongdan.core.staff.models import Staff
from gongdan.core.tickets.models import Message, State, Ticket, WorkItem
from gongdan.kernel.actor import Actor
from gongdan.kernel.errors import Invalid
from gongdan.outbox.models import EventRecord
from tests.importing.conftest import Importer

MESSAGES = """编号,来信人,标题,时间,内容,类别
1,甲,断网,2020-03-01 08:00,宽带断了,宽带
2,乙,慢,2020/3/2 9:05:06,"网速慢
第二行",宽带
3,甲,无信号,2020年3月3日 10时30分,没有信号,其他
"""
MAPPING = """
source: letters
zone: Asia/Shanghai
ticket:
  external_id: 编号
  subject: 标题
  body: 内容
  received_at: 时间
  channel: {constant: email}
  tags: {constant: "来信,历史", split: ","}
  requester: {name: 来信人}
  category: {column: 类别, table: {宽带: 故障 / 宽带}, otherwise: fault}
customer:
  external_id: {column: 来信人, prefix: "writer:"}
  name: 来信人
"""
REPLIES = """编号,时间,内容,答复,答复时间
7,2021-01-01T08:00:00,老问题,已处理,2021-01-03T09:00:00
8,2021-01-02T08:00:00,新问题,,
"""
REPLIED = """
source: archive
ticket: {external_id: 编号, body: 内容, received_at: 时间, category: {constant: CATEGORY}}
reply: {result: 答复, at: 答复时间, fields: {answer: 答复}, close_reason: 已办结}
"""


def test_a_row_is_opened_when_it_was_received(importer: Importer) -> None:
    report = importer.tickets(importer.table(MESSAGES), MAPPING)
    assert (report.rows, report.done, report.known, report.rejected) == (3, 3, 0, 0)
    first, second, third = Ticket.objects.order_by("external_id").select_related("category", "customer")
    assert first.external_id == "letters:1"
    assert first.opened_at == first.received_at == datetime(2020, 3, 1, 0, 0, tzinfo=UTC)
    assert first.number.startswith("20200301-")
    assert (first.subject, first.body, first.channel, first.tags) == (
        "断网",
        "宽带断了",
        "email",
        ["来信", "历史"],
    )
    assert (first.category.code, third.category.code) == ("broadband", "fault")
    assert second.received_at == datetime(2020, 3, 2, 1, 5, 6, tzinfo=UTC)
    assert second.body == "网速慢\n第二行"
    assert third.received_at == datetime(2020, 3, 3, 2, 30, tzinfo=UTC)
    assert first.customer == third.customer != second.customer
    assert first.state == State.OPEN
    assert WorkItem.objects.get(ticket=first, node="answer").state == "waiting"
    told = EventRecord.objects.filter(subject="ticket", subject_id=first.pk)
    assert {event.at for event in told} == {first.opened_at}
    assert {event.actor["via"] for event in told} == {"import"}


def test_running_twice_doubles_nothing(importer: Importer) -> None:
    table = importer.table(MESSAGES)
    importer.tickets(table, MAPPING)
    before = EventRecord.objects.count()
    report = importer.tickets(table, MAPPING)
    assert (report.done, report.known, report.rejected) == (0, 3, 0)
    assert (Ticket.objects.count(), Customer.objects.count(), EventRecord.objects.count()) == (3, 2, before)


@pytest.mark.parametrize("category", ["fault", "grave"])
def test_what_was_answered_is_closed_at_its_time(importer: Importer, category: str) -> None:
    mapping = REPLIED.replace("CATEGORY", category)
    if category == "grave":
        mapping = mapping.replace("fields: {answer: 答复}", "outcome: {constant: valid}")
    report = importer.tickets(importer.table(REPLIES), mapping)
    assert (report.done, report.rejected) == (2, 0), importer.rejected(importer.folder / "table.csv")
    old, new = Ticket.objects.order_by("external_id")
    at = datetime(2021, 1, 3, 1, 0, tzinfo=UTC)
    assert (old.state, old.resolved_at, old.actual_end) == (State.CLOSED, at, at)
    assert new.state == State.OPEN
    assert list(Message.objects.values_list("kind", "body", "at")) == [("reply", "已处理", at)]
    done = WorkItem.objects.get(ticket=old, seq=2)
    assert (done.state, done.accepted_at, done.left_at, done.result) == ("done", at, at, "已处理")
    closed = EventRecord.objects.filter(subject_id=old.pk, subject="ticket").order_by("seq").last()
    assert closed is not None
    assert (closed.type, closed.at) == ("TicketClosed", at)
    assert closed.data.get("reason") == ("已办结" if category == "grave" else None)
    if category == "fault":
        assert old.fields == {"answer": "已处理"}


def test_an_answer_that_comes_later_finishes_the_ticket_that_is_there(importer: Importer) -> None:
    mapping = REPLIED.replace("CATEGORY", "fault")
    importer.tickets(importer.table(REPLIES), mapping)
    later = importer.table(REPLIES.replace("新问题,,", "新问题,也处理了,2021-02-01 10:00"))
    report = importer.tickets(later, mapping)
    assert (report.done, report.known) == (1, 1)
    assert set(Ticket.objects.values_list("state", flat=True)) == {State.CLOSED}


def test_a_ticket_somebody_has_in_hand_is_left_to_them(
    importer: Importer, actor_of: Callable[[Staff], Actor]
) -> None:
    from gongdan.core.tickets.actions.catalogue import VERBS
    from gongdan.core.tickets.actions.shape import perform

    mapping = REPLIED.replace("CATEGORY", "fault")
    importer.tickets(importer.table(REPLIES), mapping)
    number = Ticket.objects.get(external_id="archive:8").number
    perform("accept", number, VERBS["accept"].args(), actor=actor_of(importer.organisation.clerk))
    later = importer.table(REPLIES.replace("新问题,,", "新问题,也处理了,2021-02-01 10:00"))
    assert importer.tickets(later, mapping).rejected == 1
    assert "already_accepted" in importer.rejected(later)
    assert Message.objects.count() == 1


BAD = """编号,时间,内容,类别,速度,自,再
1,2020-01-01,好,宽带,12.5,2019-12-31,是
,2020-01-01,没有编号,宽带,,,
3,昨天,时间不对,宽带,,,
4,2999-01-01,还没到,宽带,,,
5,2020-01-01,,宽带,,,
6,2020-01-01,没有类别,火星,,,
7,2020-01-01,速度不对,宽带,快,,
8,2020-01-01,日子不对,宽带,,2020-13-01,
9,2020-01-01,是不是,宽带,,,也许
1,2020-01-01,编号重复,宽带,,,
11,2020-01-01,格子多,宽带,,,,多
12,2020-01-01,空字符\0,宽带,,,
13,2020-01-01,好,宽带,0,,否
"""
BAD_MAPPING = """
source: bad
ticket:
  external_id: 编号
  body: 内容
  received_at: 时间
  category: {column: 类别, table: {宽带: broadband}}
  fields:
    speed: {column: 速度, as: number}
    since: {column: 自, as: date}
    again: {column: 再, as: yes_no}
"""
REASONS = [
    (3, "external_id_missing"),
    (4, "unreadable_time"),
    (5, "future_time"),
    (6, "invalid_value: body"),
    (7, "untranslatable"),
    (8, "not_a_number"),
    (9, "unreadable_time"),
    (10, "not_yes_or_no"),
    (11, "repeated_id"),
    (12, "too_many_cells"),
    (13, "unusable_text"),
]


def test_bad_rows_go_to_a_file_with_the_reason_and_the_rest_goes_in(importer: Importer) -> None:
    table = importer.table(BAD)
    report = importer.tickets(table, BAD_MAPPING)
    assert (report.rows, report.done, report.rejected, report.adds_up) == (13, 2, 11, True)
    rows = list(csv.DictReader(importer.rejected(table).splitlines()))
    for row, (number, reason) in zip(rows, REASONS, strict=True):
        assert int(row["_row"]) == number
        assert row["_reason"].startswith(reason), row
    assert rows[2]["内容"] == "还没到"
    first = Ticket.objects.get(external_id="bad:1")
    assert first.fields == {"speed": 12.5, "since": "2019-12-31", "again": True}


def test_rejected_rows_put_right_can_be_imported_as_they_are(importer: Importer) -> None:
    table = importer.table(BAD)
    importer.tickets(table, BAD_MAPPING)
    mended = importer.rejected(table).replace("昨天", "2020-01-05")
    report = importer.tickets(importer.table(mended, "mended.csv"), BAD_MAPPING)
    assert report.done == 1
    assert Ticket.objects.filter(external_id="bad:3").exists()


def test_the_file_of_rejected_rows_is_of_the_last_run(importer: Importer) -> None:
    table = importer.table(BAD)
    importer.tickets(table, BAD_MAPPING)
    importer.table(BAD.splitlines()[0] + "\n21,2020-01-01,好,宽带,,,\n")
    assert importer.tickets(table, BAD_MAPPING).done == 1
    assert importer.rejected(table) == ""


def test_a_refusal_by_the_form_names_the_field(importer: Importer) -> None:
    mapping = BAD_MAPPING.replace("speed: {column: 速度, as: number}", "speed: 速度")
    table = importer.table("编号,时间,内容,类别,速度,自,再\n7,2020-01-01,x,宽带,很快,,\n")
    importer.tickets(table, mapping)
    assert "invalid_fields" in importer.rejected(table)
    assert "speed" in importer.rejected(table)


def test_an_answer_older_than_its_request_is_rejected(importer: Importer) -> None:
    table = importer.table(REPLIES.replace("2021-01-03", "2020-12-03"))
    importer.tickets(table, REPLIED.replace("CATEGORY", "fault"))
    assert "reply_before_request" in importer.rejected(table)
    assert Ticket.objects.count() == 1


def test_a_row_whose_end_is_refused_leaves_nothing_of_itself(importer: Importer) -> None:
    table = importer.table(REPLIES)
    mapping = REPLIED.replace("CATEGORY", "fault").replace("fields: {answer: 答复}", "fields: {}")
    assert importer.tickets(table, mapping).rejected == 1
    assert list(Ticket.objects.values_list("external_id", flat=True)) == ["archive:8"]


def test_a_check_changes_nothing_and_finds_the_same(importer: Importer) -> None:
    table = importer.table(BAD)
    report = importer.tickets(table, BAD_MAPPING, check=True)
    assert (report.done, report.rejected) == (2, 11)
    assert not Ticket.objects.exists()
    doubled = importer.table(MESSAGES, "messages.csv")
    assert importer.tickets(doubled, MAPPING, check=True).done == 3
    assert not Customer.objects.exists()


def test_done_as_a_person_their_rights_count(importer: Importer, actor_of: Callable[[Staff], Actor]) -> None:
    table = importer.table(MESSAGES)
    assert importer.tickets(table, MAPPING, actor=actor_of(importer.organisation.clerk)).rejected == 3
    assert "no_right" in importer.rejected(table)
    assert importer.tickets(table, MAPPING, actor=actor_of(importer.organisation.agent)).done == 3
    assert {one.opened_by_id for one in Ticket.objects.all()} == {importer.organisation.agent.pk}


def test_customers_twice_in_one_batch_are_one(importer: Importer) -> None:
    importer.tickets(importer.table(MESSAGES), MAPPING)
    assert list(Customer.objects.order_by("id").values_list("external_id", flat=True)) == [
        "writer:甲",
        "writer:乙",
    ]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("source: x", "no part `ticket:`"),
        ("[]", "table of"),
        ("source: x\nticket: {external_id: a}", "ticket.category"),
        ("source: 有 空格\nticket: {}", "source"),
        ("source: x\nzone: Mars/Base\nticket: {external_id: a, body: b, category: c}", "time zone"),
        ("source: x\nticket: {external_id: {columm: a}, body: b, category: c}", "columm"),
        ("source: x\nticket: {external_id: {}, body: b, category: c}", "exactly one"),
        ("source: [unclosed", "no YAML"),
        ("source: x\ntable: {encoding: klingon}\nticket: {external_id: a, body: b, category: c}", "encoding"),
    ],
)
def test_a_wrong_mapping_is_refused_before_the_first_row(
    importer: Importer, mapping: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        importer.tickets(importer.table(MESSAGES), mapping)
    assert words in refused.value.sentence


def test_a_column_that_is_not_there_is_named_with_the_nearest(importer: Importer) -> None:
    with pytest.raises(Invalid) as refused:
        importer.tickets(importer.table(MESSAGES), MAPPING.replace("subject: 标题", "subject: 标 题"))
    assert "'标 题'" in refused.value.sentence
    assert "'标题'" in refused.value.sentence
