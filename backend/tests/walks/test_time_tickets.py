"""The time of a ticket on its page: what was counted adds up, a pause stands, an extension keeps the old limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.walks.desk import Desk
from tests.walks.timely import limited, minutes, taken_up_late

pytestmark = pytest.mark.walk
SignIn = Callable[..., Desk]
SHANGHAI = ZoneInfo("Asia/Shanghai")
SPAN = re.compile(r"(\d+):(\d\d):(\d\d)")


def seconds(text: str) -> int:
    found = SPAN.search(text)
    assert found is not None, text
    hours, minutes, rest = (int(part) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def adds_up(sum_line: Locator) -> int:
    """The terms of a sum on the screen give what stands after the sign of equality; answers that."""
    terms = [seconds(text) for text in sum_line.locator(".term").all_inner_texts()]
    signs = sum_line.locator(".sign").all_inner_texts()
    assert signs[-1] == "="
    given = [terms[0], *(term if sign == "+" else -term for sign, term in zip(signs, terms[1:], strict=True))]
    assert sum(given[:-1]) == -given[-1]
    return terms[-1]


def test_every_receipt_on_the_page_adds_up(sign_in: SignIn) -> None:
    head = sign_in("head")
    head.go("/cards")
    lines = head.page.get_by_role("list", name="黄红牌").get_by_role("listitem")
    expect(lines.first).to_be_visible()
    panel = head.page.get_by_role("tabpanel")
    clocks, shares = panel.locator("section.clock"), panel.get_by_role("table", name="各部门用时")
    for address in [line.get_by_role("link").first.get_attribute("href") for line in lines.all()[:20]]:
        head.go(str(address))
        expect(clocks.first).to_be_visible()
        if shares.count():  # of the whole something was counted: not on a day off, nor in its first second
            break
    for clock in clocks.all():
        fold = clock.get_by_role("button").first
        if fold.get_attribute("aria-expanded") == "false":
            fold.click()
        clock.get_by_role("button", name=re.compile("逐段凭据")).click()
        unfold = clock.get_by_role("button", name=re.compile("展开中间"))
        if unfold.count():
            unfold.click()
        sums = clock.get_by_role("group")
        elapsed = adds_up(sums.filter(has_text="经过").first)
        adds_up(sums.filter(has_text="对照时限"))
        spans = clock.get_by_role("table", name="凭据").locator("tbody td:nth-child(4)").all_inner_texts()
        assert sum(seconds(span) for span in spans) == elapsed
    each = [seconds(row) for row in shares.locator("tbody tr").all_inner_texts()]
    assert sum(each) == seconds(shares.locator("tfoot").inner_text())


def test_paused_nothing_counts_and_what_runs_on_is_shown(sign_in: SignIn) -> None:
    admin, agent, clerk, head = (sign_in(one) for one in ("admin", "agent", "clerk", "head"))
    one = taken_up_late(agent, clerk, "等客户回话")
    stay = {"flow": "complaint", "node": "verify", **minutes(90), "pauses": []}
    limited(admin, one, process=minutes(150), nodes=[stay])
    head.open_page(one.number)
    head.tab("时限")
    whole, node = (head.page.get_by_role("region", name=name) for name in ("全程", "环节「核实」"))
    expect(whole.get_by_role("button").first).to_contain_text("2:30:00")
    head.do("暂停", words=[("原因", "客户晚上才在家")], choices=["等待客户"])
    expect(whole.get_by_role("button").first).to_contain_text("已暂停")
    expect(node.get_by_role("button").first).to_contain_text("计时中")
    turn = head.page.get_by_role("region", name="轮到谁")
    expect(turn).to_contain_text("剩 1小时29分")  # a pause does not stop the stay, so it is not called paused
    clerk.go("/todo")
    expect(clerk.line_of(one.number)).to_contain_text(re.compile("剩 1小时.*暂停", re.DOTALL))


def test_a_due_time_nobody_can_be_sure_of_is_marked_everywhere(sign_in: SignIn) -> None:
    admin, agent, clerk = (sign_in(one) for one in ("admin", "agent", "clerk"))
    one = taken_up_late(agent, clerk, "多年以后")
    long = {"amount": 300, "unit": "days"}  # beyond the years whose tables can be known
    limited(
        admin, one, calendar="standard", process=long, nodes=[{"flow": "complaint", "node": "verify", **long}]
    )
    clerk.open_page(one.number)
    head = clerk.page.locator("header.head")
    expect(head).to_contain_text("暂定")
    expect(clerk.page.get_by_role("region", name="轮到谁")).to_contain_text("暂定")
    clerk.tab("时限")
    node = clerk.page.get_by_role("region", name="环节「核实」")
    expect(node.get_by_role("button").first).to_contain_text("暂定")
    clerk.go("/todo")
    line = clerk.line_of(one.number)
    expect(line).to_contain_text("暂定")
    left, number = (line.locator(part).bounding_box() for part in (".time .left", ".id"))
    assert left is not None and number is not None  # noqa: PT018  for the type
    assert left["x"] + left["width"] <= number["x"]  # the mark has room


def test_an_extension_keeps_the_first_limit_in_sight(sign_in: SignIn) -> None:
    admin, agent, clerk, head = (sign_in(one) for one in ("admin", "agent", "clerk", "head"))
    one = taken_up_late(agent, clerk, "配件明天到")
    stay = {"flow": "complaint", "node": "verify", **minutes(90)}
    terms = {"most": 1, "longest_amount": 2, "working": False, "decided_by": "head"}
    limited(admin, one, nodes=[stay], extension=terms)
    clerk.open_page(one.number)
    clerk.tab("时限")
    node = clerk.page.get_by_role("region", name="环节「核实」")
    expect(node.get_by_role("button").first).to_contain_text("1:30:00")
    panel = clerk.begin("申请延期")
    expect(panel).to_contain_text("最多 1 次")
    until = (datetime.now(SHANGHAI) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    clerk.field("延到", panel).fill(until)
    clerk.press("Tab")
    clerk.field("原因", panel).fill("配件在途")
    clerk.button("确认申请延期", panel).click()
    expect(panel).to_be_hidden()

    head.open_page(one.number)
    head.do("审批延期", words=[("原因", "同意一次")], choices=["同意"])
    if node.get_by_role("button").first.get_attribute("aria-expanded") == "false":
        node.get_by_role("button").first.click()
    expect(node).to_contain_text("原 1:30:00")
    expect(clerk.verbs().get_by_role("button", name="申请延期", exact=True)).to_have_count(0)
