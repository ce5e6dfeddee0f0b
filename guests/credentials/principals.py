"""Guests as they would come in, for an explanation: what they hold now, without a token."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from access.actors import Actor, Credential, Kind
from access.explain import Principal
from accounts.credentials import grants
from guests.credentials.clips import clip_places, held_by
from guests.credentials.tokens import places
from guests.models import Grant, Guest

PARTS = ("parts__workbook_id", "parts__sheet_id", "parts__sheet__workbook_id")
GIVEN = ("guest_id", "space_id", "has_workbook_limit", "has_sheet_limit", *PARTS)
WHO = ("pk", "name", "email", "account_id", "environment_id")
ROLES = ("assignments__role__name", "assignments__environment_id", "assignments__space_id")


def guest_principals(ids: Sequence[str]) -> dict[str, Principal]:
    """Id → the guest with a token of their own, in three queries."""
    now = timezone.now()
    lasting = Grant.objects.lasting(now).filter(guest__in=ids, space__archived_at=None)
    given: dict[str, list[Any]] = defaultdict(list)
    for guest_id, *row in lasting.values_list(*GIVEN):
        given[guest_id].append(row)
    clips = held_by(ids, now)
    found: dict[str, list[Any]] = defaultdict(list)
    for row in Guest.objects.filter(pk__in=ids).order_by("assignments__created_at").values_list(*WHO, *ROLES):
        found[row[0]].append(row)
    actors = {}
    for id, rows in found.items():
        _, name, email, account_id, environment_id, *_ = rows[0]
        actor = Actor(id, name or email or "Anonymous guest", account_id, Credential(Kind.GUEST), now)
        held = clip_places(places(given[id]), clips.get(id, ()))
        roles = grants(row[len(WHO) :] for row in rows)
        actors[id] = actor.but(environment_id=environment_id, grants=roles, places=held, email=email)
    return {id: Principal(actor) for id, actor in actors.items()}
