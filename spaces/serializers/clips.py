"""What the API reads and shows of data clips (flatfile-api.md, section 18)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from access.actions import Action
from access.actors import Actor
from access.policy import can
from guests.actions import collaborators_of
from guests.actions.previewing import Previewed
from guests.clip_links import secret_of
from guests.credentials import shown_token
from guests.models import ClipLink
from lib.drf import Flag, Input, Strict, Text, Texts, Whole, present
from lib.paging import LARGEST_NUMBER
from lib.problems import InvalidInput
from lib.times import moment
from spaces.models import DataClip
from spaces.records.differences import CLIP, CONFLICT, IGNORE, MAIN, RESOLVE, RESTORE, SNAPSHOT, Compared, Difference
from spaces.serializers.records import counts_of, record_out
from spaces.serializers.workbooks import sheet_out
from tokens.credentials.guests import text_of

STATUSES = [status.value for status in DataClip.Status]
ACCESS = ["public", "restricted"]
# Of the API → of the domain.
NAMES = {"sharedLinkAccess": "access"}


class ClipsIn(Input):
    """Query of GET /data-clips."""

    spaceId = Text(max_length=40, required=False)
    sheetId = Text(max_length=40, required=False)
    status = serializers.ChoiceField(choices=STATUSES, required=False)


class ClipChange(Input):
    """Body of PATCH /data-clips/{clipId}."""

    name = Text(max_length=255, required=False)
    description = Text(max_length=2_000, required=False, allow_blank=True)
    status = serializers.ChoiceField(choices=STATUSES, required=False)
    collaborators = Texts(required=False)
    sharedLinkAccess = serializers.ChoiceField(choices=ACCESS, required=False)


class NewClip(Input):
    """Body of POST /data-clips."""

    name = Text(max_length=255)
    sourceSheetId = Text(max_length=40)
    description = Text(max_length=2_000, required=False, allow_blank=True)
    collaborators = Texts(required=False)
    sharedLinkAccess = serializers.ChoiceField(choices=ACCESS, required=False)


class FillIn(Input):
    """Body of POST /data-clips/{clipId}/add-records."""

    recordIds = Texts(max_length=5_000, allow_empty=False)


class ResolutionsIn(Input):
    """Query of GET /data-clips/{clipId}/resolutions."""

    includeRecords = Flag(default=True)
    includeSummary = Flag(default=False)
    filterColumn = Text(max_length=255, required=False, allow_blank=True)
    filterConflicts = Flag(default=False)
    pageSize = Whole(least=1, most=99_999_999, default=1_000)
    pageNumber = Whole(least=1, most=LARGEST_NUMBER, default=1)


class IndexIn(Input):
    """Query of GET /data-clips/{clipId}/resolutions/index."""

    id = Text(max_length=40)
    filterColumn = Text(max_length=255, required=False, allow_blank=True)
    filterConflicts = Flag()


class ResolveIn(serializers.Serializer[Any]):
    """What is to become of one field, or of a record that is gone from the sheet."""

    field = Text(max_length=255, required=False)
    type = serializers.ChoiceField(choices=[CONFLICT, RESOLVE], required=False)
    resolveTo = serializers.ChoiceField(choices=[CLIP, MAIN, SNAPSHOT], required=False)
    clipValueReference = Text(max_length=255, required=False, allow_blank=True)
    mainValueReference = Text(max_length=255, required=False, allow_blank=True)
    removedFromMainResolution = serializers.ChoiceField(choices=[IGNORE, RESTORE], required=False)


class ResolvedIn(serializers.Serializer[Any]):
    """One record of the clip, with what is decided about it."""

    recordId = Text(max_length=40)
    resolves = serializers.ListField(child=ResolveIn(), max_length=1_000)


class ResolutionsChange(Input):
    """Body of PATCH /data-clips/{clipId}/resolutions."""

    resolvedRecords = serializers.ListField(child=ResolvedIn(), max_length=10_000, allow_empty=False)


class PreviewIn(Strict):
    """Query of GET /data-clips/{clipId}/preview."""

    sheetId = Text(max_length=40, required=False)
    pageSize = Whole(least=1, most=99_999_999, default=100)
    after = Text(required=False, allow_blank=True, help_text="With `sheetId`: the `next` of its last page.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("after") and "sheetId" not in attrs:
            raise InvalidInput("Name the sheet that is read on.", field="sheetId")
        return attrs


def named(given: Mapping[str, Any]) -> dict[str, Any]:
    """As the domain calls it."""
    return {NAMES.get(name, name): value for name, value in given.items()}


def clip_out(actor: Actor, clip: DataClip, *, mints: bool = True) -> dict[str, Any]:
    """A clip; its link, token and collaborators are for whoever may share it."""
    out = _facts(clip)
    if not can(actor, Action.SHARE_CLIP, clip.resource):
        return out
    link = ClipLink.objects.live().filter(clip=clip).select_related("token", "clip__space").first()
    token = shown_token(link, may_mint=mints) if link else None
    shown = present(accessToken=text_of(token) if token else None, collaborators=collaborators_of(clip))
    return out | _link_out(clip, link) | shown


def clips_out(actor: Actor, clips: Iterable[DataClip]) -> list[dict[str, Any]]:
    """Clips in a list, in two queries: without tokens, which a list does not make."""
    found = list(clips)
    links = {link.clip_id: link for link in ClipLink.objects.live().filter(clip__in=found)}
    shared = {clip.pk for clip in found if can(actor, Action.SHARE_CLIP, clip.resource)}
    return [_facts(clip) | (_link_out(clip, links.get(clip.pk)) if clip.pk in shared else {}) for clip in found]


def preview_out(found: Previewed) -> dict[str, Any]:
    """A sheet with what of it is seen."""
    return present(
        sheet=sheet_out(found.sheet),
        readOnly=not found.may_write,
        counts=counts_of(found.counts),
        records=[record_out(one) for one in found.records],
        next=found.next,
    )


def diff_out(one: Compared, *, with_values: bool) -> dict[str, Any]:
    """A record of the clip beside the sheet: `value` is what the sheet holds now."""
    shown = one.main or one.record
    out = record_out(shown) | {"id": one.record.pk, "resolves": _resolves(one)}
    if not with_values:
        return out | {"values": {}}
    then = one.copy.snapshot if one.copy else {}
    for key in dict.fromkeys([*shown.values, *one.record.values]):
        cell = out["values"].setdefault(key, {"value": None})
        cell["clipValue"] = one.record.values.get(key, {}).get("value")
        cell["snapshotValue"] = then.get(key, {}).get("value")
    return out


def _resolves(one: Compared) -> list[dict[str, Any]]:
    if one.is_gone:
        decided = {"removedFromMainResolution": one.fate} if one.fate else {}
        return [{"type": RESOLVE if one.fate else CONFLICT} | decided]
    return [_resolve(difference) for difference in one.differences]


def _resolve(one: Difference) -> dict[str, Any]:
    if not one.outcome:
        return {"field": one.field, "type": CONFLICT}
    return {"field": one.field, "type": RESOLVE, "resolveTo": one.outcome}


def _facts(clip: DataClip) -> dict[str, Any]:
    return present(
        id=clip.pk,
        name=clip.name,
        description=clip.description or None,
        sourceSheetId=clip.source_id,
        clipSheetId=clip.sheet_id,
        workbookId=clip.workbook_id,
        status=clip.status,
        createdBy=clip.created_by_id,
        createdAt=moment(clip.created_at),
        updatedAt=moment(clip.updated_at),
        mergedAt=moment(clip.merged_at),
    )


def _link_out(clip: DataClip, link: ClipLink | None) -> dict[str, Any]:
    """The address for whoever has the link; without one, the clip's own, where its collaborators find it."""
    path = reverse("guest_clip_link_link", args=[secret_of(link)]) if link else reverse("guest_clip", args=[clip.pk])
    return present(
        sharedLinkAccess="public" if link else "restricted",
        guestLinkUrl=settings.PUBLIC_URL + path,
        linkExpiresAt=moment(link.expires_at) if link else None,
    )
