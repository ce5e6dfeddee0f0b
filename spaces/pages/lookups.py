"""What the pages of spaces find by the ids in an address, inside the environment of the address."""

from access.actions import Action
from access.policy import require
from access.queries import get_visible
from access.requests import Request
from lib.problems import NotFound
from spaces.models import Space


def space_of(request: Request, environment_id: str, space_id: str, to: Action | None = None) -> Space:
    """The space of the address. Raises NotFound, Forbidden."""
    space = get_visible(Space, request.actor, space_id, related=("environment",))
    if space.environment_id != environment_id:
        raise NotFound
    if to:
        require(request.actor, to, space.resource)
    return space
