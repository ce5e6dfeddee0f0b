"""What a new credential may be limited to: scopes that mean something for its kind, and an end in time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from access.actors import Kind
from access.scopes import scopes_of
from lib.problems import InvalidInput

LONGEST = timedelta(days=3650)


class UnknownScope(InvalidInput):
    code, message = "unknown_scope", "This kind of credential has no such scope."
    field = "scopes"


class BadExpiry(InvalidInput):
    code, message = "bad_expiry", "An expiry lies in the future, and at most ten years ahead."
    field = "expiresAt"


def check_scopes(scopes: Iterable[str] | None, kind: Kind) -> None:
    """Raises UnknownScope, naming the scopes there are."""
    if scopes is None:
        return
    possible = scopes_of(kind)
    given = list(scopes)
    if not given or len(set(given)) != len(given) or not set(given) <= set(possible):
        raise UnknownScope(f"Choose one or more of: {', '.join(possible) or 'none; this kind cannot be limited'}.")


def check_expiry(expires_at: datetime | None) -> None:
    """Raises BadExpiry."""
    now = timezone.now()
    if expires_at is not None and not now < expires_at <= now + LONGEST:
        raise BadExpiry
