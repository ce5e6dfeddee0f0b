"""From the text of a token to an Actor: one query each, joined to everything that must still be alive."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from access.actors import Actor, Credential, Kind, Origin, Resource
from accounts.credentials import grants
from events.refusals import DeadCredential
from lib import crypto, sql
from lib.ids import is_id
from lib.problems import BadCredential
from tokens import signing

NOTED_EVERY = timedelta(minutes=1)
KINDS = {"password": Kind.PASSWORD, "client": Kind.CLIENT}
GUEST = "us_g_"  # whose tokens guests/credentials.py resolves
CLAIMS = {"iss", "aud", "sub", "exp", "iat", "jti"}

MEMBER = """
JOIN accounts_member m ON m.id = t.member_id
JOIN accounts_user u ON u.id = m.user_id
LEFT JOIN accounts_roleassignment a ON a.member_id = m.id
LEFT JOIN accounts_role r ON r.id = a.role_id
"""

# A child names its parent: its own columns are NULL where there is none, and so never say "dead".
PAT = (
    """
SELECT t.id, t.name, t.hint, t.account_id, m.id, m.name, u.email, t.expires_at,
       t.parent_token_id IS NOT NULL OR t.parent_access_token_id IS NOT NULL,
       t.last_used_at IS NULL OR t.last_used_at < %s,
       t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > %s),
       m.deactivated_at IS NULL AND u.is_active AND t.created_at >= u.tokens_not_before,
       p.id IS NULL OR (p.revoked_at IS NULL AND (p.expires_at IS NULL OR p.expires_at > %s)),
       x.id IS NULL OR (x.revoked_at IS NULL AND x.expires_at > %s AND x.auth_time >= u.sign_ins_not_before
                        AND (c.id IS NULL OR c.revoked_at IS NULL)),
       t.scopes, t.environment_id,
       r.name, a.environment_id, a.space_id
FROM tokens_personalaccesstoken t
"""
    + MEMBER
    + """
LEFT JOIN tokens_personalaccesstoken p ON p.id = t.parent_token_id
LEFT JOIN tokens_accesstoken x ON x.id = t.parent_access_token_id
LEFT JOIN tokens_clientcredential c ON c.id = x.client_id
"""
)
FIND_PAT = PAT + "WHERE t.digest IN ({marks})"
# Re-hashed when used, in the write that there is anyway: the digest of the newest pepper, and its mark.
TOUCH_PAT = """
UPDATE tokens_personalaccesstoken
SET last_used_at = %s, last_used_client = %s, last_used_ip = %s, digest = %s, pepper_mark = %s
WHERE id = %s AND (last_used_at IS NULL OR last_used_at < %s)
"""

# Judged by the proof its chain began with: a refresh at the very moment of a password change renews nothing.
FIND_ACCESS_TOKEN = (
    """
SELECT t.id, t.kind, t.account_id, m.id, m.name, u.email, t.auth_time, t.expires_at,
       t.revoked_at IS NULL AND t.expires_at > %s AND t.auth_time >= u.sign_ins_not_before,
       m.deactivated_at IS NULL AND u.is_active,
       c.id IS NULL OR (c.revoked_at IS NULL AND c.created_at >= u.tokens_not_before),
       r.name, a.environment_id, a.space_id
FROM tokens_accesstoken t
"""
    + MEMBER
    + """
