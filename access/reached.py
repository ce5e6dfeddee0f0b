"""What an actor reaches, in words: where it may do an action, or why nowhere. Pure, like the judge."""

from typing import NamedTuple

from access.about import ABOUT, IN_ENVIRONMENT, IN_SPACE, words_of
from access.actions import Action
from access.areas import SETS, Area
from access.ceilings import Step
from access.explain import Names, named
from access.policy import NO_GRANT, Reach


class Place(NamedTuple):
    """One area of a reach, in words, and the id where it is one environment or space."""

    rule: str
    words: str
    environment_id: str | None = None
    space_id: str | None = None


class Reached(NamedTuple):
    """Where an actor may do one action; where that is nowhere, the rule and reason say why."""

    action: Action
    places: tuple[Place, ...]
    rule: str
    reason: str

    @property
    def words(self) -> str:
        """The action in words."""
        return words_of(self.action)


def reached(found: Reach, names: Names, ended: Step | None = None) -> Reached:
    """A reach in words."""
    areas = [area for area in found.areas if _may_hold(area, found.action)]
    no = ended or found.never or (None if areas else NO_GRANT)
    if no:
        return Reached(found.action, (), no.rule, no.reason)
    places = tuple(Place(area.rule, _in_words(area, names), area.environment_id, area.space_id) for area in areas)
    return Reached(found.action, places, places[0].rule, f"{places[0].rule}.")


def _may_hold(area: Area, action: Action) -> bool:
    """Whether anything there is could lie in the area: no account lies in an environment, nothing in an empty set."""
    if any(getattr(area, ids) == frozenset() for ids in SETS):
        return False
    kinds = ABOUT[action].kinds if action in ABOUT else IN_SPACE
    if area.space_id:
        return bool(kinds & IN_SPACE)
    return bool(kinds & IN_ENVIRONMENT) if area.environment_id else True


def _in_words(area: Area, names: Names) -> str:
    """Such as `Everything in the account, except production`."""
    words = next((_counted(area, ids) for ids in SETS if getattr(area, ids) is not None), "")
    if not words and area.owner_id:
        words = "What is one's own"
    elif not words and area.space_id:
        words = named(names, "Space", area.space_id)
    elif not words and area.environment_id:
        words = named(names, "Environment", area.environment_id)
    words = words or "Everything in the account"
    return f"{words}, except production" if area.is_production is False else words


def _counted(area: Area, ids: str) -> str:
    """Such as `2 workbooks`."""
    number = len(getattr(area, ids))
    return f"{number} {ids if number > 1 else ids.removesuffix('s')}"
