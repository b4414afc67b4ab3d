"""Own fields: definitions are read with every mistake named, values are checked with every mistake named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdan.core.catalogue.forms import FieldDefinition, check_values, parse_fields, with_defaults
from gongdan.kernel.errors import Invalid

LABEL = {"zh-Hans": "标签"}
REGIONS = [
    {
        "code": "bj",
        "label": "北京",
        "children": [{"code": "hd", "label": "海淀"}, {"code": "cy", "label": "朝阳"}],
    },
    {"code": "tj", "label": "天津"},
]
WRITTEN: list[dict[str, Any]] = [
    {"code": "order", "type": "text", "label": LABEL, "pattern": r"^[A-Z]{2}\d{4,8}$"},
    {"code": "story", "type": "long_text", "label": LABEL, "max_length": 400},
    {"code": "amount", "type": "money", "label": LABEL, "minimum": 0, "maximum": "100000"},
    {"code": "count", "type": "number", "label": LABEL, "decimals": 0, "minimum": -5, "maximum": 5},
    {"code": "ratio", "type": "number", "label": LABEL},
    {"code": "day", "type": "date", "label": LABEL, "minimum": "2020-01-01"},
    {"code": "moment", "type": "datetime", "label": LABEL},
    {"code": "size", "type": "choice", "label": LABEL, "choices": ["s", "m", {"code": "l", "label": LABEL, "active": False}]},
    {"code": "colours", "type": "multi_choice", "label": LABEL, "choices": ["red", "blue", "green"], "max_items": 2},
    {"code": "region", "type": "cascade", "label": LABEL, "choices": REGIONS},
    {"code": "expert", "type": "person", "label": LABEL},
    {"code": "phone", "type": "phone", "label": LABEL},
    {"code": "mail", "type": "email", "label": LABEL},
    {"code": "where", "type": "address", "label": LABEL},
    {"code": "files", "type": "attachment", "label": LABEL},
    {"code": "agreed", "type": "boolean", "label": LABEL},
]  # fmt: skip
FIELDS = parse_fields(WRITTEN)


def check(values: Mapping[str, Any], modes: Mapping[str, str] | None = None, **before: Any) -> dict[str, Any]:
    return check_values(FIELDS, values, modes or {}, before=before)


def codes(values: Mapping[str, Any], modes: Mapping[str, str] | None = None, **before: Any) -> dict[str, str]:
    """The mistakes found, field to code."""
    with pytest.raises(Invalid) as caught:
        check(values, modes, **before)
    assert caught.value.code == "invalid_fields"
    return {error["field"]: error["code"] for error in caught.value.params["errors"]}


@pytest.mark.parametrize(
    ("code", "value", "clean"),
    [
        ("order", " AB12345 ", "AB12345"),
        ("story", "一\r\n二", "一\n二"),
        ("amount", "12.5", "12.50"),
        ("amount", 12.5, "12.50"),
        ("amount", {"amount": "12.5", "currency": "CNY"}, "12.50"),
        ("count", "-3", -3),
        ("ratio", 0.25, 0.25),
        ("day", "2026-11-22", "2026-11-22"),
        ("moment", "2026-11-22T09:12:00+08:00", "2026-11-22T01:12:00+00:00"),
        ("size", "m", "m"),
        ("colours", ["green", "red", "green"], ["red", "green"]),
        ("region", ["bj", "hd"], ["bj", "hd"]),
        ("region", ["tj"], ["tj"]),
        ("expert", 7, 7),
        ("phone", "010-65529988转801", "+861065529988;ext=801"),
        ("phone", "95598", "95598"),
        ("mail", "Li.Na@Example.COM", "Li.Na@example.com"),
        ("where", {"province": "北京市", "detail": "中关村大街1号"},
         {"province": "北京市", "city": "", "district": "", "detail": "中关村大街1号"}),
        ("files", [3, 4, 3], [3, 4]),
        ("agreed", False, False),
    ],
)  # fmt: skip
def test_values_come_out_clean(code: str, value: Any, clean: Any) -> None:
    assert check({code: value}) == {code: clean}


@pytest.mark.parametrize(
    ("code", "value", "mistake"),
    [
        ("order", "ab1", "pattern"),
        ("order", "A\nB", "invalid_text"),
        ("order", "x" * 201, "too_long"),
        ("story", "a\x00b", "invalid_text"),
        ("story", "\ud800", "invalid_text"),
        ("story", 5, "wrong_type"),
        ("amount", "12.345", "too_precise"),
        ("amount", "-1", "out_of_range"),
        ("amount", {"amount": "1", "currency": "USD"}, "wrong_currency"),
        ("amount", "NaN", "out_of_range"),
        ("count", 1.5, "too_precise"),
        ("count", 6, "out_of_range"),
        ("count", True, "wrong_type"),
        ("ratio", 1e300, "out_of_range"),
        ("day", "2026-02-30", "wrong_type"),
        ("day", "2019-12-31", "out_of_range"),
        ("moment", "2026-11-22T09:12:00", "no_offset"),
        ("size", "l", "unknown_choice"),
        ("size", ["s"], "unknown_choice"),
        ("colours", ["red", "blue", "green"], "too_many"),
        ("region", ["bj"], "not_a_leaf"),
        ("region", ["bj", "hd", "x"], "unknown_choice"),
        ("expert", "7", "wrong_type"),
        ("phone", "保密", "invalid_phone"),
        ("mail", "nobody", "invalid_email"),
        ("where", {"planet": "earth"}, "wrong_type"),
        ("files", [-1], "wrong_type"),
        ("agreed", "yes", "wrong_type"),
        ("nothing", 1, "unknown_field"),
    ],
)
def test_what_does_not_fit_is_named(code: str, value: Any, mistake: str) -> None:
    assert codes({code: value}) == {code: mistake}


def test_every_mistake_is_reported_at_once() -> None:
    assert codes({"count": 9, "size": "xl", "zzz": 1}, {"mail": "required"}) == {
        "count": "out_of_range",
        "size": "unknown_choice",
        "zzz": "unknown_field",
        "mail": "required",
    }


def test_modes_are_kept() -> None:
    modes = {"order": "hidden", "count": "read", "size": "required"}
    assert codes({"order": "AB1234", "count": 2, "size": ""}, modes, count=1, size="s") == {
        "order": "hidden",
        "count": "read_only",
        "size": "required",
    }


def test_hidden_and_read_only_fields_may_come_unchanged() -> None:
    modes = {"order": "hidden", "count": "read"}
    before = {"order": "AB1234", "count": 1}
    assert check({"order": "AB1234", "count": 1, "day": "2026-11-22"}, modes, **before) == {
        **before,
        "day": "2026-11-22",
    }


def test_null_clears_and_what_is_not_sent_stays() -> None:
    assert check({"count": None}, {}, count=1, size="s") == {"size": "s"}


def test_a_choice_closed_since_stays_where_it_is() -> None:
    assert check({"size": "l"}, {}, size="l") == {"size": "l"}


def test_ids_that_do_not_exist_are_refused() -> None:
    def known(kind: str, ids: frozenset[int]) -> frozenset[int]:
        return ids & {"person": {7}, "attachment": {1, 2}}[kind]

    assert check_values(FIELDS, {"expert": 7, "files": [1]}, {}, before={}, known=known)
    with pytest.raises(Invalid) as caught:
        check_values(FIELDS, {"expert": 8, "files": [1, 3]}, {}, before={}, known=known)
    assert [error["code"] for error in caught.value.params["errors"]] == [
        "unknown_person",
        "unknown_attachment",
    ]


def test_defaults_fill_only_what_was_not_mentioned() -> None:
    fields = parse_fields([{"code": "a", "type": "number", "label": "甲", "default": 3}])
    assert with_defaults(fields, {}) == {"a": 3}
    assert with_defaults(fields, {"a": None}) == {"a": None}


@pytest.mark.parametrize(
    ("written", "mistakes"),
    [
        ("x", {"fields": "not_a_list"}),
        ([5], {"fields[0]": "not_an_object"}),
        ([{"code": "a", "type": "colour", "label": "甲"}], {"fields[0].type": "unknown_type"}),
        ([{"code": "1a", "type": "text"}], {"fields[0].code": "invalid_code", "fields[0].label": "invalid_label"}),
        ([{"code": "a", "type": "text", "label": "甲"}] * 2, {"fields": "repeated_code"}),
        ([{"code": "a", "type": "text", "label": "甲", "pattern": "(a+)+$"}], {"fields[0].pattern": "invalid_pattern"}),
        ([{"code": "a", "type": "text", "label": "甲", "pattern": "a?a?a?a?aaaa"}], {"fields[0].pattern": "invalid_pattern"}),
        ([{"code": "a", "type": "date", "label": "甲", "choices": []}], {"fields[0].choices": "unknown_setting"}),
        ([{"code": "a", "type": "choice", "label": "甲"}], {"fields[0].choices": "invalid_choices"}),
        ([{"code": "a", "type": "choice", "label": "甲", "choices": ["x", "x"]}], {"fields[0].choices": "repeated_code"}),
        ([{"code": "a", "type": "number", "label": "甲", "minimum": 3, "maximum": 2}], {"fields[0].minimum": "wrong_order"}),
        ([{"code": "a", "type": "number", "label": "甲", "maximum": 2, "default": 3}], {"fields[0].default": "out_of_range"}),
        ([{"code": "a", "type": "person", "label": "甲", "default": 3}], {"fields[0].default": "no_default"}),
        ([{"code": "a", "type": "money", "label": "甲", "currency": "元"}], {"fields[0].currency": "invalid_currency"}),
    ],
)  # fmt: skip
def test_unusable_definitions_are_named(written: Any, mistakes: dict[str, str]) -> None:
    with pytest.raises(Invalid) as caught:
        parse_fields(written)
    assert caught.value.code == "invalid_form"
    assert {error["field"]: error["code"] for error in caught.value.params["errors"]} == mistakes


def test_definitions_survive_being_written_and_read_again() -> None:
    again = json.loads(json.dumps([field.to_json() for field in FIELDS]))
    assert parse_fields(again) == FIELDS


texts = st.text(max_size=12)
plausible = st.sampled_from(
    [
        "AB1234",
        "12.5",
        "-0",
        "1e3",
        "2026-11-22",
        "2026-11-22T09:12:00+08:00",
        "13800138000",
        "s",
        "red",
        "bj",
        "hd",
        "a@b.cn",
    ]
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts, plausible)
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.one_of(texts, st.sampled_from(["amount", "currency", "detail", "city"])), inner, max_size=3
        )
    ),
    max_leaves=8,
)
codes_or_any = st.one_of(st.sampled_from([field.code for field in FIELDS]), texts)
modes = st.dictionaries(
    st.sampled_from([field.code for field in FIELDS]),
    st.sampled_from(["hidden", "read", "optional", "required"]),
    max_size=4,
)


@given(st.dictionaries(codes_or_any, json_values, max_size=5), modes)
def test_whatever_is_entered_is_refused_as_invalid_or_stable(
    values: dict[str, Any], modes: dict[str, str]
) -> None:
    try:
        clean = check(values, modes)
    except Invalid:
        return
    assert check(clean) == clean
    assert check({}, {}, **clean) == clean


@given(st.sampled_from(FIELDS), json_values)
def test_one_value_alone_is_refused_as_invalid_or_stable(field: FieldDefinition, value: Any) -> None:
    try:
        clean = check({field.code: value})
    except Invalid:
        return
    assert check(clean) == clean
    assert json.loads(json.dumps(clean)) == clean


SETTINGS = "label help required default choices minimum maximum max_length pattern decimals currency max_items whole_path surprise"
settings_of_fields = st.fixed_dictionaries(
    {
        "code": st.one_of(st.just("a"), texts),
        "type": st.one_of(st.sampled_from([f["type"] for f in WRITTEN]), texts),
    },
    optional=dict.fromkeys(SETTINGS.split(), json_values),
)


@given(st.one_of(json_values, st.lists(settings_of_fields, max_size=3)))
def test_whatever_is_defined_is_refused_as_invalid_or_read_again_alike(written: Any) -> None:
    try:
        fields = parse_fields(written)
    except Invalid:
        return
    assert parse_fields([field.to_json() for field in fields]) == fields
