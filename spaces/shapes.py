"""What the API answers about spaces (flatfile-api.md, section 14)."""

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
    createdAt = when()
    updatedAt = when()
