"""What the API reads and shows of spaces (flatfile-api.md, section 14)."""

from typing import Any

from rest_framework import serializers

from lib.drf import Flag, Free, Input, Paged, Text, Texts, Whole, present
from lib.times import moment
from spaces.models import Space

FIELDS = {
    "name": "name",
    "displayOrder": "display_order",
    "guestAuthentication": "guest_authentication",
    "spaceConfigId": "space_config_id",
    "metadata": "metadata",
    "settings": "settings",
    "actions": "actions",
    "access": "access",
    "namespace": "namespace",
    "labels": "labels",
    "translationsPath": "translations_path",
    "languageOverride": "language_override",
    "appId": "app_id",
    "isAppTemplate": "is_app_template",
    "primaryWorkbookId": "primary_workbook_id",
}
SORTABLE = {
    "name": "name",
    "environmentId": "environment_id",
    "createdByUserName": "created_by_label",
    "createdAt": "created_at",
    "workbooksCount": "workbooks_count",
    "filesCount": "created_at",  # there are no files, so all are alike
    "lastActivityAt": "last_activity_at",
}


class SpacesIn(Paged):
    """Query of GET /spaces."""

    environmentId = Text(max_length=40, required=False)
    app = Text(required=False, max_length=255)
    appId = Text(required=False, max_length=255)
    search = Text(required=False, max_length=255)
    namespace = Text(required=False, max_length=255)
    archived = Flag(required=False)
    isCollaborative = Flag(required=False)
    isAppTemplate = Flag(required=False)
    sortField = serializers.ChoiceField(choices=sorted(SORTABLE), required=False)
    sortDirection = serializers.ChoiceField(choices=["asc", "desc"], required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("sortField" in attrs) != ("sortDirection" in attrs):
            raise serializers.ValidationError("Give sortField and sortDirection together.")
        return attrs


class NewSpace(Input):
    """Body of POST /spaces; every field is optional."""

    environmentId = Text(max_length=40, required=False)
    name = Text(max_length=255, required=False, allow_blank=True)
    displayOrder = Whole(required=False, least=-(2**31))
    guestAuthentication = Texts(required=False)
    spaceConfigId = Text(max_length=255, required=False)
    metadata = Free(required=False)
    settings = Free(required=False)
    actions = serializers.ListField(child=Free(), required=False, max_length=100)
    access = serializers.ListField(child=serializers.ChoiceField(choices=["*", "upload"]), required=False, max_length=2)
    namespace = Text(max_length=255, required=False, allow_blank=True)
    labels = Texts(required=False)
    translationsPath = Text(required=False, allow_blank=True)
    languageOverride = Text(max_length=35, required=False, allow_blank=True)
    appId = Text(max_length=255, required=False)
    isAppTemplate = Flag(required=False)


class SpaceChange(NewSpace):
    """Body of PATCH /spaces/{spaceId}; every field is optional, `autoConfigure` is ignored."""

    name = Text(max_length=255, required=False)
    primaryWorkbookId = Text(max_length=40, required=False)


class SpacesToDelete(Input):
    """Query of DELETE /spaces; the parameter is repeated."""

    spaceIds = Texts(min_length=1, max_length=100)


def space_out(space: Space) -> dict[str, Any]:
    inherited = space.environment.guest_authentication
    return present(
        id=space.pk,
        name=space.name,
        environmentId=space.environment_id,
        displayOrder=space.display_order,
        guestAuthentication=inherited if space.guest_authentication is None else space.guest_authentication,
        spaceConfigId=space.space_config_id or None,
        metadata=space.metadata,
        settings=space.settings,
        actions=space.actions,
        access=space.access,
        namespace=space.namespace or None,
        labels=space.labels,
        translationsPath=space.translations_path or None,
        languageOverride=space.language_override or None,
        appId=space.app_id or None,
        isAppTemplate=space.is_app_template,
        archivedAt=moment(space.archived_at),
        createdByUserId=space.created_by_id,
        createdByUserName=space.created_by_label or None,
        workbooksCount=_workbooks_of(space),
        filesCount=0,
        primaryWorkbookId=space.primary_workbook_id,
        lastActivityAt=moment(space.last_activity_at),
        createdAt=moment(space.created_at),
        updatedAt=moment(space.updated_at),
    )


def _workbooks_of(space: Space) -> int:
    """As counted with the list it comes from, else by a query of its own."""
    counted = getattr(space, "workbooks_count", None)
    return space.workbooks.count() if counted is None else int(counted)
