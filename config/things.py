"""What a bare id can name when access is explained: every kind of thing that is judged, by the prefix of its id.

A further kind is one line in THINGS, and its actions in access/about.py.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from access.about import ABOUT, is_about
from access.actions import Action
from access.actors import Actor, Resource
from access.policy import can, reach
from access.queries import within
from accounts.models import Account, Member, Role
from environments.models import ApiKey, Environment, Secret
from guests.models import Guest, SharedLink
from lib.ids import is_id
from lib.problems import InvalidInput, NotFound
from spaces.models import DataClip, Document, Sheet, Space, Workbook
from tokens.models import ClientCredential, PersonalAccessToken


class Thing(NamedTuple):
    """A judged model, what its resource reads of other rows, and the views that show only some of its rows."""

    model: type[Model]
    related: tuple[str, ...] = ()
    partly: Mapping[Action, Mapping[str, Any]] = {}


# The kind of its Resource → where it is found.
THINGS: dict[str, Thing] = {
    "account": Thing(Account),
    "member": Thing(Member),
    "role": Thing(Role),
    "environment": Thing(Environment),
    "key": Thing(ApiKey, ("environment",), {Action.VIEW_PUBLISHABLE_KEY: {"type": "PUBLISHABLE"}}),
    "secret": Thing(Secret, ("environment",)),
    "space": Thing(Space, ("environment",)),
    "workbook": Thing(Workbook, ("environment",)),
    "sheet": Thing(Sheet, ("environment",)),
    "document": Thing(Document, ("environment",)),
    "clip": Thing(DataClip, ("environment",)),
    "guest": Thing(Guest, ("environment",)),
    "shared_link": Thing(SharedLink, ("space", "environment")),
    "token": Thing(PersonalAccessToken),
    "client": Thing(ClientCredential),
}
KINDS = {thing.model._meta.pk.prefix: kind for kind, thing in THINGS.items()}  # type: ignore[attr-defined]


class WrongResource(InvalidInput):
    code, field = "wrong_resource", "resource"

    def __init__(self, action: Action) -> None:
        super().__init__(f"This action is about: {', '.join(sorted(ABOUT[action].kinds))}. Name the id of one.")


def kind_of(id: str) -> str:
    """The kind of thing an id names, by its prefix alone. Raises NotFound for what is no id of ours."""
    kind = KINDS.get(f"{id.rpartition('_')[0]}_") if is_id(id) else None
    if kind is None:
        raise NotFound
    return kind


def find(actor: Actor, id: str, action: Action) -> Resource:
    """The thing of that id, if the actor may see it, may do the action to it, or stands in it.

    Raises NotFound for what is missing, foreign or out of reach, all alike; WrongResource for an action that is not
    about such a thing. What the actor may not see has no label.
    """
    kind = kind_of(id)
    if not is_about(action, kind):
        raise WrongResource(action)
    row = _nameable(actor, kind, action).filter(pk=id).select_related(*THINGS[kind].related).first()
    if row is None:
        raise NotFound
    resource: Resource = row.resource
    may_see = can(actor, THINGS[kind].model.view_action, resource)  # type: ignore[attr-defined]
    return resource if may_see else replace(resource, label="", environment_label="")


def _nameable(actor: Actor, kind: str, action: Action) -> QuerySet[Any]:
    """The rows of a kind that the actor may know of. Knowing of a key is not seeing all that `partly` shows."""
    model, _, partly = THINGS[kind]
    own = (actor.account_id, actor.environment_id, actor.id, actor.credential.id)
    rows = model._default_manager.filter(pk__in=[id for id in own if id])
    views: set[Action] = {model.view_action, *partly}  # type: ignore[attr-defined]
    if action in ABOUT:  # what is asked about is of its kind by now
        views.add(action)
    for view in views:
        rows = rows | within(model, reach(actor, view)).filter(**partly.get(view, {}))
    return rows
