"""Creating, changing, archiving and deleting spaces."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind
from access.policy import Decision, Forbidden, require
from environments.actions.environments import checked_guest_authentication
from environments.models import Environment, close_ways_in
from events.actions import record
from lib import names
from lib.changes import put, told
from lib.locks import hold, hold_to_delete
from lib.problems import InvalidInput
from spaces.actions.holding import hold_guests_of
from spaces.models import Sheet, Space, Workbook

DEFAULT_NAME = "Untitled space"
ONLY_DEFAULT_PAGE = "A space access token may change metadata.sidebarConfig.defaultPage of its space, and nothing else."
CHANGEABLE = (
    "name",
    "guest_authentication",
    "display_order",
    "space_config_id",
    "metadata",
    "settings",
    "actions",
    "access",
    "namespace",
    "labels",
    "translations_path",
    "language_override",
    "app_id",
    "is_app_template",
    "primary_workbook_id",
)


class SpaceNameMissing(InvalidInput):
    code, message, field = "space_name_missing", "A space needs a name of 1 to 255 characters.", "name"


class NotItsWorkbook(InvalidInput):
    code, message = "not_its_workbook", "The primary workbook is one of the space's own."
    field = "primaryWorkbookId"


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


@transaction.atomic
def update_space(actor: Actor, space: Space, **changes: Any) -> Space:
    """Change what is named in CHANGEABLE; its environment is fixed for ever (security.md, ruling 22).

    A way in that is switched off takes its links and tokens with it. A space token may say where its embedded space
    opens, and no more. Raises UnknownGuestAuthentication, SpaceNameMissing, NotItsWorkbook.
    """
    require(actor, Action.UPDATE_SPACE, space.resource)
    space = hold(space)
    if actor.kind is Kind.SPACE:
        _check_embedded(space, changes)
    _check(space, changes)
    ways, followed = space.ways_in, space.guest_authentication is None
    if not (before := put(space, changes, CHANGEABLE)):
        return space
    # Whose word holds is another's now: while it was, the way may have been closed without this one noticing.
    is_same = followed == (space.guest_authentication is None)
    closed = close_ways_in(space, ways, space.ways_in if is_same else [])
    space.save(update_fields=[*before, *closed, "updated_at"])
    payload = {"spaceId": space.pk, "environmentId": space.environment_id, "name": space.name}
    record(actor, Action.UPDATE_SPACE, space.resource, payload=payload | {"changes": told(space, before)})
    return space


@transaction.atomic
def archive_space(actor: Actor, space: Space) -> Space:
    """Put a space away: no guest enters it until it is taken out again. Twice is not an error."""
    require(actor, Action.ARCHIVE_SPACE, space.resource)
    if Space.objects.filter(pk=space.pk, archived_at=None).update(archived_at=timezone.now()):
        record(actor, Action.ARCHIVE_SPACE, space.resource)
    return space


@transaction.atomic
def unarchive_space(actor: Actor, space: Space) -> Space:
    """Take an archived space out again, with everything in it and everybody who was given it."""
    require(actor, Action.UNARCHIVE_SPACE, space.resource)
    if Space.objects.filter(pk=space.pk).exclude(archived_at=None).update(archived_at=None):
        record(actor, Action.UNARCHIVE_SPACE, space.resource)
    return space


@transaction.atomic
def delete_space(actor: Actor, space: Space) -> None:
    """Delete a space with all that is in it, and what guests were given of it, for good. Twice is not an error."""
    require(actor, Action.DELETE_SPACE, space.resource)
    resource = space.resource
    if held := hold_to_delete(Space.objects.filter(pk=space.pk)):
        hold_to_delete(Workbook.objects.filter(space__in=held))
        hold_guests_of(hold_to_delete(Sheet.objects.filter(space__in=held)))
        Space.objects.filter(pk__in=held).delete()
        record(actor, Action.DELETE_SPACE, resource, payload={"spaceId": space.pk, "name": space.name})


@transaction.atomic
def delete_spaces(actor: Actor, spaces: list[Space]) -> None:
    """Delete several spaces, or none when one of them may not be deleted."""
    for space in spaces:
        delete_space(actor, space)


def _check(space: Space, changes: dict[str, Any]) -> None:
    if "name" in changes:
        changes["name"] = names.readable(changes["name"])
        if not 1 <= len(changes["name"]) <= 255:
            raise SpaceNameMissing
    if changes.get("guest_authentication") is not None:
        changes["guest_authentication"] = checked_guest_authentication(changes["guest_authentication"])
    primary = changes.get("primary_workbook_id")
    if primary and not Workbook.objects.filter(pk=primary, space=space).exists():
        raise NotItsWorkbook


def _check_embedded(space: Space, changes: dict[str, Any]) -> None:
    """The embed sends the whole metadata back with a default page in it (flatfile-api.md, section 23.1)."""
    given, kept = (_but_default_page(one) for one in (changes.get("metadata"), space.metadata))
    # As JSON: to Python, 0 is False and 1.0 is 1.
    if set(changes) - {"metadata"} or json.dumps(given, sort_keys=True) != json.dumps(kept, sort_keys=True):
        raise Forbidden(Decision(False, Action.UPDATE_SPACE, "default_page", ONLY_DEFAULT_PAGE, space.resource))


def _but_default_page(metadata: Any) -> Any:
    if not isinstance(metadata, dict):
        return {}
    sidebar = metadata.get("sidebarConfig", {})
    if not isinstance(sidebar, dict):
        return metadata
    others = {name: value for name, value in metadata.items() if name != "sidebarConfig"}
    rest = {name: value for name, value in sidebar.items() if name != "defaultPage"}
    return others | ({"sidebarConfig": rest} if rest else {})
