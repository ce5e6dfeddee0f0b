"""Creating, revealing, renaming and revoking API keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind
from access.limits import check_expiry, check_scopes
from access.policy import require
from environments.models import ApiKey, Environment
from events.actions import record
from lib import crypto, names
from lib.ids import new_id
from lib.locks import hold
from lib.problems import InvalidInput, Problem
from lib.times import moment

MOST_KEYS = 2_000
LONGEST_NAME = 60
PREFIX = {ApiKey.Type.SECRET: "sk_", ApiKey.Type.PUBLISHABLE: "pk_"}


class TooManyKeys(Problem):
    code, status = "too_many_keys", 409
    message = f"An environment has at most {MOST_KEYS} keys. Delete one that nobody uses first."


class KeyNameTooLong(InvalidInput):
    code, message = "key_name_too_long", f"A key's name has 1 to {LONGEST_NAME} characters."
    field = "name"


class KeyRevoked(Problem):
    code, status = "key_revoked", 409
    message = "This key no longer works: it has been deleted or has ended. Create another one."


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key and its text."""

    key: ApiKey
    secret: str


@transaction.atomic
def create_key(
    actor: Actor,
    environment: Environment,
    *,
    type: str,
    name: str = "",
    scopes: list[str] | None = None,
    expires_at: datetime | None = None,
) -> IssuedKey:
    """A further key beside the ones there are: all of them work, so that a program can be moved without downtime.

    A secret key may be limited to `scopes`, and any key may end by itself. Raises TooManyKeys, KeyNameTooLong,
    UnknownScope, BadExpiry.
    """
    require(actor, Action.CREATE_KEY, environment.resource)
    check_scopes(scopes, Kind.SECRET_KEY if type == ApiKey.Type.SECRET else Kind.PUBLISHABLE_KEY)
    check_expiry(expires_at)
    # Locked, so that the cap is exact and the environment cannot be deleted meanwhile.
    hold(environment)
    check_room(environment)
    given = {"scopes": scopes, "expires_at": expires_at}
    issued = issue_key(actor, environment, ApiKey.Type(type), name or _default_name(type), **given)
    record(actor, Action.CREATE_KEY, issued.key.resource, payload=_facts(issued.key))
    return issued


@transaction.atomic
def reveal_key(actor: Actor, key: ApiKey) -> str:
    """The text of a secret key, for an administrator's eyes, on record (security.md, ruling 10). Raises KeyRevoked."""
    require(actor, Action.REVEAL_KEY, key.resource)
    if not key.is_live:
        raise KeyRevoked
    record(actor, Action.REVEAL_KEY, key.resource, payload={"hint": key.hint})
    return key.text


@transaction.atomic
def rename_key(actor: Actor, key: ApiKey, *, name: str) -> ApiKey:
    """Call the key something else; names need not be unique. Raises KeyNameTooLong, KeyRevoked."""
    require(actor, Action.RENAME_KEY, key.resource)
    if not hold(key).is_live:
        raise KeyRevoked
    before, key.name = key.name, _checked(name)
    if key.name != before:
        key.save(update_fields=["name", "updated_at"])
        record(actor, Action.RENAME_KEY, key.resource, payload={"before": before, "after": key.name})
    return key


@transaction.atomic
def revoke_key(actor: Actor, key: ApiKey) -> ApiKey:
    """Stop the key from working, from the next request on and for ever.

    Revoking twice is not an error: whoever is putting out a fire may press twice.
    """
    require(actor, Action.REVOKE_KEY, key.resource)
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        key.refresh_from_db(fields=["revoked_at"])
        record(actor, Action.REVOKE_KEY, key.resource, payload={"type": key.type, "hint": key.hint})
    return key


def issue_first_keys(actor: Actor, environment: Environment) -> None:
    """The two keys every environment is born with: part of its creation, not a deed of its own to ask for."""
    for type in ApiKey.Type:
        key = issue_key(actor, environment, type, _default_name(type)).key
        record(actor, Action.CREATE_KEY, key.resource, payload=_facts(key))


def check_room(environment: Environment) -> None:
    """Whoever asks holds the environment, so that the cap is exact. Raises TooManyKeys."""
    if environment.keys.live().count() >= MOST_KEYS:
        raise TooManyKeys


def issue_key(actor: Actor, environment: Environment, type: ApiKey.Type, name: str, **given: Any) -> IssuedKey:
    """A key and its text, not yet on record: the deed that needs it records itself."""
    secret = crypto.mint_token(PREFIX[type])
    id = new_id("us_key_")
    key = ApiKey(
        id=id,
        account_id=environment.account_id,
        environment=environment,
        type=type,
        name=_checked(name),
        sealed=crypto.seal(secret, id),
        hint=f"{PREFIX[type]}…{secret[-4:]}",
        created_by_id=actor.id if actor.kind.is_member else None,
        created_by_label=actor.name,
        **crypto.peppered(secret),
        **given,
    )
    key.save(force_insert=True)
    return IssuedKey(key, secret)


def _facts(key: ApiKey) -> dict[str, Any]:
    facts = {"type": key.type, "hint": key.hint, "scopes": key.scopes, "expiresAt": moment(key.expires_at)}
    return {name: value for name, value in facts.items() if value is not None}


def _checked(name: str) -> str:
    name = names.readable(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise KeyNameTooLong
    return name


def _default_name(type: str) -> str:
    return str(ApiKey.Type(type).label)
