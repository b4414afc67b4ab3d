"""The desk as a person uses it: by its words, its fields' labels and its keys. Nothing here knows how a page is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.walks.watching import Watch

NUMBER = re.compile(r"\d{8}-\d{6}")
MOD_ENTER = "Control+Enter"
Pairs = Iterable[tuple[str, str]]


class Desk:
    """One person at one window. `at` is the address of the product."""

    def __init__(self, context: BrowserContext, at: str, watch: Watch) -> None:
        self.context = context
        self.at = at
        self.watch = watch
        self.page: Page = context.new_page()

    def go(self, path: str) -> None:
        """Enter an address and wait until there is a page."""
        self.page.goto(f"{self.at}{path}")
        expect(self.page.get_by_role("main").first).to_be_visible()

    def sign_in(self, username: str, password: str) -> None:
        """On the page one is on, which asks for it."""
        self.field("账号").fill(username)
        self.field("密码").fill(password)
        self.page.keyboard.press("Enter")

    def in_time(self) -> None:
        """Wait until the frame stands: one is signed in."""
        expect(self.page.get_by_role("banner")).to_be_visible()

    def fields(self, label: str, within: Locator | None = None) -> Locator:
        """All controls with this label, required or not."""
        exactly = re.compile(rf"^\s*{re.escape(label)}\s*(必填)?\s*$")
        return (within or self.page).get_by_label(exactly)

    def hold(self, address: re.Pattern[str]) -> Callable[[], None]:
        """Requests to this address wait until the returned function is called, as on a slow line."""
        held: list[Route] = []
        free = False

        def wait_or_go(route: Route) -> None:
            route.continue_() if free else held.append(route)

        def release() -> None:
            nonlocal free
            free = True
            for route in held:
                route.continue_()

        self.page.route(address, wait_or_go)
        return release

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The first of them."""
        return self.fields(label, within).first

    def button(self, name: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def told(self, text: str | re.Pattern[str]) -> Locator:
        """What the page says in answer to what one did."""
        note = self.page.locator("[role=status], [role=alert]").filter(has_text=text).first
        expect(note).to_be_visible()
        return note

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        """Open a list by its label and take one of its answers."""
        self.field(label, within).click(force=True)  # its placeholder lies above it
        self.page.get_by_role("option", name=option).locator("visible=true").first.click()

    # Tickets

    def pick_category(self, letters: str, name: str) -> None:
        """By letters of pinyin; the wanted one is taken with ⏎ when it is first, else with the arrows."""
        field = self.page.get_by_role("combobox", name="业务分类")
        field.fill(letters)
        answers = self.page.get_by_role("listbox", name="业务分类").get_by_role("option")
        wanted = answers.filter(has_text=name).first
        expect(wanted).to_be_visible()
        place = next(at for at, text in enumerate(answers.all_inner_texts()) if name in text)
        self.press(*["ArrowDown"] * place, "Enter")
        expect(field).to_have_value(name)

    def pick_customer(self, typed: str, name: str) -> None:
        """Typed key by key, as on the phone; the first answer is taken with ⏎."""
        self.page.get_by_role("combobox", name="查找客户").press_sequentially(typed)
        expect(self.page.get_by_role("listbox", name="查找客户").get_by_role("option").first).to_contain_text(
            name
        )
        self.press("Enter")
        expect(self.page.locator("form")).to_contain_text("更换")

    def open_ticket(
        self, letters: str, category: str, body: str, customer: tuple[str, str] | None = None
    ) -> str:
        """A new ticket, submitted by keyboard. Returns its number."""
        self.go("/tickets/new")
        if customer:
            self.pick_customer(*customer)
        self.pick_category(letters, category)
        self.field("诉求").fill(body)
        self.press(MOD_ENTER)
        return self.number_told("已提交")

    def number_told(self, word: str) -> str:
        said = self.told(re.compile(rf"{word}.*{NUMBER.pattern}")).inner_text()
        found = NUMBER.search(said)
        assert found is not None
        return found.group()

    def line_of(self, number: str) -> Locator:
        """The line of a list that is about this ticket."""
        return self.page.get_by_role("listitem").filter(has_text=number)

    def move_to(self, number: str) -> None:
        """J until the line of the ticket is the chosen one."""
        line = self.line_of(number)
        expect(line).to_be_visible()
        lines = self.page.locator("main li.row")
        texts = lines.all_inner_texts()
        place = next(at for at, text in enumerate(texts) if number in text)
        for _ in range(place + 1):
            self.press("j")
        expect(line).to_have_attribute("aria-current", "true")

    def open_page(self, number: str) -> None:
        self.go(f"/tickets/{number}")
        expect(self.page.get_by_role("main")).to_contain_text(number)
        expect(self.verbs()).to_be_visible()

    def verbs(self) -> Locator:
        return self.page.get_by_role("region", name="可以做的操作")

    def begin(self, verb: str) -> Locator:
        """Open the panel of a verb; returns it."""
        button = self.verbs().get_by_role("button", name=verb, exact=True)
        more = self.verbs().get_by_role("button", name="更多", exact=True)
        expect(button.or_(more).first).to_be_visible()
        if not button.count():
            more.click()
        button.click()
        panel = self.page.get_by_role("form", name=verb)
        expect(panel).to_be_visible()
        return panel

    def do(self, verb: str, words: Pairs = (), choices: Iterable[str] = (), lists: Pairs = ()) -> None:
        """A verb with what it asks for: `choices` are buttons, `lists` (label, option), `words` (label, text)."""
        panel = self.begin(verb)
        for one in choices:
            panel.get_by_role("radio", name=one, exact=True).click()
        for label, option in lists:
            self.choose(label, option, panel)
        for label, text in words:
            self.field(label, panel).fill(text)
        self.button(f"确认{verb}", panel).click()
        expect(panel).to_be_hidden()

    def accept(self) -> None:
        """签收, which asks for nothing."""
        self.verbs().get_by_role("button", name="签收", exact=True).click()
        self.told(re.compile("签收"))

    def stands_at(self, node: str) -> None:
        """The ticket on the page is at this node now, as the drawn flow says."""
        here = re.compile(rf"^{re.escape(node)} · 当前")
        expect(
            self.page.get_by_role("figure", name="流程").get_by_role("listitem", name=here)
        ).to_be_visible()

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()
