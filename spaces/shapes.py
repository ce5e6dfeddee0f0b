"""What the API answers about spaces and what is in them (flatfile-api.md, sections 14 to 16 and 22)."""

from rest_framework import serializers

from environments.shapes import WAYS
from lib.shapes import Said, Shape, flag, free, ident, number, one_of, text, texts, when


class SpaceOut(Shape):
    """A space."""

    id = ident("us_sp_")
    name = text()
    environmentId = ident("us_env_")
    displayOrder = number(optional=True)
    guestAuthentication = texts("Its own way in for guests, else its environment's.", values=WAYS)
    spaceConfigId = text(optional=True)
    metadata = free(optional=True)
    settings = free(optional=True)
    actions = serializers.ListField(child=free(), required=False)
    access = texts(optional=True, values=["*", "upload"])
    namespace = text(optional=True)
    labels = texts(optional=True)
    translationsPath = text(optional=True)
    languageOverride = text(optional=True, examples=["de"])
    appId = text(optional=True)
    isAppTemplate = flag(optional=True)
    archivedAt = when("Left out unless it is archived.", optional=True)
    createdByUserId = ident("us_usr_", "Left out when a key created it.", optional=True)
    createdByUserName = text(optional=True)
    workbooksCount = number()
    filesCount = number()
    primaryWorkbookId = ident("us_wb_", "Left out while there is none.", optional=True)
    lastActivityAt = when("To the minute.", optional=True)
    accessToken = text("For who may share it; of a space token, itself. Not in lists.", optional=True, pattern="^eyJ")
    guestLink = text("What people open to come in. Not in lists.", optional=True, format="uri")
    createdAt = when()
    updatedAt = when()


class SheetOut(Shape):
    """A sheet."""

    id = ident("us_sh_")
    workbookId = ident("us_wb_")
    name = text()
    slug = text(examples=["people"])
    config = free("As it was given: name, fields, access and the rest.")
    metadata = free(optional=True)
    treatments = texts("`CLIPPED_FROM_SHEET` for the copy that a data clip works on.", optional=True)
    lockedAt = when("Left out unless it is locked.", optional=True)
    lockedBy = text("Who locked it, by id.", optional=True)
    createdAt = when()
    updatedAt = when()


class WorkbookOut(Shape):
    """A workbook."""

    id = ident("us_wb_")
    name = text()
    spaceId = ident("us_sp_")
    environmentId = ident("us_env_")
    namespace = text(optional=True)
    labels = texts()
    sheets = SheetOut(many=True, required=False)
    actions = serializers.ListField(child=free(), required=False)
    settings = free(optional=True)
    metadata = free()
    treatments = texts()
    folder = text(optional=True)
    createdAt = when()
    updatedAt = when()


class DocumentOut(Shape):
    """A document."""

    id = ident("us_dc_")
    title = text()
    body = text("Markdown.")
    treatments = texts()
    actions = serializers.ListField(child=free(), required=False)
    spaceId = ident("us_sp_")
    environmentId = ident("us_env_")
    createdAt = when()
    updatedAt = when()


VALUE = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        {"type": "array", "items": {"type": "string"}},
    ]
}


class MessageOut(Shape):
    """What somebody or something has to say about a cell."""

    type = one_of(["error", "warn", "info"], "An error makes the record invalid.")
    source = text("`required-constraint` and `invalid-option` are ours.", optional=True)  # type: ignore[assignment]
    message = text(optional=True)
    field = text(optional=True)
    path = text(optional=True)


class CellOut(Shape):
    """One cell of a record."""

    value = Said(VALUE)
    valid = flag(optional=True)
    messages = MessageOut(many=True, required=False)
    metadata = free(optional=True)
    links = serializers.ListField(child=free("A record."), required=False, help_text="What a reference names.")


class RecordOut(Shape):
    """A record."""

    id = ident("us_rc_")
    values = serializers.DictField(child=CellOut(), help_text="By field key.")
    valid = flag("Whether none of its cells holds an error.")
    messages = serializers.ListField(child=free(), help_text="Always empty: they are at the cells.")
    metadata = free()
    config = free("Always empty.")
    versionId = text("A number that rises with each change.")


class CountsOut(Shape):
    """How many records."""

    total = number()
    valid = number()
    error = number("How many hold an error.")


class RecordsOut(Shape):
    """Records of a sheet."""

    success = flag()
    records = RecordOut(many=True)
    counts = CountsOut(required=False)


class InsertedOut(Shape):
    """The new records, and the id of the event that tells of them."""

    success = flag()
    records = RecordOut(many=True)
    versionId = ident("us_evt_")
    commitId = ident("us_evt_")


class UpdatedOut(Shape):
    """The id of the event that tells of it."""

    success = flag()
    versionId = ident("us_evt_")
    commitId = ident("us_evt_")


class RecordCountsOut(Shape):
    """How many records were asked for."""

    success = flag()
    counts = CountsOut()


class FieldValueOut(Shape):
    """A value of a field, or a cell."""

    value = Said(VALUE)
    valid = flag(optional=True)
    messages = MessageOut(many=True, required=False)
    metadata = free(optional=True)
    counts = CountsOut(required=False)


class CsvOut(Shape):
    """A line of labels, then one for each record (RFC 4180)."""
