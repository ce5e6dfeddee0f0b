"""/spaces (flatfile-api.md, section 14): list, create, get."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from environments.models import Environment
from lib.drf import data, listing
from lib.operations import listed, one, operation
from lib.problems import InvalidInput, NotFound
from spaces import actions
from spaces.models import Space
from spaces.serializers import FIELDS, SORTABLE, NewSpace, SpacesIn, space_out
from spaces.shapes import SpaceOut


class Spaces(Api):
    """/spaces"""

    @operation("list_spaces", query=SpacesIn, answers=listed(SpaceOut))
    def get(self, request: Request) -> Response:
        """List the spaces within reach."""
        possible(request.actor, Action.VIEW_SPACE)
        given = SpacesIn.of(request.query_params)
        rows = visible(Space, request.actor).select_related("environment")
        return listing(given, _sorted(_filtered(rows, given), given), space_out)

    @operation("create_space", body=NewSpace, answers=one(SpaceOut))
    def post(self, request: Request) -> Response:
        """Create a space."""
        possible(request.actor, Action.CREATE_SPACE)
        given = NewSpace.of(request.data)
        environment = _environment(request, given.pop("environmentId", None))
        config = {FIELDS[name]: value for name, value in given.items()}
        return data(space_out(actions.create_space(request.actor, environment, **config)))


class OneSpace(Api):
    """/spaces/{spaceId}"""

    @operation("get_space", answers=one(SpaceOut))
    def get(self, request: Request, space_id: str) -> Response:
        """Get a space."""
        return data(space_out(get_visible(Space, request.actor, space_id, related=("environment",))))


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
