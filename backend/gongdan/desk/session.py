"""Signing in and out, who I am, my preferences and password, the ticket for the live push."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from gongdan.core.staff import identity, passwords
from gongdan.core.staff.grants import grants_of
from gongdan.core.staff.preferences import keep_preferences
from gongdan.kernel.errors import GongdanError
from gongdan.web import live_ticket, sessions
from gongdan.web.auth import Request, address_of, require_csrf
from gongdan.web.headers import live_origin
from gongdan.web.json_body import answer
from gongdan.web.release import VERSION
from gongdan.web.sign_in import sign_in

router = Router()


class Credentials(Schema):
    username: Annotated[str, Field(min_length=1, max_length=150)]
    password: Annotated[str, Field(min_length=1, max_length=256)]


class Preferences(Schema):
    model_config = {"extra": "forbid"}
    language: Literal["zh-Hans", "en", "zh-Hant"] | None = None
    theme: Literal["light", "dark", "auto"] | None = None
    favourites: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=100)] | None = None


class NewPassword(Schema):
    old: Annotated[str, Field(min_length=1, max_length=256)]
    new: Annotated[str, Field(min_length=1, max_length=256)]


@router.post("/session", auth=None, summary="Sign in")
def post_session(request: HttpRequest, credentials: Credentials) -> HttpResponse:
    """Sets the cookies. 401 wrong_credentials; 429 sign_in_locked with `retry_after` in seconds."""
    person = sign_in(credentials.username, credentials.password, address_of(request))
    _end_current(request)
    return _begin(request, person.id)


@router.get("/session", summary="Who I am and what I may do")
def get_session(request: Request) -> HttpResponse:
    """401 signed_out without a session or token."""
    secret = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return answer(_me(request, request.grants.staff_id, secret if request.actor.via == "desk" else ""))


@router.delete("/session", auth=None, response={204: None}, summary="Sign out")
def delete_session(request: HttpRequest) -> HttpResponse:
    """Ends this browser's session, if it has one. A live session's CSRF token is asked for."""
    secret = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if secret and sessions.find(secret) is not None:
        require_csrf(request, secret)
    _end_current(request)
    response = HttpResponse(status=204)
    sessions.clear_cookies(response)
    return response


@router.patch("/session/preferences", summary="Keep my language, theme and favourites")
def patch_preferences(request: Request, preferences: Preferences) -> HttpResponse:
    """Only what is sent changes. Answers all preferences."""
    sent = preferences.model_dump(exclude_unset=True)
    return answer(keep_preferences(request.grants.staff_id, sent))


@router.post("/session/password", summary="Change my password")
def post_password(request: Request, passwords_sent: NewPassword) -> HttpResponse:
    """Ends all my other sessions and gives this browser a new one. 422 wrong_old_password, weak_password."""
    staff_id = request.grants.staff_id
    passwords.change_own(staff_id, passwords_sent.old, passwords_sent.new, actor=request.actor)
    sessions.end_all(staff_id)
    if request.actor.via != "desk":
        return answer(_me(request, staff_id, ""))
    return _begin(request, staff_id)


@router.get("/live/ticket", summary="A ticket for the live push")
def get_live_ticket(request: Request) -> HttpResponse:
    """{url, ticket, expires_at}; connect at once with `?ticket=`."""
    return answer(_live(request, request.grants.staff_id))


def _begin(request: HttpRequest, staff_id: int) -> HttpResponse:
    secret = sessions.start(staff_id)
    response = answer(_me(request, staff_id, secret))
    sessions.set_cookies(response, secret)
    return response


def _end_current(request: HttpRequest) -> None:
    secret = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if secret:
        sessions.end(secret)


def _live(request: HttpRequest, staff_id: int) -> dict[str, Any]:
    ticket, expires_at = live_ticket.issue(staff_id)
    url = settings.LIVE_URL or f"{live_origin(request)}/live"
    return {"url": url, "ticket": ticket, "expires_at": expires_at}


def _me(request: HttpRequest, staff_id: int, secret: str) -> dict[str, Any]:
    person = identity.introduced(staff_id)
    if person is None:
        raise GongdanError("signed_out", "Sign in or send a token.", status=401)
    live = _live(request, staff_id)
    return {
        "staff": person,
        "rights": sorted(grants_of(staff_id).rights),
        "csrf": sessions.csrf_of(secret) if secret else None,
        "live": {"url": live["url"], "ticket": live["ticket"]},
        "version": VERSION,
    }