LEFT JOIN tokens_clientcredential c ON c.id = t.client_id
WHERE t.id = %s AND t.member_id = %s AND t.signing_key_id = %s
"""
)


def resolve_personal_access_token(bearer: str, origin: Origin) -> Actor | None:
    """The Actor of a live PAT; None when the text is none. Raises BadCredential for a dead or unknown one."""
    if not bearer.startswith("pat_"):
        return None
    if not crypto.is_well_formed(bearer, "pat_"):
        raise BadCredential
    now = timezone.now()
    digests = crypto.digests(bearer)
    statement = FIND_PAT.format(marks=sql.marks(digests))
    found = sql.rows(statement, [now - NOTED_EVERY, now, now, now, *digests])
    if not found:
        raise BadCredential
    id, name, hint, account_id, member_id = found[0][:5]
    is_stale, *alive = found[0][9:14]
    if not all(alive):
        resource = Resource("token", id, account_id, owner_id=member_id, label=name)
        raise DeadCredential(resource, hint, _why_dead(alive))
    if is_stale:
        _touch(id, bearer, now, origin)
    return token_actor(found, now, origin)


def token_actor(found: list[tuple[Any, ...]], now: datetime, origin: Origin) -> Actor:
    """The Actor of a personal access token from its rows of PAT, one for each role of its owner."""
    id, _, hint, account_id, member_id, member, email, expires_at, is_child = found[0][:9]
    scopes, environment_id = found[0][14:16]
    credential = Credential(
        Kind.PAT,
        id,
        hint,
        expires_at=sql.moment(expires_at),
        is_child=bool(is_child),
        scopes=sql.scopes(scopes),
    )
    return Actor(
        member_id,
        member,
        account_id,
        credential,
        now,
        environment_id=environment_id,
        grants=grants(row[16:] for row in found),
        origin=origin,
        email=email,
    )


def resolve_access_token(bearer: str, origin: Origin) -> Actor | None:
    """The Actor of a live access token; None when the text is no JWT. Raises BadCredential for anything not good."""
    if not bearer.startswith("eyJ") or crypto.claimed_subject(bearer).startswith(GUEST):
        return None
    now = timezone.now()
    kid, claims = verified(bearer, now)
    found = sql.rows(FIND_ACCESS_TOKEN, [now, claims["jti"], claims["sub"], kid])
    if not found:
        raise BadCredential
    id, kind, account_id, member_id, member, email, auth_time, expires_at, *alive = found[0][:11]
    alive[0] = alive[0] and now.timestamp() < claims["exp"]
    if not all(alive):
        resource = Resource("access_token", id, account_id, owner_id=member_id, label=KINDS[kind].words)
        raise DeadCredential(resource, "", _why_dead(alive))
    credential = Credential(
        KINDS[kind],
        id,
        proven_at=sql.moment(auth_time) if kind == "password" else None,
        expires_at=sql.moment(expires_at),
    )
    roles = grants(row[11:] for row in found)
    return Actor(member_id, member, account_id, credential, now, grants=roles, origin=origin, email=email)


def verified(text: str, now: datetime) -> tuple[str, dict[str, Any]]:
    """The key id and claims of an access token that a live key of ours signed for this installation.

    Raises BadCredential. Whether it is still in time is asked of its row too, so that a dead one goes on record.
    """
    kid = crypto.unverified_kid(text) if text.isascii() else None
    public = signing.verifying(kid) if kid else None
    if kid is None or public is None:
        raise BadCredential
    try:
        claims = crypto.verify(text, public)
    except crypto.Unreadable:
        raise BadCredential from None
    if not _is_ours(claims, now):
        raise BadCredential
    return kid, claims


def _touch(id: str, bearer: str, now: datetime, origin: Origin) -> None:
    """At most one write per token and minute, whatever the number of processes."""
    sql.execute(TOUCH_PAT, [now, origin.client, origin.ip, *crypto.peppered(bearer).values(), id, now - NOTED_EVERY])


def _is_ours(claims: dict[str, Any], now: datetime) -> bool:
    return (
        claims.keys() == CLAIMS
        and claims["iss"] == claims["aud"] == settings.PUBLIC_URL
        and is_id(claims["jti"])
        and is_id(claims["sub"])
        and type(claims["exp"]) is int
        and type(claims["iat"]) is int
        and claims["iat"] <= now.timestamp() + 1
        and now.timestamp() < claims["exp"]
    )


def _why_dead(alive: list[Any]) -> str:
    own, owner, *_ = alive
    if not own:
        return "The token has been deleted or has expired."
    return "Its owner is no longer active." if not owner else "What made this token has ended."
