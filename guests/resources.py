"""A guest as part of one space: what events about their coming and going are about."""

from dataclasses import replace

from access.actors import Resource
from guests.models import Guest
from spaces.models import Space


def guest_in(guest: Guest, space: Space) -> Resource:
    """The guest's facts with the space's: so whoever holds the space reads the event too."""
    return replace(
        guest.resource, environment_id=space.environment_id, space_id=space.pk, environment_label=space.environment.name
    )
