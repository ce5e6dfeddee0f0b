"""A guest's access token as a credential: from its text to an Actor that holds what the guest was given, now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Credential, Kind, Origin, Places, Resource
from accounts.credentials import grants
from events.actions import record
from events.refusals import DeadCredential, record_dead_credential
from guests.credentials.clips import with_clips
from guests.credentials.seen import note_seen
from lib import crypto, sql
from lib.problems import BadCredential
from spaces.models import way_in_version
from tokens.credentials import Issued
from tokens.credentials.exchange import NotRefreshable
from tokens.credentials.guests import next_guest_token, text_of
from tokens.credentials.resolve import verified

PREFIX = "us_g_"
BEARERS = {"guest": Kind.GUEST, "space": Kind.SPACE}
ANYWHERE = "A guest of ours"

# Everything the token depends on, alive or not, and everything its guest was given. Columns of what it has no need of
# are NULL, and say "alive". What minted the token may itself have been made by another, which must live as well.
# A space token holds its own space alone, whatever else its guest was given.
FIND = """
SELECT t.id, t.kind, t.account_id, g.environment_id, g.id, g.name, g.email, t.expires_at,
       t.revoked_at IS NULL AND t.expires_at > %s,
       (k.id IS NULL OR (k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > %s)
                         AND (k.ends_at IS NULL OR k.ends_at > %s)))
       AND (q.id IS NULL OR (q.revoked_at IS NULL AND (q.expires_at IS NULL OR q.expires_at > %s)
                             AND q.created_at >= qu.tokens_not_before AND qm.deactivated_at IS NULL AND qu.is_active
                             AND (qp.id IS NULL OR (qp.revoked_at IS NULL
                                                    AND (qp.expires_at IS NULL OR qp.expires_at > %s)))
                             AND (qx.id IS NULL OR (qx.revoked_at IS NULL AND qx.expires_at > %s
                                                    AND qx.auth_time >= qu.sign_ins_not_before
                                                    AND (qc.id IS NULL OR qc.revoked_at IS NULL)))))
       AND (x.id IS NULL OR (x.revoked_at IS NULL AND x.expires_at > %s AND x.auth_time >= xu.sign_ins_not_before
                             AND xm.deactivated_at IS NULL AND xu.is_active
                             AND (c.id IS NULL OR c.revoked_at IS NULL)))
       AND (l.id IS NULL OR l.revoked_at IS NULL)
       AND (g.clip_id IS NULL OR EXISTS (SELECT 1 FROM guests_cliplink gl WHERE gl.guest_id = g.id
                                         AND (gl.expires_at IS NULL OR gl.expires_at > %s)))
       AND (t.via <> 'shared_link' OR s.archived_at IS NULL),
       t.via, t.via_version, s.magic_link_version, s.shared_link_version, s.guest_authentication,
       e.guest_authentication, e.magic_link_version, e.shared_link_version,
       r.name, a.environment_id, a.space_id,
       h.space_id, h.has_workbook_limit, h.has_sheet_limit, p.workbook_id, p.sheet_id, ps.workbook_id,
       t.kind <> 'space'
       AND (EXISTS (SELECT 1 FROM spaces_dataclip dc WHERE dc.owner_id = g.id)
            OR EXISTS (SELECT 1 FROM guests_clipshare cs JOIN guests_grant cg ON cg.id = cs.grant_id
                       WHERE cg.guest_id = g.id)
            OR EXISTS (SELECT 1 FROM guests_cliplink cl WHERE cl.guest_id = g.id))
FROM tokens_accesstoken t
JOIN guests_guest g ON g.id = t.guest_id
JOIN environments_environment e ON e.id = g.environment_id
LEFT JOIN spaces_space s ON s.id = t.space_id
LEFT JOIN environments_apikey k ON k.id = t.parent_key_id
LEFT JOIN tokens_personalaccesstoken q ON q.id = t.parent_token_id
LEFT JOIN accounts_member qm ON qm.id = q.member_id
LEFT JOIN accounts_user qu ON qu.id = qm.user_id
LEFT JOIN tokens_personalaccesstoken qp ON qp.id = q.parent_token_id
LEFT JOIN tokens_accesstoken qx ON qx.id = q.parent_access_token_id
LEFT JOIN tokens_clientcredential qc ON qc.id = qx.client_id
LEFT JOIN tokens_accesstoken x ON x.id = t.parent_access_token_id
LEFT JOIN accounts_member xm ON xm.id = x.member_id
LEFT JOIN accounts_user xu ON xu.id = xm.user_id
LEFT JOIN tokens_clientcredential c ON c.id = x.client_id
LEFT JOIN guests_sharedlink l ON l.id = t.shared_link_id
LEFT JOIN accounts_roleassignment a ON a.guest_id = g.id AND t.kind <> 'space'
LEFT JOIN accounts_role r ON r.id = a.role_id
LEFT JOIN (guests_grant h JOIN spaces_space hs ON hs.id = h.space_id AND hs.archived_at IS NULL)
       ON h.guest_id = g.id AND (h.expires_at IS NULL OR h.expires_at > %s)
          AND (t.kind <> 'space' OR h.space_id = t.space_id)
