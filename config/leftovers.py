"""What still needs an old secret, counted exactly: `manage.py rotate_secrets --check`. Ids and hints, no secret."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from config.rotation import SEALED, digested
from lib import crypto
from lib.renewal import remaining
from lib.times import moment
from tokens import signing
from tokens.models import AccessToken

REHASHING = (
    "API keys are re-hashed by `manage.py rotate_secrets`; tokens and client pairs when they are used. "
    "Have those below used or deleted."
)
RESEALING = "Run `manage.py rotate_secrets`."
LOST_PEPPER = "It is set no more: put it back, or have them made anew."


def leftovers() -> dict[str, Any]:
    """A verdict on each secret: `can_go` when nothing needs an old value of it; `ready` when all can go."""
    verdicts = {"TOKEN_PEPPER": _pepper(), "FIELD_KEYS": _field_keys(), "signing_key": _signing_key()}
    return {"ready": all(verdict["can_go"] for verdict in verdicts.values())} | verdicts


def _pepper() -> dict[str, Any]:
    newest = crypto.pepper_marks()[0]
    old = {name: rows.exclude(pepper_mark=newest) for name, rows in digested().items()}
    need = {name: rows.count() for name, rows in old.items()}
    advice = REHASHING if len(settings.TOKEN_PEPPERS) > 1 else LOST_PEPPER
    verdict = _verdict(settings.TOKEN_PEPPERS, need, advice)
    return verdict | {"waiting_for": [_facts(name, row) for name, rows in old.items() for row in rows.order_by("pk")]}


def _facts(name: str, row: Any) -> dict[str, Any]:
    return {
        "table": name,
        "id": row.pk,
        "hint": row.hint,
        "account": row.account_id,
        "owner": getattr(row, "member_id", None) or row.environment_id,
        "last_used_at": moment(row.last_used_at),
    }


def _field_keys() -> dict[str, Any]:
    found = {renewal.name: remaining(renewal) for renewal in SEALED}
    lost = {name: tally.lost for name, tally in found.items() if tally.lost}
    return _verdict(settings.FIELD_KEYS, {name: tally.due for name, tally in found.items()}, RESEALING) | {"lost": lost}


def _signing_key() -> dict[str, Any]:
    """Old ones verify what they signed; they go by themselves."""
    now = timezone.now()
    signed = AccessToken.objects.filter(revoked_at=None, expires_at__gt=now, signing_key__is_current=False).count()
    until = signing.live().aggregate(until=Max("dies_at"))["until"]
    because = _because({"access tokens": signed}, f"They have ended by {moment(until)}." if until else "")
    return {"can_go": not signed, "because": because, "need_old": {"access tokens": signed}}


def _verdict(values: Iterable[str], need: dict[str, int], advice: str) -> dict[str, Any]:
    because = _because(need, advice)
    return {"can_go": not because, "because": because, "values": len(list(values)), "need_old": need}


def _because(need: dict[str, int], advice: str) -> str:
    """Why the old one cannot go; empty when nothing needs it."""
    named = [f"{name} ({count:,})" for name, count in need.items() if count]
    return f"an old one is needed by {_listed(named)}. {advice}" if named else ""


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
