"""What reading a document needs everywhere: collecting findings, checking keys, titles, limits, lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import TypeVar

from gongdan.core.flow.definition import Duration, Finding
from gongdan.core.flow.phrases import PhraseError, read_duration
from gongdan.core.flow.yaml_tree import Many, Table, Text, Tree

LOCALES = ("zh-Hans", "en", "zh-Hant")
MAX_TITLE = 120
MAX_HINTS = 50  # looking for what was meant costs time, and nobody reads that many
T = TypeVar("T")


class Reader:
    """Collects findings; every method goes on after one, so that a document shows all its faults at once.

    `lines` remembers where each place ("node x", "edge a -> b") was written.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.lines: dict[str, int] = {}

    def find(self, code: str, place: str, message: str, line: int | None) -> None:
        self.findings.append(Finding(code, place, message, line))

    def meant(self, word: str, known: Iterable[str]) -> str:
        """A suggestion to append to a sentence, empty when nothing comes near."""
        if len(self.findings) > MAX_HINTS:
            return ""
        near = get_close_matches(word[:64], list(known), n=1, cutoff=0.6)
        return f"; do you mean {near[0]!r}?" if near else ""

    def keys(self, table: Table, allowed: tuple[str, ...], place: str) -> dict[str, Tree]:
        """The table's values by key; unknown keys are refused with a suggestion."""
        for key, _ in table.items:
            if key.value not in allowed:
                hint = self.meant(key.value, allowed) or f"; possible here: {', '.join(allowed)}"
                self.find("unknown_key", place, f"{key.value!r} is not known here{hint}", key.line)
        return {key.value: value for key, value in table.items if key.value in allowed}

    def text(self, tree: Tree | None, place: str) -> str | None:
        """One text, or None when the key is absent or is something else (then with a finding)."""
        if tree is None:
            return None
        if isinstance(tree, Text) and tree.value.strip():
            return tree.value.strip()
        self.find("bad_shape", place, "one word or phrase is expected here", tree.line)
        return None

    def phrase(self, tree: Tree | None, read: Callable[[str], T], place: str, default: T) -> T:
        """The phrase as `read` understands it, `default` when it is absent or wrong."""
        text = self.text(tree, place)
        if text is None or tree is None:
            return default
        try:
            return read(text)
        except PhraseError as error:
            self.find("bad_phrase", place, str(error), tree.line)
            return default

    def words(self, tree: Tree | None, place: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        if tree is None:
            return ()
        if isinstance(tree, Text):
            return (tree.value.strip(),)
        if isinstance(tree, Many) and all(
            isinstance(item, Text) and item.value.strip() for item in tree.items
        ):
            return tuple(item.value.strip() for item in tree.items if isinstance(item, Text))
        self.find("bad_shape", place, "a list is expected here: [one, two]", tree.line)
        return ()

    def pairs(self, tree: Tree | None, place: str) -> list[tuple[Text, Tree]]:
        """The entries of a table, none when it is absent or something else (then with a finding)."""
        if tree is None:
            return []
        if isinstance(tree, Table):
            return tree.items
        self.find("bad_shape", place, "a table is expected here: {name: value}", tree.line)
        return []

    def titles(self, tree: Tree | None, place: str) -> dict[str, str] | None:
        """{locale: text}. A plain text is the title in Chinese."""
        if tree is None:
            return None
        if isinstance(tree, Text):
            tree = Table([(Text(LOCALES[0], tree.line), tree)], tree.line)
        if not isinstance(tree, Table):
            self.find("bad_shape", place, "a title is a text or {zh-Hans: …, en: …, zh-Hant: …}", tree.line)
            return None
        titles: dict[str, str] = {}
        for locale, value in self.keys(tree, LOCALES, place).items():
            text = self.text(value, place)
            if text is not None and len(text) > MAX_TITLE:
                self.find("too_long", place, f"a title has at most {MAX_TITLE} characters", value.line)
            elif text is not None:
                titles[locale] = text
        return titles or None

    def limit(self, tree: Tree | None, place: str) -> tuple[Duration | None, Duration | None]:
        """(limit, yellow card before it): `4 working hours` or `{time: …, yellow: … before}`."""
        if not isinstance(tree, Table):
            return self.phrase(tree, read_duration, place, None), None
        parts = self.keys(tree, ("time", "yellow"), place)
        time = self.phrase(parts.get("time"), read_duration, place, None)
        yellow = self.phrase(parts.get("yellow"), read_duration, place, None)
        if "time" not in parts:
            self.find("missing", place, "`time:` is missing in the limit", tree.line)
        if time and yellow and time.working == yellow.working and yellow.plain_minutes >= time.plain_minutes:
            self.find("bad_limit", place, "the yellow card must come after the beginning", tree.line)
        return time, yellow
