"""A guest who came with an access token in the address, as embeds open a space: a cookie that names the token's row.

It is no session of its own: it lives and dies with that token, and is sent to the pages of its one space alone, in
whatever frame (security.md, rulings 9 and 21).
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from access.actors import Actor, Origin
from access.origins import origin_of
from events.refusals import DeadCredential, record_dead_credential
from guests.credentials.tokens import BEARERS, guest_actor, resolve_guest_token
from lib import crypto
from lib.cookies import partition
from lib.ids import is_id
from lib.problems import BadCredential

SALT = "latchkey.framed-guest"


def open_by_token(text: str, space_id: str, origin: Origin) -> Actor | None:
    """The guest whose live token this is, if it leads into that space. One that has ended is noted, as at the API."""
    try:
        actor = resolve_guest_token(text, origin)
    except DeadCredential as dead:
        record_dead_credential(dead, origin)
        return None
    except BadCredential:
        return None
    return actor if actor and actor.places and space_id in actor.places.spaces else None


def begin_framed(response: HttpResponse, actor: Actor, space_id: str) -> HttpResponse:
    """Let the browser come back to the pages of this space as whoever presented the token."""
    response.set_cookie(
        settings.FRAMED_COOKIE_NAME,
        Signer(salt=SALT).sign(f"{actor.credential.id}.{actor.id}"),
        expires=actor.credential.expires_at,
        path=f"/space/{space_id}",
        secure=True,
        httponly=True,
        samesite="None",
    )
    partition(response, settings.FRAMED_COOKIE_NAME)
    return response


def forget_framed(response: HttpResponse, space_id: str) -> HttpResponse:
    """Have the browser come back to this space as nobody it was framed for: whoever has signed in goes before."""
    response.delete_cookie(settings.FRAMED_COOKIE_NAME, path=f"/space/{space_id}", samesite="None")
    partition(response, settings.FRAMED_COOKIE_NAME)
    response.cookies[settings.FRAMED_COOKIE_NAME]["secure"] = True
    return response


def resolve_framed(request: HttpRequest) -> Actor | None:
    """The guest behind the cookie of a framed space, from live rows; None when there is none, or it has ended."""
    token_id, _, guest_id = _unsigned(request).partition(".")
    if not (is_id(token_id) and is_id(guest_id)):
        return None
    try:
        return guest_actor(token_id, guest_id, BEARERS, timezone.now(), origin_of(request))
    except BadCredential:
        return None


def framed_csrf(request: HttpRequest) -> str | None:
    """What the forms of a framed page prove themselves with: only who has the cookie can know it.

    The cookie that forms use elsewhere is not sent inside another site's frame.
    """
    found = _unsigned(request)
    return crypto.fingerprint(f"csrf {request.COOKIES[settings.FRAMED_COOKIE_NAME]}")[:32] if found else None


def _unsigned(request: HttpRequest) -> str:
    try:
        return Signer(salt=SALT).unsign(request.COOKIES.get(settings.FRAMED_COOKIE_NAME, ""))
    except BadSignature:
        return ""
