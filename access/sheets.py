"""What guests may do with the records of a sheet, by its own configuration. Pure, like the judge itself.

It only narrows what the judge allows: members and keys, who write that configuration, are not bound by it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from access.actions import Action
from access.actors import Actor, Resource
from access.areas import REFERENCED
from access.policy import Decision, can, reach

ANYTHING = "*"
# The words of a sheet's `access` that open an action. An import adds records, so it opens what adds them.
OPENING = {
    Action.INSERT_RECORDS: frozenset({ANYTHING, "add", "import"}),
    Action.UPDATE_RECORDS: frozenset({ANYTHING, "edit"}),
    Action.DELETE_RECORDS: frozenset({ANYTHING, "delete"}),
}
# The same of a space's `access`: whoever may only upload may add, for that is what an upload does.
OPENING_SPACE = {Action.INSERT_RECORDS: frozenset({ANYTHING, "upload"})}


def closed_to(
    actor: Actor,
    action: Action,
    sheet: Resource,
    *,
    config: Mapping[str, Any],
    space_access: Collection[str] = (),
    fields: Collection[str] = (),
) -> Decision | None:
    """The refusal, when the configuration closes the sheet to this guest; `fields` are those to be written.

    Of a sheet, no list of `access` opens everything and an empty one nothing; a space without a list closes nothing.
    """
    if not actor.kind.is_guest:
        return None
    access, opening = config.get("access"), OPENING[action]
    fixed = {field["key"] for field in config.get("fields", ()) if field.get("readonly") is True}.intersection(fields)
    reasons = {
        "space_access": (
            bool(space_access) and not OPENING_SPACE.get(action, {ANYTHING}) & set(space_access),
            "This space lets guests upload, and no more.",
        ),
        "sheet_readonly": (config.get("readonly") is True, "This sheet is read-only for guests."),
        "sheet_access": (
            access is not None and not opening & set(access),
            f"This sheet does not let guests {WORDS[action]}.",
        ),
        "field_readonly": (bool(fixed), f"For guests these fields are read-only: {', '.join(sorted(fixed))[:200]}."),
    }
    for rule, (is_closed, reason) in reasons.items():
        if is_closed:
            return Decision(False, action, rule, reason, sheet)
    return None


WORDS = {
    Action.INSERT_RECORDS: "add records",
    Action.UPDATE_RECORDS: "edit records",
    Action.DELETE_RECORDS: "delete records",
}


def may_write(
    actor: Actor, action: Action, sheet: Resource, *, config: Mapping[str, Any], space_access: Collection[str]
) -> Decision:
    """Whether a page offers it: the right is there, and the configuration closes the sheet to nobody who has it."""
    decision = can(actor, action, sheet)
    closed = closed_to(actor, action, sheet, config=config, space_access=space_access) if decision else None
    return decision if closed is None else closed


def sees_every_record(actor: Actor, sheet: Resource) -> bool:
    """Whether all records of the sheet may be seen, and not only those that a data clip refers to, or none at all."""
    reached = reach(actor, Action.VIEW_SHEET)
    return reached.never is None and any(area.rule != REFERENCED and area.holds(sheet) for area in reached.areas)
