"""The steps of a complaint, each as the person does it who is asked to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import expect

from tests.walks.desk import MOD_ENTER, Desk

CALLER = ("199 0000 0014", "朱玉珍")
BODY = "约好上午来修宽带，等到晚上无人上门。客户已经请假一天，要求道歉并尽快解决。"


@dataclass(frozen=True)
class Complaint:
    """The subject tells it apart where a list shows no number."""

    number: str
    subject: str


def complain(agent: Desk, subject: str) -> Complaint:
    """The customer by number as one types, the category by two letters, the subject from the first line, Ctrl-⏎."""
    told_apart = f"{subject} {uuid4().hex[:6]}"
    number = agent.open_ticket("sm", "上门超时", f"{told_apart}\n{BODY}", customer=CALLER)
    return Complaint(number, told_apart)


def verify(clerk: Desk, one: Complaint) -> None:
    """Found in the department's list, accepted there with Y, verified on its page."""
    clerk.go("/todo/department")
    clerk.move_to(one.number)
    clerk.press("y")
    clerk.told(f"已签收 {one.number}")
    clerk.open_page(one.number)
    words = [("处理结果", "情况属实"), ("核实情况", "派单记录为上午，实际未派人。")]
    clerk.do("处理", words=words, choices=["属实"])
    clerk.stands_at("处理整改")


def handle(clerk: Desk, one: Complaint, result: str) -> None:
    """Accepted on the ticket's page; what was verified can be read there."""
    clerk.open_page(one.number)
    clerk.accept()
    clerk.tab("表单")
    expect(clerk.page.get_by_role("tabpanel")).to_contain_text("派单记录为上午")
    panel = clerk.begin("处理")
    for field in clerk.fields("处理结果", panel).all():  # of the verb and of the complaint's own form
        field.fill(result)
    clerk.press(MOD_ENTER)
    clerk.stands_at("主管审批")


def approve(supervisor: Desk, one: Complaint) -> None:
    supervisor.open_page(one.number)
    supervisor.accept()
    supervisor.do("处理", choices=["同意"], lists=[("责任认定", "我方责任")])
    supervisor.stands_at("回访")


def call_back(caller: Desk, one: Complaint, result: str, note: str) -> None:
    """From the callback list: the script is read, the result chosen, the words typed, Ctrl-⏎."""
    caller.go("/callbacks")
    line = (
        caller.page.get_by_role("list", name="回访待办").get_by_role("listitem").filter(has_text=one.subject)
    )
    line.click()
    page = caller.page.get_by_role("region", name=one.subject)
    expect(page).to_contain_text(one.number)
    expect(page).to_contain_text(f"您投诉的「{one.subject}」已有处理结果")
    expect(page).to_contain_text("不可说")
    page.get_by_role("radio", name=re.compile(rf"^\d {result}$")).click()
    caller.field("客户怎么说", page).fill(note)
    caller.press(MOD_ENTER)
    expect(line).to_have_count(0)
