"""The keys that sign access tokens: the current one, the ones that still verify, and the turn from one to the next."""

import json
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lib import crypto, sql
from lib.ids import is_id, new_id
from tokens.models import SigningKey

# A retired key verifies for as long as the longest token it signed can live, and an hour more.
OVERLAP = timedelta(hours=25)
VERIFYING = "SELECT public FROM tokens_signingkey WHERE id = %s AND (dies_at IS NULL OR dies_at > %s)"


def current() -> SigningKey:
    """The key that signs now; the first call of a new installation makes it."""
    key = SigningKey.objects.filter(is_current=True).first()
    if key is not None:
        return key
    try:
        with transaction.atomic():
            return _make()
    except IntegrityError:  # another process was faster
        return SigningKey.objects.get(is_current=True)


def verifying(kid: str) -> str | None:
    """The public half of the key of that id as a JWK, if its signature may still be believed."""
    found = sql.rows(VERIFYING, [kid, timezone.now()]) if is_id(kid) else []
    return str(found[0][0]) if found else None


def published() -> dict[str, Any]:
    """The JSON Web Key Set of all live keys (RFC 7517, section 5)."""
    return {"keys": [json.loads(key.public) | {"kid": key.pk} for key in live().order_by("-created_at")]}


def live() -> QuerySet[SigningKey]:
    """The keys whose signatures are believed: the current one and the ones that still verify."""
    return SigningKey.objects.filter(Q(dies_at=None) | Q(dies_at__gt=timezone.now()))


def replace_current() -> SigningKey:
    """A fresh key in place of the current one, which verifies for 25 hours more. Of several at once, some share it."""
    try:
        with transaction.atomic():
            SigningKey.objects.filter(is_current=True).update(is_current=False, dies_at=timezone.now() + OVERLAP)
            return _make()
    except IntegrityError:  # another process was faster
        return SigningKey.objects.get(is_current=True)


def _make() -> SigningKey:
    private, public = crypto.new_signing_key()
    id = new_id("us_jwk_")
    return SigningKey.objects.create(id=id, public=public, sealed=crypto.seal(private, id))
