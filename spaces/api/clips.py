"""/data-clips (flatfile-api.md, section 18)."""

from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from guests import actions as sharing
from lib.drf import data, success
from lib.operations import bare, done, many, one, operation, summed, twice
from lib.problems import NotFound
from spaces import actions
from spaces.clip_shapes import ClippedOut, DataClipOut, DiffRecordOut, FilledOut, IndexOut, PreviewedOut, SummaryOut
from spaces.models import DataClip, Sheet
from spaces.records.differences import Compared, compared
from spaces.records.reading import Choice, counted
from spaces.serializers.clips import (
    ClipChange,
    ClipsIn,
    FillIn,
    IndexIn,
    NewClip,
    PreviewIn,
    ResolutionsChange,
    ResolutionsIn,
    clip_out,
    clips_out,
    diff_out,
    named,
    preview_out,
)
from spaces.serializers.records import counts_of, record_out

MOST_LISTED = 1_000
AROUND = ("environment", "sheet__environment", "source__environment", "source__space")
STATES = {
    DataClip.Status.OPEN: Q(ready_at=None, merged_at=None),
    DataClip.Status.READY: Q(merged_at=None) & ~Q(ready_at=None),
    DataClip.Status.MERGED: ~Q(merged_at=None),
}


class DataClips(Api):
    """/data-clips"""

    @operation("list_clips", query=ClipsIn, answers=many(ClippedOut))
    def get(self, request: Request) -> Response:
        """List the data clips within reach, newest first, up to 1,000."""
        possible(request.actor, Action.VIEW_CLIP)
        given = ClipsIn.of(request.query_params)
        rows = visible(DataClip, request.actor).select_related("environment").order_by("-created_at", "-pk")
        return data([{"data": clip} for clip in clips_out(request.actor, _filtered(rows, given)[:MOST_LISTED])])

    @operation("create_clip", body=NewClip, answers=twice(DataClipOut), refuses=(409,))
    def post(self, request: Request) -> Response:
        """Make an empty data clip of a sheet."""
        possible(request.actor, Action.CREATE_CLIP)
        given = NewClip.of(request.data)
        source = get_visible(
            Sheet, request.actor, given.pop("sourceSheetId"), to=Action.CREATE_CLIP, related=("environment", "space")
        )
        clip = clip_out(request.actor, sharing.open_clip(request.actor, source, **named(given)))
        return data(clip, **clip)


class OneDataClip(Api):
    """/data-clips/{clipId}"""

    @operation("get_clip", answers=one(DataClipOut))
    def get(self, request: Request, clip_id: str) -> Response:
        """Get a data clip, with its link for whoever may share it."""
        clip = get_visible(DataClip, request.actor, clip_id, related=("environment",))
        return data(clip_out(request.actor, clip, mints=request.method == "GET"))

    @operation("update_clip", body=ClipChange, answers=one(DataClipOut), refuses=(409,))
    def patch(self, request: Request, clip_id: str) -> Response:
        """Change a data clip: its name, its state up to MERGED, and who works on it."""
        given = ClipChange.of(request.data)
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.UPDATE_CLIP, related=AROUND)
        return data(clip_out(request.actor, sharing.change_clip(request.actor, clip, **named(given))))

    @operation("delete_clip", answers=done)
    def delete(self, request: Request, clip_id: str) -> Response:
        """Delete a data clip with its copies; the sheet stays as it is."""
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.DELETE_CLIP, related=AROUND)
        actions.delete_clip(request.actor, clip)
        return success()


class ClippedRecords(Api):
    """/data-clips/{clipId}/add-records"""

    @operation("fill_clip", body=FillIn, answers=bare(FilledOut), refuses=(409,))
    def post(self, request: Request, clip_id: str) -> Response:
        """Copy records of the sheet into its data clip."""
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.FILL_CLIP, related=AROUND)
        added = actions.fill_clip(request.actor, clip, FillIn.of(request.data)["recordIds"])
        counts = counted(request.actor, Sheet.objects.get(pk=clip.sheet_id), Choice())
        return Response({"success": True, "records": [record_out(one) for one in added], "counts": counts_of(counts)})


