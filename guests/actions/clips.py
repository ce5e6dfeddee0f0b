"""Sharing a data clip with guests of its space, and by a link (flatfile-api.md, section 18)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import require
from events.actions import record
from guests.models import ClipShare, Grant
from lib.problems import InvalidInput, Problem
from spaces.actions.clips import held
from spaces.models import DataClip

MOST_COLLABORATORS = 100
MOST_SHARES = 500  # clips that one guest works on


class NotInSpace(InvalidInput):
    code, field = "not_a_guest_of_the_space", "collaborators"
    message = "Collaborators are guests of the clip's space. Give them the space, or a part of it, first."


class TooManyCollaborators(Problem):
    code, status, field = "too_many_collaborators", 409, "collaborators"
    message = f"A data clip has at most {MOST_COLLABORATORS} collaborators, and a guest works on at most {MOST_SHARES}."


@transaction.atomic
def share_clip(actor: Actor, clip: DataClip, guest_ids: Collection[str]) -> list[str]:
    """Have exactly these guests of the space work on the clip; for all others it ends with their next request.

    Raises NotInSpace, TooManyCollaborators; then nothing changes.
    """
    require(actor, Action.SHARE_CLIP, clip.resource)
    clip = held(clip)
    wanted = dict.fromkeys(guest_ids)
    if len(wanted) > MOST_COLLABORATORS:
        raise TooManyCollaborators
    grants = {grant.guest_id: grant for grant in _grants(clip, wanted)}
    if len(grants) < len(wanted):
        raise NotInSpace
    now = {share.grant.guest_id: share for share in ClipShare.objects.filter(clip=clip).select_related("grant")}
    gone, fresh = [id for id in now if id not in wanted], [id for id in wanted if id not in now]
    shares = ClipShare.objects.filter(grant__guest__in=fresh).values("grant__guest").annotate(count=Count("pk"))
    if any(found["count"] >= MOST_SHARES for found in shares):
        raise TooManyCollaborators
    ClipShare.objects.filter(pk__in=[now[id].pk for id in gone]).delete()
    ClipShare.objects.bulk_create([ClipShare(clip=clip, grant=grants[id]) for id in fresh])
    if gone or fresh:
        record(actor, Action.SHARE_CLIP, clip.resource, payload=_payload(clip, list(wanted), gone, fresh))
    return list(wanted)


def collaborators_of(clip: DataClip) -> list[str]:
    """The ids of the guests who work on it: a share ends with what its guest was given of the space."""
    lasting = Grant.objects.lasting(timezone.now()).filter(space_id=clip.space_id)
    shares = ClipShare.objects.filter(clip=clip, grant__in=lasting).order_by("created_at", "pk")
    return list(shares.values_list("grant__guest_id", flat=True))


def _grants(clip: DataClip, guest_ids: Collection[str]) -> list[Grant]:
    """What these guests have of the clip's space, held, so that it is not withdrawn meanwhile."""
    now = timezone.now()
    grants = Grant.objects.filter(space_id=clip.space_id, guest_id__in=guest_ids).order_by("pk")
    return [grant for grant in grants.select_for_update(no_key=True) if not grant.has_ended(now)]


def _payload(clip: DataClip, wanted: list[str], gone: list[str], fresh: list[str]) -> dict[str, Any]:
    changes = [{"action": "removed", "userId": id} for id in gone] + [{"action": "added", "userId": id} for id in fresh]
    return {"dataClipId": clip.pk, "collaborators": wanted, "changes": changes}
