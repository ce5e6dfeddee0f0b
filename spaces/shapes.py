"""What the API answers about spaces and what is in them (flatfile-api.md, sections 14 to 16 and 22)."""

from rest_framework import serializers

from environments.shapes import WAYS
from lib.shapes import Shape, flag, free, ident, number, text, texts, when


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
