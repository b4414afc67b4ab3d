"""What a flow document may say, and every way it is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gongdan.core.conditions import parse as condition
from gongdan.core.flow.definition import Definition, Duration, FieldMode, HandledBy, Kind, allowed_verbs
from gongdan.core.flow.document import DocumentError, from_json, parse, to_json
from gongdan.core.flow.kinds import DEFAULT_VERBS
from gongdan.core.flow.prove import findings

DEMO = Path(__file__).parents[2] / "gongdan/core/flow/demo"
SAMPLE = """
flow: complaint
title: {zh-Hans: 投诉处理, en: Complaint}
limit: 2 working days

nodes:
  intake:   {kind: start, form: complaint}
  verify:
    kind: task
    title: {zh-Hans: 核实, en: Verify}
    handled_by: department of category
    limit: {time: 4 working hours, yellow: 1 working hour before}
    on_timeout: [red card, notify head of department]
    fields: {facts: required, evidence: optional, liability: hidden}
    outcomes: [valid, invalid, not_ours]
  judge:    {kind: decision}
  explain:  {kind: task, title: 解释, handled_by: role supervisor in department of category, without: [transfer]}
  solve:    {kind: split}
  repair:   {kind: task, handled_by: department network, limit: {time: 1 working day}}
  compensate: {kind: countersign, handled_by: role billing supervisor, agree: 2 of 3}
  solved:   {kind: join, wait_for: every branch that was started}
  callback: {kind: callback, sample: 100 %, script: complaint, tries: 3, retry_after: 2 hours}
  done:     {kind: end}

edges:
  - intake -> verify -> judge
  - judge -> explain:      outcome is invalid
  - judge -> intake:       not_ours
  - judge -> solve:        otherwise
  - solve -> repair
  - solve -> compensate:   amount over 0
  - repair, compensate -> solved
  - solved, explain → callback
  - callback -> verify:    dissatisfied
  - callback -> done:      otherwise
