"""The list of spaces over all environments, with what is in each and when it was last worked in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render

from access.actions import Action
from access.actors import Actor
from access.policy import can, reach
from access.queries import visible, within
from access.requests import Request
from environments.pages.current import environments_of
from guests.models import Grant, Guest
from lib.paging import keyset
from spaces.forms import SpaceFilters
from spaces.models import Space, Workbook

PAGE = 25


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """A space with how many workbooks are in it, and how many guests were given some of it."""

    space: Space
    workbooks: int
    guests: int | None


def spaces(request: Request) -> HttpResponse:
    environments = environments_of(request)
    filters = SpaceFilters(request.GET, environment=[(one.pk, one.word) for one in environments])
    found = filters.apply(visible(Space, request.actor).select_related("environment"))
    page = keyset(found, request.GET.get("after"), size=PAGE)
    context = {
        "rows": _rows(request.actor, page.rows),
        "older": page.next,
        "filters": filters,
        "makeable": [one for one in environments if can(request.actor, Action.CREATE_SPACE, one.resource)],
    }
    return render(request, "spaces/list.html", context)


def _rows(actor: Actor, spaces: list[Space]) -> list[SpaceRow]:
    """Counted for the page alone, in two queries; guests only for whoever may see them."""
    ids = [space.pk for space in spaces]
    workbooks = _counted(visible(Workbook, actor).filter(space__in=ids))
    met = within(Guest, reach(actor, Action.VIEW_GUEST))
    guests = _counted(Grant.objects.filter(space__in=ids, guest__in=met))
    sees = {space.environment_id: can(actor, Action.VIEW_GUEST, space.environment.resource) for space in spaces}
    return [
        SpaceRow(one, workbooks.get(one.pk, 0), guests.get(one.pk, 0) if sees[one.environment_id] else None)
        for one in spaces
    ]


def _counted(rows: Iterable[object]) -> dict[str, int]:
    return dict(rows.order_by().values_list("space").annotate(Count("pk")))  # type: ignore[attr-defined]
