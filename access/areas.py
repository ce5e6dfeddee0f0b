"""Areas: the parts that a Reach is made of, and those that a guest was given. Pure, like the judge itself."""

from typing import NamedTuple

from access.actions import Action
from access.actors import Actor, Grant, Places, Resource, Role
from access.given import Within
from access.tables import OF_MAKER, OF_MAKER_ALONE, ROLES, WITHIN

FACTS = ("account_id", "environment_id", "space_id", "owner_id", "is_production", "is_clip")
# Of an Area: a set of ids, and the fact that must be one of them.
SETS = {"spaces": "space_id", "workbooks": "workbook_id", "sheets": "sheet_id", "clips": "clip_id"}
SHEETS = (Within.SHEET, Within.READ_SHEET)
WHOLE = "A guest of the whole space"
REFERENCED = "Referenced by the data clip"
RULES = {(role, place): f"{role} on the {place}" for role in Role for place in ("account", "environment", "space")}


class Area(NamedTuple):
    """All resources with the facts given, or with one of a set of them; None leaves a fact open.

    `rule` is the grant it stems from.
    """

    rule: str
    account_id: str | None = None
    environment_id: str | None = None
    space_id: str | None = None
    owner_id: str | None = None
    is_production: bool | None = None
    is_clip: bool | None = None
    spaces: frozenset[str] | None = None
    workbooks: frozenset[str] | None = None
    sheets: frozenset[str] | None = None
    clips: frozenset[str] | None = None

    def holds(self, resource: Resource) -> bool:
        return (
            (self.account_id is None or self.account_id == resource.account_id)
            and (self.environment_id is None or self.environment_id == resource.environment_id)
            and (self.space_id is None or self.space_id == resource.space_id)
            and (self.owner_id is None or self.owner_id == resource.owner_id)
            and (self.is_production is None or self.is_production == resource.is_production)
            and (self.is_clip is None or self.is_clip == resource.is_clip)
            and (self.spaces is None or resource.space_id in self.spaces)
            and (self.workbooks is None or resource.workbook_id in self.workbooks)
            and (self.sheets is None or resource.sheet_id in self.sheets)
            and (self.clips is None or resource.clip_id in self.clips)
        )


def given(actor: Actor, action: Action) -> list[Area]:
    """What a guest's grants give for this action, and the roles given to them within their places."""
    account, environment, places = actor.account_id, actor.environment_id, actor.places
    if environment is None or places is None:
        return []
    match WITHIN[action]:
        case Within.SELF:
            areas = [Area("It is your own", owner_id=actor.id)]
        case Within.ENVIRONMENT:
            areas = [Area("A guest of this environment")]
        case Within.SPACE:
            areas = [Area("A guest of the space", spaces=places.spaces)]
        case Within.WHOLE_SPACE:
            areas = [Area(WHOLE, spaces=places.whole_spaces)]
        case Within.WORKBOOK:
            opened = places.workbooks | places.clip_workbooks
            areas = [Area(WHOLE, spaces=places.whole_spaces), Area("A guest of the workbook", workbooks=opened)]
        case Within.SHEET | Within.READ_SHEET:
            areas = _sheets(places, reading=WITHIN[action] is Within.READ_SHEET)
        case Within.CLIP:
            areas = [Area("A guest of the data clip", clips=places.clips)]
        case Within.OWN_CLIP:
            areas = [Area("It is your own", clips=places.own_clips)]
    areas += roles(actor, action)
    return [area._replace(account_id=account, environment_id=environment) for area in areas]


def roles(actor: Actor, action: Action) -> list[Area]:
    """Where the actor's roles allow the action. A guest's reach no copies that were made for a clip."""
    is_clip = False if actor.kind.is_guest and WITHIN[action] in SHEETS else None
    found = [role_area(grant, actor, action) for grant in actor.grants if includes(grant.role, action)]
    return found if is_clip is None else [area._replace(is_clip=is_clip) for area in found]


def role_area(grant: Grant, actor: Actor, action: Action) -> Area:
    """Where a role counts for the action: of some things only for those that the actor has made."""
    area = area_of(grant, actor.account_id)
    is_makers = action in OF_MAKER_ALONE or (action in OF_MAKER and grant.role is not Role.ADMIN)
    return area._replace(owner_id=actor.id) if is_makers else area


def includes(role: Role, action: Action) -> bool:
    """Whether a role allows the action where it is given."""
    return role is Role.ADMIN or action in ROLES[role]


def area_of(grant: Grant, account_id: str | None) -> Area:
    """Where a role counts."""
    place = "space" if grant.space_id else "environment" if grant.environment_id else "account"
    return Area(RULES[grant.role, place], account_id, grant.environment_id, grant.space_id)


def _sheets(places: Places, *, reading: bool) -> list[Area]:
    """Sheets of whole spaces and workbooks, but no copies made for a clip; single sheets; sheets of clips."""
    areas = [
        Area(WHOLE, is_clip=False, spaces=places.whole_spaces),
        Area("A guest of the workbook", is_clip=False, workbooks=places.whole_workbooks),
        Area("A guest of the sheet", is_clip=False, sheets=places.sheets),
        Area("A guest of the data clip", is_clip=True, sheets=places.clip_sheets),
    ]
    if reading:
        areas.append(Area(REFERENCED, is_clip=False, sheets=places.reference_sheets))
    return areas
