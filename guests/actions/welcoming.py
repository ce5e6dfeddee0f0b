"""A guest from nothing to the mail in their mailbox, in one deed."""

from collections.abc import Sequence

from django.db import transaction

from access.actors import Actor
from environments.models import Environment
from guests.actions.given import Given
from guests.actions.invitations import invite_guest
from guests.actions.people import create_guest
from guests.models import Guest
from spaces.models import Space


@transaction.atomic
def welcome_guest(
    actor: Actor,
    environment: Environment,
    *,
    email: str,
    spaces: Sequence[Given],
    name: str = "",
    is_mailed: bool = True,
    message: str = "",
) -> Guest:
    """A guest with these spaces, and one invitation for all of them: inside they are a click apart.

    It leads into the first that can be entered by magic link. Raises as create_guest and invite_guest do.
    """
    guest = create_guest(actor, environment, email=email, name=name, spaces=spaces)
    if is_mailed and spaces:
        invite_guest(actor, guest, space=_first_open([given.space for given in spaces]), message=message)
    return guest


def _first_open(spaces: list[Space]) -> Space:
    """The first whose way in is open, else the first, which will say why it is not."""
    return next((space for space in spaces if not space.archived_at and "magic_link" in space.ways_in), spaces[0])
