"""Guests as credentials: their tokens, and the links and codes that let them in."""

from guests.credentials.clip_links import exchange_any_link, shown_token, use_clip_link
from guests.credentials.framed import begin_framed, framed_csrf, open_by_token, resolve_framed
from guests.credentials.links import (
    Exchanged,
    LinkExpired,
    WrongCode,
    ask_link,
    exchange_link,
    use_code,
    use_link,
)
from guests.credentials.principals import guest_principals
from guests.credentials.seen import note_visit
from guests.credentials.sessions import begin_session, forget_session, resolve_guest_session, sign_out_guest
from guests.credentials.shared import SharedLinkEnded, WrongLinkPassword, use_shared_link
from guests.credentials.tokens import guest_actor, is_of_guest, refresh_guest_token, resolve_guest_token

__all__ = [
    "Exchanged",
    "LinkExpired",
    "SharedLinkEnded",
    "WrongCode",
    "WrongLinkPassword",
    "ask_link",
    "begin_framed",
    "begin_session",
    "exchange_any_link",
    "exchange_link",
    "forget_session",
    "framed_csrf",
    "guest_actor",
    "guest_principals",
    "is_of_guest",
    "note_visit",
    "open_by_token",
    "refresh_guest_token",
    "resolve_framed",
    "resolve_guest_session",
    "resolve_guest_token",
    "shown_token",
    "sign_out_guest",
    "use_clip_link",
    "use_code",
    "use_link",
    "use_shared_link",
]
