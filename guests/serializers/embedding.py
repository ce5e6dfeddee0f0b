"""What an embedded space is made of, and what its browser is answered (flatfile-api.md, section 23.1)."""

from typing import Any

from django.utils import timezone

from environments.models import Environment
from environments.serializers import environment_out
from guests.actions.embedding import Embedded
from guests.actions.ways_in import WaysIn
from guests.models import Guest
from guests.serializers.guests import guest_out
from lib.drf import Free, Input, Text
from spaces.models import Workbook
from spaces.serializers.documents import NewDocument, document_out
from spaces.serializers.spaces import FIELDS, NewSpace, space_out
from spaces.serializers.workbooks import NewWorkbook, workbook_out

SHOWN = ("id", "accountId", "name", "isProd", "guestAuthentication", "languageOverride", "translationsPath")
PARTS = {"space": NewSpace, "workbook": NewWorkbook, "document": NewDocument}


class InitQuery(Input):
    """Query of POST /internal/spaces/init."""

    publishableKey = Text(max_length=255)


class InitIn(Input):
    """Body of POST /internal/spaces/init: what POST /spaces, /workbooks and /spaces/{id}/documents would read."""

    space = Free(required=False)
    workbook = Free(required=False)
    document = Free(required=False)
    externalActorId = Text(max_length=255, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        parts = {name: part.of(attrs[name]) for name, part in PARTS.items() if attrs.get(name)}
        return {"space": {}} | attrs | parts


def named(given: dict[str, Any]) -> dict[str, Any]:
    """The arguments of open_embed. The new space and its environment are where the rest goes, whatever it says."""
    workbook = {name: value for name, value in (given.get("workbook") or {}).items() if not name.endswith("Id")}
    return {
        "space": {FIELDS[name]: value for name, value in given["space"].items()},
        "workbook": workbook or None,
        "document": given.get("document") or None,
        "external_actor_id": given.get("externalActorId", ""),
    }


def init_out(made: Embedded, environment: Environment, ways: WaysIn) -> dict[str, Any]:
    shown = environment_out(environment)
    made.space.refresh_from_db(fields=["primary_workbook", "last_activity_at", "updated_at"])
    return {
        "space": space_out(made.space) | {"accessToken": ways.access_token, "guestLink": ways.guest_link},
        "workbooks": [_workbook_out(made.workbook)] if made.workbook else None,
        "documents": [document_out(made.document)] if made.document else None,
        "actor": guest_out_here(made.guest, made.space.pk),
        "entitlements": [],
        "environment": {name: shown[name] for name in SHOWN} | {"hasAccess": True},
    }


def guest_out_here(guest: Guest, space_id: str) -> dict[str, Any]:
    """A guest as a space token sees them: of all they have, this space alone."""
    found = Guest.objects.prefetch_related("grants", "grants__parts").get(pk=guest.pk)
    out = guest_out(found, timezone.now())
    return out | {"spaces": [space for space in out["spaces"] if space["id"] == space_id]}


def _workbook_out(workbook: Workbook) -> dict[str, Any]:
    return workbook_out(workbook, list(workbook.sheets.order_by("position", "created_at", "pk")))
