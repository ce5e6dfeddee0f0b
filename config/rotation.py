"""Everything that is kept under a secret of the server, and so turns with it. A house test finds what is missing."""

from typing import Any

from django.db.models import QuerySet

from accounts import sessions
from environments.models import ApiKey, Secret
from guests.models import ClipLink, MagicLink, SharedLink
from lib import crypto, mail
from lib.renewal import Renewal
from tokens.models import ClientCredential, PersonalAccessToken, SigningKey


def resealed(key: str, sealed: bytes | memoryview) -> dict[str, Any] | None:
    """The column `sealed` of a row under the newest field key; None when it is. Raises crypto.Unreadable."""
    new = crypto.resealed(sealed, key)
    return {"sealed": new} if new else None


def rehashed(key: str, sealed: bytes | memoryview) -> dict[str, Any]:
    """The digest of a key or link under the newest pepper, from its sealed text. Raises crypto.Unreadable."""
    return crypto.peppered(crypto.unseal(sealed, key))


def _keys_of_an_old_pepper() -> QuerySet[ApiKey]:
    return ApiKey.objects.exclude(pepper_mark=crypto.pepper_marks()[0])


def _links_of_an_old_pepper() -> QuerySet[SharedLink]:
    return SharedLink.objects.live().exclude(pepper_mark=crypto.pepper_marks()[0])


def _clip_links_of_an_old_pepper() -> QuerySet[ClipLink]:
    return ClipLink.objects.exclude(pepper_mark=crypto.pepper_marks()[0])


SEALED = (
    Renewal("signing keys", SigningKey.objects.all, "sealed", resealed),
    Renewal("API keys", ApiKey.objects.all, "sealed", resealed),
    Renewal("shared links", SharedLink.objects.live, "sealed", resealed),
    Renewal("secrets of environments", Secret.objects.all, "sealed", resealed),
    Renewal("links of data clips", ClipLink.objects.all, "sealed", resealed),
    Renewal("sessions", sessions.live_sessions, "session_data", sessions.resealed),
    Renewal("queued mails", mail.queued, "args_kwargs", mail.resealed),
)
# Of tokens, client pairs and magic links only the digest is kept: those are re-hashed when they are used.
REHASHED = (
    Renewal("digests of API keys", _keys_of_an_old_pepper, "sealed", rehashed),
    Renewal("digests of shared links", _links_of_an_old_pepper, "sealed", rehashed),
    Renewal("digests of links of data clips", _clip_links_of_an_old_pepper, "sealed", rehashed),
)


def digested() -> dict[str, QuerySet[Any]]:
    """All rows that are looked up by a digest and could open something, by what they are called."""
    return {
        "links of data clips": ClipLink.objects.live().select_related("clip"),
        "API keys": ApiKey.objects.live(),
        "personal access tokens": PersonalAccessToken.objects.live(),
        "client pairs": ClientCredential.objects.live(),
        "shared links": SharedLink.objects.live(),
        "magic links": MagicLink.objects.opening().exclude(digest=None).select_related("grant__space"),
    }
