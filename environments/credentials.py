"""The API key as a credential: from its text to an Actor, in one query."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from access.actors import Actor, Credential, Kind, Origin, Resource
from access.ceilings import Step
from access.explain import EXPIRED, REVOKED, Principal
from environments.actions.keys import PREFIX
from environments.models import ApiKey
from events.refusals import DeadCredential
from lib import crypto, sql
from lib.problems import BadCredential

NOTED_EVERY = timedelta(minutes=1)
KINDS = {ApiKey.Type.SECRET.value: Kind.SECRET_KEY, ApiKey.Type.PUBLISHABLE.value: Kind.PUBLISHABLE_KEY}

KEY = """
SELECT k.id, k.name, k.type, k.hint, k.account_id, k.environment_id, e.name,
       k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %s) AND (k.ends_at IS NULL OR k.ends_at > %s),
       k.scopes, k.expires_at, k.ends_at, k.last_used_at IS NULL OR k.last_used_at < %s
FROM environments_apikey k JOIN environments_environment e ON e.id = k.environment_id
"""
FIND = KEY + "WHERE k.digest IN ({marks})"
NAMED = KEY + "WHERE k.id IN ({marks})"
NOTE_REFUSED = """
UPDATE environments_apikey SET refused_at = %s, refused_client = %s, refused_ip = %s
WHERE id = %s AND (refused_at IS NULL OR refused_at < %s)
"""
# Re-hashed when used, in the write that there is anyway: the digest of the newest pepper, and its mark.
TOUCH = """
UPDATE environments_apikey
SET last_used_at = %s, last_used_client = %s, last_used_ip = %s, digest = %s, pepper_mark = %s
WHERE id = %s AND (last_used_at IS NULL OR last_used_at < %s)
"""


class Found(NamedTuple):
    """A row of KEY."""

    id: str
    name: str
    type: str
    hint: str
    account_id: str
    environment_id: str
    environment: str
    is_live: bool
    scopes: Any
    expires_at: Any
    ends_at: Any
    is_stale: bool


def resolve_api_key(bearer: str, origin: Origin) -> Actor | None:
    """The Actor of a live key; None when the text is no API key's. Raises BadCredential for a dead or unknown one."""
    prefix = bearer[:3]
    if prefix not in PREFIX.values():
        return None
    if not crypto.is_well_formed(bearer, prefix):
        raise BadCredential
    now = timezone.now()
    digests = crypto.digests(bearer)
    found = sql.rows(FIND.format(marks=sql.marks(digests)), [now, now, now - NOTED_EVERY, *digests])
    if not found:
        raise BadCredential
    key = Found(*found[0])
    if not key.is_live:
        place = (key.account_id, key.environment_id)
        resource = Resource("key", key.id, *place, label=key.name, environment_label=key.environment)
        _note_refused(key.id, now, origin)
        raise DeadCredential(resource, key.hint, "Used after retirement: the key has been deleted or has ended.")
    if key.is_stale:
        _touch(key.id, bearer, now, origin)
    return _actor(key, now, origin)


def key_principals(ids: Sequence[str]) -> dict[str, Principal]:
    """Id → whoever comes with that key, for an explanation. No secret is needed, and no use noted."""
    now = timezone.now()
    found = sql.rows(NAMED.format(marks=sql.marks(ids)), [now, now, now - NOTED_EVERY, *ids]) if ids else []
    keys = [Found(*row) for row in found]
    return {key.id: Principal(_actor(key, now, Origin()), _ended(key, now)) for key in keys}


def _actor(key: Found, now: datetime, origin: Origin) -> Actor:
    end = min(_ends(key), default=None)
    credential = Credential(KINDS[key.type], key.id, key.hint, expires_at=end, scopes=sql.scopes(key.scopes))
    return Actor(key.id, key.name, key.account_id, credential, now, environment_id=key.environment_id, origin=origin)


def _ends(key: Found) -> list[datetime]:
    return [end for end in (sql.moment(key.expires_at), sql.moment(key.ends_at)) if end]


def _ended(key: Found, now: datetime) -> Step | None:
    if key.is_live:
        return None
    return EXPIRED if any(end <= now for end in _ends(key)) else REVOKED


def _touch(id: str, bearer: str, now: datetime, origin: Origin) -> None:
    """At most one write per key and minute, whatever the number of processes."""
    sql.execute(TOUCH, [now, origin.client, origin.ip, *crypto.peppered(bearer).values(), id, now - NOTED_EVERY])


def _note_refused(id: str, now: datetime, origin: Origin) -> None:
    """Whoever still knocks with a key that has ended shows up beside it, at most once a minute."""
    sql.execute(NOTE_REFUSED, [now, origin.client, origin.ip, id, now - NOTED_EVERY])
