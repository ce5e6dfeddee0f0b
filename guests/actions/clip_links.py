"""The link of a data clip: made, shown again, ended; and clips as the API changes them, sharing included."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.limits import check_expiry
from access.policy import require
from events.actions import record
from guests.actions.clips import share_clip
from guests.clip_links import PREFIX
from guests.models import ClipLink, Guest
from lib import crypto
from lib.ids import new_id
from lib.locks import hold_to_delete
from lib.times import moment
from spaces.actions.clips import create_clip, held, update_clip
from spaces.actions.merging import merge_clip
from spaces.models import DataClip, Sheet

PUBLIC, RESTRICTED = "public", "restricted"


@transaction.atomic
def make_clip_link(actor: Actor, clip: DataClip, *, expires_at: datetime | None = None) -> ClipLink:
    """The link by which anybody works on the clip, until then or for good. One that is good is kept as it is.

    Raises BadExpiry.
    """
    require(actor, Action.MAKE_CLIP_LINK, clip.resource)
    check_expiry(expires_at)
    clip = held(clip)
    found = ClipLink.objects.filter(clip=clip).select_related("guest").first()
    if found and found.expires_at == expires_at:
        return found
    if found and not found.has_ended(timezone.now()):
        found.expires_at = expires_at
        found.save(update_fields=["expires_at"])
    else:
        _end(found)
        found = _new_link(actor, clip, expires_at)
    record(actor, Action.MAKE_CLIP_LINK, clip.resource, payload=_facts(clip) | {"expiresAt": moment(expires_at)})
    return found


@transaction.atomic
def revoke_clip_link(actor: Actor, clip: DataClip) -> None:
    """End the link, and with it whoever came by it, from the next request on. Twice is not an error."""
    require(actor, Action.REVOKE_CLIP_LINK, clip.resource)
    clip = held(clip)
    found = ClipLink.objects.filter(clip=clip).select_related("guest").first()
    if found:
        _end(found)
        record(actor, Action.REVOKE_CLIP_LINK, clip.resource, payload=_facts(clip))


@transaction.atomic
def open_clip(
    actor: Actor, source: Sheet, *, collaborators: Collection[str] | None = None, access: str = "", **given: Any
) -> DataClip:
    """A new clip with those who work on it from the start. Raises as its parts do, and then there is none."""
    clip = create_clip(actor, source, **given)
    return _share(actor, clip, collaborators, access)


@transaction.atomic
def change_clip(
    actor: Actor,
    clip: DataClip,
    *,
    collaborators: Collection[str] | None = None,
    access: str = "",
    status: str = "",
    **given: Any,
) -> DataClip:
    """Everything that the API changes of a clip, at once or not at all. Raises as its parts do."""
    is_merging = status == DataClip.Status.MERGED
    if given or (status and not is_merging):
        clip = update_clip(actor, clip, status="" if is_merging else status, **given)
    if is_merging:
        clip = merge_clip(actor, clip)
    return _share(actor, clip, collaborators, access)


def _share(actor: Actor, clip: DataClip, collaborators: Collection[str] | None, access: str) -> DataClip:
    if collaborators is not None:
        share_clip(actor, clip, collaborators)
    if access == PUBLIC:
        make_clip_link(actor, clip)
    elif access == RESTRICTED:
        revoke_clip_link(actor, clip)
    return clip


def _new_link(actor: Actor, clip: DataClip, expires_at: datetime | None) -> ClipLink:
    guest = Guest.objects.create(
        account_id=clip.account_id,
        environment_id=clip.environment_id,
        clip=clip,
        created_by_id=actor.id,
        created_by_label=actor.name[:255],
    )
    id, secret = new_id("us_cl_"), crypto.mint_token(PREFIX)
    return ClipLink.objects.create(
        id=id,
        account_id=clip.account_id,
        clip=clip,
        guest=guest,
        sealed=crypto.seal(secret, id),
        **crypto.peppered(secret),
        made_by_id=actor.id,
        made_by_label=actor.name[:255],
        expires_at=expires_at,
    )


def _end(link: ClipLink | None) -> None:
    """With its guest, who is held: a token that is made for them at this moment waits, and finds nobody."""
    if link:
        Guest.objects.filter(pk__in=hold_to_delete(Guest.objects.filter(pk=link.guest_id))).delete()


def _facts(clip: DataClip) -> dict[str, Any]:
    return {"dataClipId": clip.pk, "spaceId": clip.space_id}
