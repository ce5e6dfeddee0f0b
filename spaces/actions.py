"""What can be done to spaces."""

from typing import Any

from django.db import transaction

from access.actions import Action
from access.actors import Actor
from access.policy import require
from environments.actions.environments import checked_guest_authentication
from environments.models import Environment
from events.actions import record
from lib import names
from spaces.models import Space

DEFAULT_NAME = "Untitled space"


@transaction.atomic
def create_space(
    actor: Actor,
    environment: Environment,
    *,
    name: str = "",
    guest_authentication: list[str] | None = None,
    **config: Any,
) -> Space:
    """A new space in the environment; every setting is optional (flatfile-api.md, section 14).

    Raises UnknownGuestAuthentication, NameUnreadable.
    """
    require(actor, Action.CREATE_SPACE, environment.resource)
    ways = None if guest_authentication is None else checked_guest_authentication(guest_authentication)
    space = Space(
        account_id=environment.account_id,
        environment=environment,
        name=names.readable(name) or DEFAULT_NAME,
        guest_authentication=ways,
        created_by_id=actor.id if actor.kind.is_member else None,
        created_by_label=actor.name,
        **config,
    )
    space.save(force_insert=True)
    payload = {"spaceId": space.pk, "environmentId": environment.pk, "name": space.name}
    record(actor, Action.CREATE_SPACE, space.resource, payload=payload)
    return space
