"""API tokens: everyone their own; with the right admin.tokens, other people's too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from gongdan.desk.organisation import Id, Input, Name, Named
from gongdan.web import token_actions
from gongdan.web.auth import Request
from gongdan.web.idempotency import idempotent
from gongdan.web.json_body import answer

router = Router()


class TokenOut(Schema):
    """`prefix` tells tokens apart; `secret` is answered once, when the token is made."""

    id: int
    name: str
    staff: Named
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    secret: str | None = None


class Tokens(Schema):
    items: list[TokenOut]


class TokenIn(Input):
    """For oneself unless `staff_id` says otherwise."""

    name: Name
    staff_id: Id | None = None
    expires_at: AwareDatetime | None = None


@router.get("/tokens", response=Tokens, summary="Tokens that are in force")
def get_tokens(request: Request, everyone: bool = False) -> HttpResponse:
    """One's own, or with `everyone=true` (and admin.tokens) all, newest first, at most 500."""
    return answer(
        {"items": token_actions.tokens_of(None if everyone else request.grants.staff_id, request.grants)}
    )


@router.post("/tokens", response={201: TokenOut}, summary="Make a token")
def post_token(request: Request, new: TokenIn) -> HttpResponse:
    """The answer holds the secret, this once; a repeated Idempotency-Key answers the token without it."""
    staff_id = new.staff_id or request.grants.staff_id

    def do() -> Mapping[str, Any]:
        return token_actions.create_token(staff_id, new.name, expires_at=new.expires_at, actor=request.actor)

    return idempotent(request, do, kept=lambda made: {**made, "secret": None})


@router.delete("/tokens/{token_id}", response={204: None}, summary="Revoke a token")
def delete_token(request: Request, token_id: Annotated[int, Field(ge=1)]) -> HttpResponse:
    """Ends it at once. 404 unknown_token, also for another person's without admin.tokens."""
    token_actions.revoke_token(token_id, actor=request.actor)
    return HttpResponse(status=204)
