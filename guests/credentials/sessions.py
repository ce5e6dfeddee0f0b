"""A guest's session on our pages: a signed cookie that names the row of an access token, of a kind of its own.

The row lives an hour from its last use and 24 hours at most, and dies with everything a guest's token dies with.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind
from access.origins import origin_of
from access.policy import require
from events.actions import record
from guests.credentials.framed import forget_framed
from guests.credentials.seen import note_seen
from guests.credentials.tokens import guest_actor
from lib.ids import is_id
from lib.problems import BadCredential
from tokens.credentials.guests import GUEST_CHAIN, GUEST_LIFETIME
from tokens.models import AccessToken

SALT = "latchkey.guest-session"
SEEN_EVERY = timedelta(minutes=1)
KINDS = {AccessToken.Kind.GUEST_SESSION.value: Kind.GUEST_SESSION}


def resolve_guest_session(request: HttpRequest) -> Actor | None:
    """The guest behind the cookie of guest pages, from live rows; None when there is none, or it has ended."""
    token_id, guest_id = _unsigned(request.COOKIES.get(settings.GUEST_COOKIE_NAME, ""))
    if not token_id:
        return None
    now = timezone.now()
    try:
        actor = guest_actor(token_id, guest_id, KINDS, now, origin_of(request))
    except BadCredential:
        return None
    if actor:
        _renew(actor, now)
        note_seen(actor.id, now)
    return actor


def begin_session(response: HttpResponse, token: AccessToken, replaced: Actor | None = None) -> HttpResponse:
    """Give the browser the session of this row; the one it had before ends, and who its space was opened for."""
    if replaced and replaced.kind is Kind.GUEST_SESSION:
        _end(replaced)
    response.set_cookie(
        settings.GUEST_COOKIE_NAME,
        Signer(salt=SALT).sign(f"{token.pk}.{token.guest_id}"),
        max_age=GUEST_CHAIN,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return forget_framed(response, token.space_id) if token.space_id else response


@transaction.atomic
def sign_out_guest(actor: Actor) -> None:
    """End the session, and any other of its chain."""
    require(actor, Action.SIGN_OUT_GUEST, actor.resource)
    _end(actor)
    record(actor, Action.SIGN_OUT_GUEST, actor.resource)


def forget_session(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(settings.GUEST_COOKIE_NAME, samesite="Lax")
    return response


def _end(actor: Actor) -> None:
    chain = AccessToken.objects.filter(pk=actor.credential.id).values("chain_id")
    AccessToken.objects.filter(chain_id__in=chain, guest_id=actor.id, revoked_at=None).update(revoked_at=timezone.now())


def _renew(actor: Actor, now: datetime) -> None:
    """Another hour, at most one write a minute, and never past the end of the chain."""
    ends_at = actor.credential.expires_at
    if ends_at is None or ends_at - now > GUEST_LIFETIME - SEEN_EVERY:
        return
    session = AccessToken.objects.filter(pk=actor.credential.id, revoked_at=None).first()
    if session is None:
        return
    later = min(now + GUEST_LIFETIME, session.auth_time + GUEST_CHAIN)
    if later > session.expires_at:
        AccessToken.objects.filter(pk=session.pk, revoked_at=None, expires_at=session.expires_at).update(
            expires_at=later
        )


def _unsigned(cookie: str) -> tuple[str, str]:
    """The ids of token and guest in a cookie that we signed, else two empty texts."""
    try:
        token_id, _, guest_id = Signer(salt=SALT).unsign(cookie).partition(".")
    except BadSignature:
        return "", ""
    return (token_id, guest_id) if is_id(token_id) and is_id(guest_id) else ("", "")
