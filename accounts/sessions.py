"""Dashboard sessions of which a copy of the database opens none: the cookie is signed, the data sealed.

The table alone holds no cookie (the cookie is the session key *and* our signature over it), and no readable data.
"""

import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lib import crypto

SIGNER_SALT = "latchkey.session"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, their data encrypted under the field keys and bound to the session key."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return crypto.seal(json.dumps(session_dict), self.bound_to).hex()

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        text = session_data.decode() if isinstance(session_data, bytes) else session_data
        try:
            return dict(json.loads(crypto.unseal(bytes.fromhex(text), self.bound_to)))
        except ValueError:
            return {}

    @property
    def bound_to(self) -> str:
        return f"session:{self.session_key}"


def live_sessions() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__gt=timezone.now())


def resealed(session_key: str, stored: str) -> dict[str, Any] | None:
    """The columns that keep a session under the newest field key; None when it is. Raises crypto.Unreadable."""
    sealed = crypto.resealed(bytes.fromhex(stored), SessionStore(session_key).bound_to)
    return {"session_data": sealed.hex()} if sealed else None


class SignedSessionMiddleware(SessionMiddleware):
    """Django's session middleware with a signed cookie. The store keeps the bare key."""

    def process_request(self, request: HttpRequest) -> None:
        request.session = self.SessionStore(unsigned(request.COOKIES.get(settings.SESSION_COOKIE_NAME)))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and cookie.value:
            response.cookies[settings.SESSION_COOKIE_NAME] = signed(cookie.value)  # keeps path, lifetime and flags
        return response


def signed(session_key: str) -> str:
    return Signer(salt=SIGNER_SALT).sign(session_key)


def unsigned(cookie: str | None) -> str | None:
    """The session key of a cookie that we signed, else None."""
    try:
        return Signer(salt=SIGNER_SALT).unsign(cookie) if cookie else None
    except BadSignature:
        return None