class Preview(Api):
    """/data-clips/{clipId}/preview"""

    @operation("preview_clip", query=PreviewIn, answers=many(PreviewedOut))
    def get(self, request: Request, clip_id: str) -> Response:
        """Show everything that whoever works on a data clip sees, before it is shared."""
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.SHARE_CLIP, related=AROUND)
        given = PreviewIn.of(request.query_params)
        asked = {"sheet_id": given.get("sheetId", ""), "after": given.get("after", ""), "size": given["pageSize"]}
        return data([preview_out(one) for one in sharing.preview_clip(request.actor, clip, **asked)])


class Resolutions(Api):
    """/data-clips/{clipId}/resolutions"""

    @operation("list_resolutions", query=ResolutionsIn, answers=summed(DiffRecordOut, summary=SummaryOut))
    def get(self, request: Request, clip_id: str) -> Response:
        """List the records of a data clip beside what its sheet holds now."""
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.RESOLVE_CLIP, related=AROUND)
        given = ResolutionsIn.of(request.query_params)
        found, size = _compared(clip, given), min(given["pageSize"], MOST_LISTED)
        page = islice(found, (given["pageNumber"] - 1) * size, given["pageNumber"] * size)
        shown = [diff_out(one, with_values=given["includeRecords"]) for one in page]
        return data(shown, **({"summary": _summary(clip)} if given["includeSummary"] else {}))

    @operation("update_resolutions", body=ResolutionsChange, answers=done, refuses=(409,))
    def patch(self, request: Request, clip_id: str) -> Response:
        """Settle where a data clip and its sheet differ."""
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.RESOLVE_CLIP, related=AROUND)
        given = ResolutionsChange.of(request.data)
        actions.resolve_clip(request.actor, clip, given["resolvedRecords"])
        return success()


class ResolutionIndex(Api):
    """/data-clips/{clipId}/resolutions/index"""

    @operation("find_resolution", query=IndexIn, answers=bare(IndexOut))
    def get(self, request: Request, clip_id: str) -> Response:
        """Tell where in the list of resolutions a record stands, from 0."""
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.RESOLVE_CLIP, related=AROUND)
        given = IndexIn.of(request.query_params)
        for index, found in enumerate(_compared(clip, given)):
            if found.record.pk == given["id"]:
                return Response({"index": index})
        raise NotFound


class RefreshedResolutions(Api):
    """/data-clips/{clipId}/refresh-resolutions"""

    @operation("refresh_resolutions", answers=done, refuses=(409,))
    def patch(self, request: Request, clip_id: str) -> Response:
        """Compare anew: what was decided against values that the sheet holds no more is open again."""
        clip = get_visible(DataClip, request.actor, clip_id, to=Action.RESOLVE_CLIP, related=AROUND)
        actions.refresh_resolutions(request.actor, clip)
        return success()


def _filtered(rows: QuerySet[DataClip], given: dict[str, Any]) -> QuerySet[DataClip]:
    if "spaceId" in given:
        rows = rows.filter(space_id=given["spaceId"])
    if "sheetId" in given:
        rows = rows.filter(source_id=given["sheetId"])
    return rows.filter(STATES[DataClip.Status(given["status"])]) if "status" in given else rows


def _compared(clip: DataClip, given: dict[str, Any]) -> Any:
    column, is_conflict = given.get("filterColumn"), given["filterConflicts"]
    return (one for one in compared(clip) if _is_wanted(one, column, is_conflict))


def _is_wanted(one: Compared, column: str | None, is_conflict: bool) -> bool:
    if column and is_conflict:
        return one.has_conflict_in(column)
    if column:
        return any(difference.field == column for difference in one.differences)
    return one.has_conflict if is_conflict else True


def _summary(clip: DataClip) -> dict[str, int]:
    found = list(compared(clip))
    changed = sum(bool(one.differences) or one.is_gone or one.is_new for one in found)
    return {"total": len(found), "changed": changed, "conflicts": sum(one.has_conflict for one in found)}