LEFT JOIN guests_grantpart p ON p.grant_id = h.id
LEFT JOIN spaces_sheet ps ON ps.id = p.sheet_id
WHERE t.id = %s AND t.guest_id = %s AND (t.signing_key_id = %s OR '' = %s)
"""


def resolve_guest_token(bearer: str, origin: Origin) -> Actor | None:
    """The Actor of a guest's live access token; None when the text is no guest's. Raises BadCredential otherwise."""
    if not is_of_guest(bearer):
        return None
    now = timezone.now()
    kid, claims = verified(bearer, now)
    actor = guest_actor(claims["jti"], claims["sub"], BEARERS, now, origin, kid)
    if actor is None:
        raise BadCredential
    note_seen(actor.id, now)
    return actor


def is_of_guest(text: str) -> bool:
    """Whether an access token claims to be a guest's. Proves nothing."""
    return text.startswith("eyJ") and crypto.claimed_subject(text).startswith(PREFIX)


@transaction.atomic
def refresh_guest_token(text: str, origin: Origin) -> Issued:
    """A sibling of a guest's live access token: the same kind, way in and parent, and the chain's old beginning.

    The chain ends 24 hours after it began, and no token outlives it (security.md, ruling 19). Raises NotRefreshable.
    """
    try:
        actor = resolve_guest_token(text, origin)
    except DeadCredential as dead:
        record_dead_credential(dead, origin)
        raise NotRefreshable from None
    except BadCredential:
        raise NotRefreshable from None
    token = next_guest_token(actor.credential.id, timezone.now()) if actor else None
    if actor is None or token is None:
        raise NotRefreshable
    issued = Issued(token, text_of(token), actor.email)
    record(actor, Action.REFRESH_ACCESS_TOKEN, actor.resource, payload={"accessTokenId": token.pk})
    return issued


def guest_actor(
    token_id: str, guest_id: str, kinds: dict[str, Kind], now: datetime, origin: Origin, kid: str = ""
) -> Actor | None:
    """The Actor behind the row of a token, when it is of one of these kinds. Raises DeadCredential for an ended one.

    `kid`: the key that signed it, which must be the row's own; a session has none.
    """
    found = sql.rows(FIND, [now] * 9 + [token_id, guest_id, kid, kid])
    if not found or found[0][1] not in kinds:
        return None
    id, kind, account_id, environment_id, guest_id, name, email, expires_at, is_live, has_parents = found[0][:10]
    if not (is_live and has_parents and _is_open(*found[0][10:18])):
        resource = Resource("access_token", id, account_id, environment_id, owner_id=guest_id, label=kinds[kind].words)
        raise DeadCredential(resource, "", "The guest's token has ended, or the way in that it came by.")
    given = places(row[21:27] for row in found)
    credential = Credential(kinds[kind], id, expires_at=sql.moment(expires_at))
    return Actor(
        guest_id,
        name or email or ANYWHERE,
        account_id,
        credential,
        now,
        environment_id=environment_id,
        grants=grants(dict.fromkeys(tuple(row[18:21]) for row in found)),
        places=with_clips(given, guest_id, now) if found[0][27] else given,
        origin=origin,
        email=email,
    )


def places(rows: Iterable[Sequence[Any]]) -> Places:
    """The grants of a guest summed up. A row: space, has limits to workbooks, to sheets; workbook, sheet, its workbook.

    Limited to both, a sheet counts only in one of the listed workbooks: a grant narrows (flatfile-api.md, section 11).
    """
    spaces, whole, narrow = set(), set(), []
    listed: dict[str, set[str]] = {}
    for space, by_workbook, by_sheet, workbook, sheet, sheets_workbook in rows:
        if space is None:
            continue
        spaces.add(space)
        if not (by_workbook or by_sheet):
            whole.add(space)
        if by_workbook and workbook:
            listed.setdefault(space, set()).add(workbook)
        narrow.append((space, by_workbook, by_sheet, sheet, sheets_workbook))
    sheets, containers, full = set(), set(), set()
    for space, by_workbook, by_sheet, sheet, sheets_workbook in narrow:
        allowed = listed.get(space, set())
        if by_sheet and sheet and (not by_workbook or sheets_workbook in allowed):
            sheets.add(sheet)
            containers.add(sheets_workbook)
        elif by_workbook and not by_sheet:
            full |= allowed
    return Places(
        spaces=frozenset(spaces),
        whole_spaces=frozenset(whole),
        workbooks=frozenset(full | containers),
        whole_workbooks=frozenset(full),
        sheets=frozenset(sheets),
    )


def _is_open(via: str, version: int, *state: Any) -> bool:
    """Whether the way in that a token came by is still open, and was not closed since (security.md, ruling 22)."""
    if not via:
        return True
    magic, shared, own, inherited, inherited_magic, inherited_shared = state
    is_own = sql.parsed(own) is not None
    if via not in (sql.parsed(own if is_own else inherited) or ()):
        return False
    mine, above = (magic, inherited_magic) if via == "magic_link" else (shared, inherited_shared)
    return bool(version == way_in_version(mine, 0 if is_own else above))
