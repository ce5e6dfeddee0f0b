"""/spaces (flatfile-api.md, section 14)."""

from typing import Any

from django.db.models import Count, QuerySet
from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from environments.models import Environment
from guests.actions import open_space, ways_into
from guests.credentials import note_visit
from lib.drf import data, listing, present, success
from lib.operations import done, listed, one, operation
from lib.problems import InvalidInput, NotFound
from spaces import actions
from spaces.models import Space
from spaces.serializers.spaces import FIELDS, SORTABLE, NewSpace, SpaceChange, SpacesIn, SpacesToDelete, space_out
from spaces.shapes import SpaceOut

# Counted beside the row, so that no join multiplies it.
COUNTED = Count("workbooks", distinct=True)


class Spaces(Api):
    """/spaces"""

    @operation("list_spaces", query=SpacesIn, answers=listed(SpaceOut))
    def get(self, request: Request) -> Response:
        """List the spaces within reach."""
        possible(request.actor, Action.VIEW_SPACE)
        given = SpacesIn.of(request.query_params)
        rows = visible(Space, request.actor).select_related("environment").annotate(workbooks_count=COUNTED)
        return listing(given, _sorted(_filtered(rows, given), given), space_out)

    @operation("create_space", body=NewSpace, answers=one(SpaceOut))
    def post(self, request: Request) -> Response:
        """Create a space."""
        possible(request.actor, Action.CREATE_SPACE)
        given = NewSpace.of(request.data)
        environment = _environment(request, given.pop("environmentId", None))
        config = {FIELDS[name]: value for name, value in given.items()}
        return data(_shown(request, open_space(request.actor, environment, **config)))

    @operation("delete_spaces", query=SpacesToDelete, answers=done, refuses=(404,))
    def delete(self, request: Request) -> Response:
        """Delete several spaces, or none when one of them may not be deleted."""
        possible(request.actor, Action.DELETE_SPACE)
        ids = dict.fromkeys(SpacesToDelete.of(request.query_params)["spaceIds"])
        found = [get_visible(Space, request.actor, id, to=Action.DELETE_SPACE, related=("environment",)) for id in ids]
        actions.delete_spaces(request.actor, found)
        return success()


class OneSpace(Api):
    """/spaces/{spaceId}"""

    @operation("get_space", answers=one(SpaceOut))
    def get(self, request: Request, space_id: str) -> Response:
        """Get a space."""
        space = get_visible(Space, request.actor, space_id, related=("environment",))
        note_visit(request.actor, space.pk)
        return data(_shown(request, space))

    @operation("update_space", body=SpaceChange, answers=one(SpaceOut))
    def patch(self, request: Request, space_id: str) -> Response:
        """Change a space."""
        given = SpaceChange.of(request.data)
        space = get_visible(Space, request.actor, space_id, to=Action.UPDATE_SPACE, related=("environment",))
        if given.pop("environmentId", space.environment_id) != space.environment_id:
            raise InvalidInput("A space stays in its environment.", field="environmentId")
        config = {FIELDS[name]: value for name, value in given.items()}
        return data(space_out(actions.update_space(request.actor, space, **config)))

    @operation("delete_space", answers=done)
    def delete(self, request: Request, space_id: str) -> Response:
        """Delete a space with everything in it, for good."""
        space = get_visible(Space, request.actor, space_id, to=Action.DELETE_SPACE, related=("environment",))
        actions.delete_space(request.actor, space)
        return success()


class ArchiveSpace(Api):
    """/spaces/{spaceId}/archive"""

    @operation("archive_space", answers=done)
    def post(self, request: Request, space_id: str) -> Response:
        """Archive a space: no guest enters it."""
        space = get_visible(Space, request.actor, space_id, to=Action.ARCHIVE_SPACE, related=("environment",))
        actions.archive_space(request.actor, space)
        return success()


class UnarchiveSpace(Api):
    """/spaces/{spaceId}/unarchive"""

    @operation("unarchive_space", answers=done)
    def post(self, request: Request, space_id: str) -> Response:
        """Take a space out of the archive."""
        space = get_visible(Space, request.actor, space_id, to=Action.UNARCHIVE_SPACE, related=("environment",))
        actions.unarchive_space(request.actor, space)
        return success()


def _shown(request: Request, space: Space) -> dict[str, Any]:
    """With how it is opened, for whoever may share it; a mere question (HEAD) makes no token."""
    ways = ways_into(request.actor, space, mints=request.method != "HEAD")
    return space_out(space) | present(accessToken=ways.access_token or None, guestLink=ways.guest_link or None)


def _environment(request: Request, named: str | None) -> Environment:
    """The environment that was named, or that a key implies; a publishable key sees none, but knows its own."""
    id = named or request.actor.environment_id
    if not id:
        raise InvalidInput("Name the environment the space is created in.", field="environmentId")
    reachable = visible(Environment, request.actor, to=Action.CREATE_SPACE)
    environment = reachable.filter(pk=id).first()
    return environment or _refused(request, id)


def _refused(request: Request, id: str) -> Environment:
    """Visible, but no place to create a space in: let the domain function say why. Anything else is not there."""
    if request.actor.environment_id:
        raise NotFound
    return get_visible(Environment, request.actor, id)


def _filtered(rows: QuerySet[Space], given: dict[str, Any]) -> QuerySet[Space]:
    equal = {
        "environment_id": given.get("environmentId"),
        "app_id": given.get("app", given.get("appId")),
        "namespace": given.get("namespace"),
        "is_app_template": given.get("isAppTemplate"),
        "name__icontains": given.get("search"),
    }
    rows = rows.filter(**{field: value for field, value in equal.items() if value is not None})
    if given.get("isCollaborative"):
        rows = rows.none()
    return rows if given.get("archived") else rows.filter(archived_at=None)


def _sorted(rows: QuerySet[Space], given: dict[str, Any]) -> QuerySet[Space]:
    if "sortField" not in given:
        return rows.order_by("-created_at", "-pk")
    sign = "-" if given["sortDirection"] == "desc" else ""
    return rows.order_by(sign + SORTABLE[given["sortField"]], sign + "pk")
