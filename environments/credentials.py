"""The API key as a credential: from its text to an Actor, in one query."""

from datetime import datetime, timedelta

from django.utils import timezone

from access.actors import Actor, Credential, Kind, Origin, Resource
from environments.actions.keys import PREFIX
from environments.models import ApiKey
from events.refusals import DeadCredential
from lib import crypto, sql
from lib.problems import BadCredential

NOTED_EVERY = timedelta(minutes=1)
KINDS = {ApiKey.Type.SECRET.value: Kind.SECRET_KEY, ApiKey.Type.PUBLISHABLE.value: Kind.PUBLISHABLE_KEY}

FIND = """
SELECT k.id, k.name, k.type, k.hint, k.account_id, k.environment_id, e.name,
       k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %s) AND (k.ends_at IS NULL OR k.ends_at > %s),
       k.scopes, k.expires_at, k.ends_at, k.last_used_at IS NULL OR k.last_used_at < %s
FROM environments_apikey k JOIN environments_environment e ON e.id = k.environment_id
WHERE k.digest IN ({marks})
"""
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
    id, name, type, hint, account_id, environment_id, environment, is_live, scopes, expires_at, ends_at, is_stale = (
        found[0]
    )
    if not is_live:
        resource = Resource("key", id, account_id, environment_id, label=name, environment_label=environment)
        _note_refused(id, now, origin)
        raise DeadCredential(resource, hint, "Used after retirement: the key has been deleted or has ended.")
    if is_stale:
        _touch(id, bearer, now, origin)
    ends = [end for end in (sql.moment(expires_at), sql.moment(ends_at)) if end]
    credential = Credential(KINDS[type], id, hint, expires_at=min(ends, default=None), scopes=sql.scopes(scopes))
    return Actor(id, name, account_id, credential, now, environment_id=environment_id, origin=origin)


def _touch(id: str, bearer: str, now: datetime, origin: Origin) -> None:
    """At most one write per key and minute, whatever the number of processes."""
    sql.execute(TOUCH, [now, origin.client, origin.ip, *crypto.peppered(bearer).values(), id, now - NOTED_EVERY])


def _note_refused(id: str, now: datetime, origin: Origin) -> None:
    """Whoever still knocks with a key that has ended shows up beside it, at most once a minute."""
    sql.execute(NOTE_REFUSED, [now, origin.client, origin.ip, id, now - NOTED_EVERY])
