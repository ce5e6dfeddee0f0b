"""Tokens and client pairs as whoever comes with them, by id: for an explanation, without their secret."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from access.actors import Actor, Credential, Kind, Origin
from access.ceilings import Step
from access.explain import EXPIRED, OWNER_INACTIVE, PARENT_ENDED, REVOKED, Principal
from accounts.credentials import member_principals
from lib import sql
from tokens.credentials.exchange import has_ended
from tokens.credentials.resolve import NOTED_EVERY, PAT, token_actor
from tokens.models import ClientCredential

NAMED = PAT + "WHERE t.id IN ({marks}) ORDER BY t.id"


def token_principals(ids: Sequence[str]) -> dict[str, Principal]:
    """Id → whoever comes with that personal access token, by the statement that resolves one. No use is noted."""
    now = timezone.now()
    statement = NAMED.format(marks=sql.marks(ids))
    found = sql.rows(statement, [now - NOTED_EVERY, now, now, now, *ids]) if ids else []
    rows = {id: list(group) for id, group in groupby(found, key=lambda row: row[0])}
    return {id: Principal(token_actor(group, now, Origin()), _ended(group[0], now)) for id, group in rows.items()}


def client_principals(ids: Sequence[str]) -> dict[str, Principal]:
    """Id → whoever comes with an access token of that client pair."""
    clients = ClientCredential.objects.select_related("member__user").filter(pk__in=ids)
    members = member_principals({client.member_id for client in clients}, "client")
    return {client.pk: _with(client, members[client.member_id].actor) for client in clients}


def _with(client: ClientCredential, actor: Actor) -> Principal:
    ended = REVOKED if client.revoked_at else OWNER_INACTIVE if has_ended(client) else None
    return Principal(actor.but(credential=Credential(Kind.CLIENT, client.pk, client.hint)), ended)


def _ended(row: tuple[Any, ...], now: datetime) -> Step | None:
    """The first of what must be alive that is not: the token, its owner, what made it."""
    own, owner, *parents = row[10:14]
    expires_at = sql.moment(row[7])
    if not own:
        return EXPIRED if expires_at and expires_at <= now else REVOKED
    return OWNER_INACTIVE if not owner else None if all(parents) else PARENT_ENDED
