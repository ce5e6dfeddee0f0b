"""What the dashboard's pages of guests find by the ids in an address, inside the environment of the address."""

from dataclasses import dataclass

from access.actions import Action
from access.actors import Actor
from access.policy import require
from access.queries import get_visible, visible
from access.requests import Request
from environments.models import Environment
from guests.models import Grant, Guest
from lib.ids import is_id
from lib.problems import NotFound
from spaces.models import Space, Workbook

MOST_SPACES, MOST_WORKBOOKS = 50, 500


@dataclass(frozen=True, slots=True)
class Room:
    """A space that can be given, and the workbooks that can be given of it."""

    space: Space
    workbooks: list[Workbook]


def guest_of(request: Request, environment_id: str, guest_id: str, to: Action | None = None) -> Guest:
    """The guest of the address. Raises NotFound, Forbidden."""
    guest = get_visible(Guest, request.actor, guest_id, related=("environment",))
    if guest.environment_id != environment_id:
        raise NotFound
    if to:
        require(request.actor, to, guest.resource)
    return guest


def grant_of(request: Request, environment_id: str, guest_id: str, space_id: str, to: Action) -> Grant:
    """What the guest of the address was given of that space. Raises NotFound, Forbidden."""
    guest = guest_of(request, environment_id, guest_id)
    grants = guest.grants.select_related("space__environment")
    grant = grants.filter(space_id=space_id).first() if is_id(space_id) else None
    if grant is None:
        raise NotFound
    require(request.actor, to, grant.space.resource)
    grant.guest = guest
    return grant


def rooms(actor: Actor, environment: Environment, first: str = "") -> list[Room]:
    """The newest spaces of the environment that the actor may give, the one of that id before all others."""
    spaces = visible(Space, actor, Action.GIVE_SPACE).filter(environment=environment, archived_at=None)
    found = list(spaces.filter(pk=first)) if is_id(first) else []
    found += spaces.exclude(pk__in=[space.pk for space in found]).order_by("-created_at", "-pk")[:MOST_SPACES]
    workbooks: dict[str, list[Workbook]] = {space.pk: [] for space in found}
    for workbook in visible(Workbook, actor).filter(space__in=workbooks).order_by("name", "pk")[:MOST_WORKBOOKS]:
        workbooks[workbook.space_id].append(workbook)
    for space in found:
        space.environment = environment
    return [Room(space, workbooks[space.pk]) for space in found]