"""


def small(nodes: str = "", edges: str = "- intake -> work -> done", work: str = "handled_by: team a") -> str:
    """A flow of three nodes, with more nodes, other edges or another body of `work`."""
    return (
        f"flow: small\nnodes:\n  intake: {{kind: start}}\n  work: {{kind: task, {work}}}\n"
        f"  done: {{kind: end}}\n{nodes}\nedges:\n  {edges}\n"
    )


def refused(text: str) -> dict[str, str]:
    with pytest.raises(DocumentError) as caught:
        parse(text)
    assert all(found.line for found in caught.value.findings)
    return {found.code: str(found) for found in caught.value.findings}


def test_a_document_says_what_it_says() -> None:
    flow = parse(SAMPLE)
    verify = flow.nodes["verify"]
    assert (flow.code, flow.start, flow.limit) == ("complaint", "intake", Duration(2, "days", working=True))
    assert (verify.limit, verify.yellow) == (Duration(4, "hours", True), Duration(1, "hours", True))
    assert verify.fields == {
        "facts": FieldMode.REQUIRED,
        "evidence": FieldMode.OPTIONAL,
        "liability": FieldMode.HIDDEN,
    }
    assert verify.outcomes == ("valid", "invalid", "not_ours")
    assert verify.outcome_titles["valid"]["zh-Hans"] == "属实"
    assert verify.handled_by == HandledBy("category_department")
    assert verify.on_timeout == ("red card", "notify head of department")
    assert flow.nodes["explain"].handled_by == HandledBy("category_department", role="supervisor")
    assert flow.nodes["explain"].title == {"zh-Hans": "解释"}
    assert allowed_verbs(flow.nodes["explain"]) == DEFAULT_VERBS[Kind.TASK] - {"transfer"}
    assert flow.nodes["compensate"].handled_by == HandledBy("role", "billing_supervisor")
    assert flow.nodes["compensate"].agree == (2, 3)
    callback = flow.nodes["callback"]
    assert (callback.sample, callback.tries, callback.retry_after) == (1.0, 3, Duration(2, "hours"))
    assert flow.edges_from("solve")[1].condition == condition("amount over 0")
    assert flow.edges_from("judge")[0].condition == condition("outcome is invalid")
    assert flow.edges_from("callback")[0].another_handler


def test_the_same_handler_can_be_asked_for() -> None:
    flow = parse(SAMPLE.replace("dissatisfied", "dissatisfied, to the same handler"))
    assert not flow.edges_from("callback")[0].another_handler


def test_it_is_stored_without_loss() -> None:
    flow = parse(SAMPLE)
    assert from_json(json.loads(json.dumps(to_json(flow)))) == flow


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_demo_flows_are_sound_and_titled_in_every_language(path: Path) -> None:
    flow = parse(path.read_text("utf-8"))
    assert flow.code == path.stem
    assert from_json(to_json(flow)) == flow
    titles = [flow.title] + [node.title for node in flow.nodes.values()]
    titles += [title for node in flow.nodes.values() for title in node.outcome_titles.values()]
    assert all(set(title) == {"zh-Hans", "en", "zh-Hant"} for title in titles)


REFUSED = {
    "empty": "",
    "not_yaml": "flow: [",
    "not_a_flow": "- a\n- b",
    "missing": "flow: x",
    "alias": "flow: &a x\nnodes: *a",
    "tag": "flow: !!python/object:os.system x",
    "duplicate_key": small("  done: {kind: end}"),
    "bad_key": "? [a, b]\n: c",
    "unknown_key": small(work="handled_by: team a, outcome: [a]"),
    "key_of_other_kind": small(work="handled_by: team a, agree: 1 of 2"),
    "unknown_kind": small("  more: {kind: tusk}"),
    "not_supported_yet": small("  more: {kind: timer}"),
    "bad_code": small("  More!: {kind: task}"),
    "bad_shape": small(work="handled_by: [a]"),
    "bad_phrase": small(work="handled_by: somebody"),
    "bad_field_mode": small(work="handled_by: team a, fields: {x: maybe}"),
    "unknown_verb": small(work="handled_by: team a, verbs: [proces]"),
    "bad_limit": small(work="handled_by: team a, limit: {time: 1 hour, yellow: 60 minutes}"),
    "too_long": small(work=f"handled_by: team a, title: {'长' * 121}"),
    "bad_edge": small(edges="- intake"),
    "unknown_node": small(edges="- intake -> wrok -> done"),
    "bad_condition": small(edges="- intake -> work\n  - work -> done: amount above 3"),
    "no_start": small().replace("kind: start", "kind: task, handled_by: opener"),
    "many_starts": small("  other: {kind: start}"),
    "no_end": small().replace("kind: end", "kind: task, handled_by: opener"),
    "no_handler": small(work="limit: 1 day"),
    "unknown_handler": small(work="handled_by: handler of nobody"),
    "hidden_handler": small(work="handled_by: field who, fields: {who: hidden}"),
    "dead_end": small(edges="- intake -> work"),
    "end_goes_on": small(edges="- intake -> work -> done -> work"),
    "edge_twice": small(edges="- intake -> work -> done\n  - intake -> work"),
    "otherwise_twice": small(
        edges="- intake -> work\n  - work -> done: otherwise\n  - work -> intake: otherwise"
    ),
    "ambiguous": small(edges="- intake -> work -> done\n  - work -> intake: amount over 3"),
    "uncovered": small(edges="- intake -> work\n  - work -> done: amount over 3"),
    "unknown_outcome": small(edges="- intake -> work\n  - work -> intake: bad\n  - work -> done: otherwise"),
    "unreachable": small(
        "  alone: {kind: task, handled_by: team a}", "- intake -> work -> done\n  - alone -> done"
    ),
    "no_way_to_end": small(
        "  round: {kind: task, handled_by: team a}",
        "- intake -> work\n  - work -> done: amount over 1\n  - work -> round: otherwise\n  - round -> round",
    ),
    "split_too_small": small("  s: {kind: split}\n  j: {kind: join}", "- intake -> s -> work -> j -> done"),
    "join_alone": small("  j: {kind: join}", "- intake -> work -> j -> done"),
    "many_joins": small(
        "  s: {kind: split}\n  j: {kind: join}\n  k: {kind: join}\n  more: {kind: task, handled_by: team a}",
        "- intake -> s -> work, more\n  - work -> j\n  - more -> k\n  - j, k -> done",
    ),
    "end_in_split": small(
        "  s: {kind: split}\n  more: {kind: task, handled_by: team a}", "- intake -> s -> work, more -> done"
    ),
    "uneven": small(
        "  s: {kind: split}\n  j: {kind: join}\n  more: {kind: task, handled_by: team a}",
        "- intake -> s -> work, more -> j -> done\n  - more -> intake: amount over 3",
    ),
    "endless": small(
        "  d: {kind: decision}\n  e: {kind: decision}",
        "- intake -> work -> d\n  - d -> e: amount over 3\n  - d -> done: otherwise\n  - e -> d",
    ),
    "too_large": "flow: x\n" + "# 很长\n" * 100_000,
    "too_deep": "flow: " + "[" * 100_000,
    "too_many": small("\n".join(f"  n{number}: {{kind: end}}" for number in range(201))),
}


@pytest.mark.parametrize("code", REFUSED)
def test_refused_with_code_and_line(code: str) -> None:
    assert code in refused(REFUSED[code])


@pytest.mark.parametrize(
    "text", ["flow: \0", "flow: \ud800", "a: b: c", "flow: x\n---\nflow: y", "\t- x", "%%%"]
)
def test_garbage_is_refused_not_crashed_on(text: str) -> None:
    assert refused(text)


HOSTILE = {
    "names": small(edges="- " + ",".join("a" for _ in range(50_000)) + " -> " + "b," * 50_000 + "b"),
    "keys": "flow: x\nnodes:\n" + "\n".join(f"  k{number}: {{kind: end}}" for number in range(10_000)),
    "chain": small(edges="- " + " -> ".join(["intake"] * 20_000)),
    "brackets": small(edges="- intake -> work: " + "(" * 100_000),
    "blanks": small(edges="- 'intake" + " " * 200_000 + "x'"),
    "spaces": small(edges="- intake -> work: '" + "," + " " * 100_000 + "x'"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_without_effort(name: str) -> None:
    assert len(refused(HOSTILE[name])) < 10


def test_a_finding_names_the_line_and_what_was_meant() -> None:
    found = refused(SAMPLE.replace("handled_by: department network", "handeld_by: department network"))
    assert found["unknown_key"] == "line 19: 'handeld_by' is not known here; do you mean 'handled_by'?"


def test_all_faults_are_told_at_once() -> None:
    text = SAMPLE.replace("2 of 3", "4 of 3").replace("kind: split", "kind: spilt").replace("2 hours", "soon")
    assert set(refused(text)) == {"bad_phrase", "unknown_kind"}


def test_an_uncovered_outcome_is_shown_as_the_example() -> None:
    text = small(
        edges="- intake -> work\n  - work -> done: good", work="handled_by: team a, outcomes: [good, bad]"
    )
    assert "with outcome bad there is no way out of work" in refused(text)["uncovered"]


def test_covering_every_outcome_needs_no_otherwise() -> None:
    work = "handled_by: team a, outcomes: [good, fair, bad]"
    edges = "- intake -> work\n  - work -> done: outcome in (good, fair)\n  - work -> intake: bad"
    assert isinstance(parse(small(edges=edges, work=work)), Definition)


def test_the_outcome_of_an_earlier_node_can_be_asked() -> None:
    edges = "- intake -> work\n  - work -> done: outcome of intake is {}\n  - work -> intake: otherwise"
    assert isinstance(parse(small(edges=edges.format("submitted"))), Definition)
    assert "unknown_outcome" in refused(small(edges=edges.format("lost")))


def test_a_field_the_form_demands_must_not_be_hidden_at_the_start() -> None:
    flow = parse(small().replace("kind: start", "kind: start, fields: {name: hidden}"))
    assert [found.code for found in findings(flow, required=["name", "other"])] == ["required_hidden"]


def test_the_example_in_the_documentation_is_sound() -> None:
    page = (Path(__file__).parents[3] / "docs/flows.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert parse(example).code == "complaint"


def test_every_finding_of_the_proof_is_documented_and_tested() -> None:
    root = Path(__file__).parents[3]
    source = (root / "backend/gongdan/core/flow/prove.py").read_text("utf-8")
    page = (root / "docs/flows.md").read_text("utf-8")
    codes = set(re.findall(r'Finding\(\s*"(\w+)"', source)) | {"no_start", "many_starts"}
    assert {code for code in codes if f"`{code}`" not in page} == set()
    assert codes - REFUSED.keys() == {"required_hidden"}
