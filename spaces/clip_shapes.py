"""What the API answers about data clips (flatfile-api.md, section 18)."""

from rest_framework import serializers

from lib.shapes import Said, Shape, flag, ident, number, one_of, text, texts, when
from spaces.shapes import VALUE, CellOut, CountsOut, RecordOut, SheetOut


class DataClipOut(Shape):
    """A data clip."""

    id = ident("us_clip_")
    name = text()
    description = text(optional=True)
    sourceSheetId = ident("us_sh_", "The sheet it was made of.")
    clipSheetId = ident("us_sh_", "The sheet of its copies.")
    workbookId = ident("us_wb_")
    status = one_of(["OPEN", "READY", "MERGED"])
    createdBy = text("Who made it, by id.")
    createdAt = when()
    updatedAt = when()
    mergedAt = when("Left out until it is merged.", optional=True)
    sharedLinkAccess = one_of(["public", "restricted"], "For whoever may share it.", optional=True)
    guestLinkUrl = text("For whoever may share it.", optional=True, format="uri")
    linkExpiresAt = when("Left out where the link does not end.", optional=True)
    accessToken = text("A token of whoever has the link, for whoever may share it.", optional=True, pattern="^eyJ")
    collaborators = texts("The guests who work on it, for whoever may share it.", optional=True)


class ClippedOut(Shape):
    """A data clip in a list, wrapped once more."""

    data = DataClipOut()  # type: ignore[assignment]


class FilledOut(Shape):
    """The copies that were added."""

    success = flag()
    records = RecordOut(many=True)
    counts = CountsOut()


class PreviewedOut(Shape):
    """A sheet as whoever works on a data clip sees it, with a page of its records."""

    sheet = SheetOut()
    readOnly = flag("Whether its records are only read.")
    counts = CountsOut()
    records = RecordOut(many=True)
    next = text("Give it as `after`, with `sheetId`, for the next page; left out on the last.", optional=True)


class DiffCellOut(CellOut):
    """A cell as the sheet holds it now, beside the clip's and what it held when it was copied."""

    clipValue = Said(VALUE, optional=True)
    snapshotValue = Said(VALUE, optional=True)


class ResolveOut(Shape):
    """What becomes of a difference; `conflict` while nobody has decided."""

    field = text("Left out for a record that is gone from the sheet.", optional=True)
    type = one_of(["conflict", "resolve"])
    resolveTo = one_of(["clip", "main", "snapshot"], optional=True)
    removedFromMainResolution = one_of(["ignore", "restore"], optional=True)


class DiffRecordOut(RecordOut):
    """A record of a data clip beside its sheet."""

    values = serializers.DictField(child=DiffCellOut(), help_text="By field key.")
    resolves = ResolveOut(many=True)


class SummaryOut(Shape):
    """How many records a data clip has, how many differ from its sheet, and how many of those are in conflict."""

    total = number()
    changed = number()
    conflicts = number()


class IndexOut(Shape):
    """A place in a list, from 0."""

    index = number()
