"""One guest brings another: the space and the invitation to it at once."""

from django.db import transaction

from access.actors import Actor
from guests.actions.given import Given
from guests.actions.invitations import invite_guest
from guests.actions.people import create_guest
from guests.models import MagicLink
from spaces.models import Space


@transaction.atomic
def bring_in(actor: Actor, space: Space, *, email: str, name: str = "", message: str = "") -> MagicLink:
    """Give somebody the whole space and mail them an invitation, or neither.

    Whoever has something of the space already keeps exactly that, and is invited as well: the caller is not told.
    Raises what `create_guest` and `invite_guest` raise.
    """
    guest = create_guest(actor, space.environment, email=email, name=name, spaces=[Given(space, keeps_end=True)])
    return invite_guest(actor, guest, space=space, message=message)
