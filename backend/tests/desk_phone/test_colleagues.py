"""Whom a call can be given to."""

from __future__ import annotations

from gongdan.core.interactions.models import Extension
from tests.desk_phone.conftest import Hotline


def found(hotline: Hotline, q: str = "") -> dict[str, tuple[str, bool]]:
    answer = hotline.by(hotline.w.o.agent).get(f"/phone/colleagues?q={q}")
    assert answer.status == 200, answer.body
    return {one["extension"]: (one["presence"], one["in_call"]) for one in answer["items"]}


def test_people_of_my_system_and_how_they_stand_but_not_myself(hotline: Hotline) -> None:
    o = hotline.w.o
    assert found(hotline) == {}
    hotline.sign_in(o.agent)
    two = hotline.seat(o.agent_two).number
    assert two not in found(hotline)
    Extension.objects.filter(number=two).update(staff=o.agent_two)
    assert found(hotline)[two] == ("offline", False)
    hotline.sign_in(o.agent_two)
    hotline.answer(hotline.ring(o.agent_two), o.agent_two)
    assert found(hotline)[two] == ("ready", True)
    assert hotline.seat(o.agent).number not in found(hotline)


def test_by_name_or_the_beginning_of_an_extension(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    hotline.sign_in(o.agent_two)
    two = hotline.seat(o.agent_two).number
    assert two in found(hotline, two[:2])
    assert two in found(hotline, o.agent_two.name)
    assert found(hotline, "nobody-is-called-so") == {}


def test_an_extension_that_nobody_has_and_one_that_is_off_are_not_offered(hotline: Hotline) -> None:
    o = hotline.w.o
    hotline.sign_in(o.agent)
    free = Extension.objects.create(system=hotline.system, number="899")
    two = hotline.seat(o.agent_two)
    Extension.objects.filter(pk=two.pk).update(active=False)
    assert free.number not in found(hotline)
    assert two.number not in found(hotline)


def test_who_has_no_telephone_is_refused(hotline: Hotline) -> None:
    assert hotline.by(hotline.w.o.clerk).get("/phone/colleagues").status == 403
