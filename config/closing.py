"""What a sheet closes to guests by its own configuration, for explanations: that is no part of what the judge knows."""

from collections.abc import Callable

from access.actions import Action
from access.actors import Actor, Resource
from access.ceilings import Step
from access.sheets import OPENING, closed_to
from spaces.models import Sheet

# Who makes a clip of a sheet is who may edit it.
ASKED = {action: action for action in OPENING} | {Action.CREATE_CLIP: Action.UPDATE_RECORDS}
Closed = Callable[[Actor], Step | None]


def closing(action: Action, resource: Resource) -> Closed:
    """Tells of an actor by which rule the sheet is closed to them; one query, for as many as are asked about."""
    asked = ASKED.get(action) if resource.kind == "sheet" else None
    sheet = Sheet.objects.select_related("space").filter(pk=resource.id).first() if asked else None
    if asked is None or sheet is None:
        return lambda actor: None

    def closed(actor: Actor) -> Step | None:
        no = closed_to(actor, asked, resource, config=sheet.config, space_access=sheet.space.access)
        return None if no is None else Step(no.rule, False, no.reason)

    return closed
