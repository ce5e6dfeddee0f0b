"""What was given to whom, as rows to read: how much, by whom, and what the judge makes of it now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from access.actions import Action
from access.actors import Actor
from access.policy import can
from access.queries import visible
from guests.credentials import guest_principals
from guests.models import Grant, GrantPart, Guest, MagicLink
from spaces.models import DataClip

NAMED = 4  # parts of a grant that are called by their names
SHOWN = 10


@dataclass(slots=True)
class GrantRow:
    """A grant, the names of its first parts, what it opens now and by which rule, and its newest invitation."""

    grant: Grant
    opens: bool
    why: str
    parts: list[str] = field(default_factory=list)
    invitation: MagicLink | None = None

    @property
    def reach(self) -> str:
        """Such as `2 sheets`."""
        if self.grant.is_whole:
            return "Everything"
        noun = "sheet" if self.grant.has_sheet_limit else "workbook"
        number: int = getattr(self.grant, f"{noun}s_count")
        return f"{number} {noun}{'' if number == 1 else 's'}" if number else "Nothing of it"

    @property
    def more(self) -> int:
        """How many parts there are beside the named ones."""
        counted: int = self.grant.sheets_count if self.grant.has_sheet_limit else self.grant.workbooks_count  # type: ignore[attr-defined]
        return max(counted - len(self.parts), 0) if self.parts else 0


@dataclass(slots=True)
class ClipRow:
    """A data clip that a guest works on, the rule that opens it, and how they came by it."""

    clip: DataClip
    rule: str
    why: str


def clip_rows(guest: Guest) -> list[ClipRow]:
    """The newest data clips that the judge opens to the guest."""
    actor = guest_principals([guest.pk])[guest.pk].actor
    clips = visible(DataClip, actor).select_related("space", "environment").order_by("-created_at", "-pk")[:SHOWN]
    own = actor.places.own_clips if actor.places else ()
    others = "By its link" if guest.clip_id else "Named to work on it"
    return [
        ClipRow(clip, can(actor, Action.VIEW_CLIP, clip.resource).rule, "Made by them" if clip.pk in own else others)
        for clip in clips
    ]


def counted(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """With the number of workbooks and of sheets that each lists."""
    whole = grants.select_related("guest__environment", "space__environment")
    return whole.annotate(workbooks_count=Count("parts__workbook"), sheets_count=Count("parts__sheet"))


def grant_rows(grants: Iterable[Grant], now: datetime) -> list[GrantRow]:
    """The rows of a page of grants (from `counted`), in five queries however many there are."""
    rows = list(grants)
    principals = guest_principals(list({grant.guest_id for grant in rows}))
    parts, invitations = _parts(rows), _invitations(rows)
    return [
        GrantRow(
            grant, *_verdict(principals[grant.guest_id].actor, grant, now), parts[grant.pk], invitations.get(grant.pk)
        )
        for grant in rows
        if grant.guest_id in principals
    ]


def _verdict(guest: Actor, grant: Grant, now: datetime) -> tuple[bool, str]:
    """Whether the guest sees the space now, and the rule; else what ended."""
    decision = can(guest, Action.VIEW_SPACE, grant.space.resource)
    if grant.has_ended(now) and not decision:
        return False, "It has ended"
    if grant.space.archived_at and not decision:
        return False, "The space is archived"
    return bool(decision), decision.rule if decision else "Nothing lets them in"


def _parts(grants: list[Grant]) -> dict[str, list[str]]:
    """The names of the first parts of each limited grant."""
    names: dict[str, list[str]] = defaultdict(list)
    by_sheet = {grant.pk: grant.has_sheet_limit for grant in grants if not grant.is_whole}
    listed = GrantPart.objects.filter(grant__in=by_sheet).order_by("pk")[:1_000]
    for id, workbook, sheet in listed.values_list("grant_id", "workbook__name", "sheet__name"):
        name = sheet if by_sheet[id] else workbook
        if name and len(names[id]) < NAMED:
            names[id].append(name)
    return names


def _invitations(grants: list[Grant]) -> dict[str, MagicLink]:
    """The one invitation of each grant that counts."""
    links = MagicLink.objects.filter(
        grant__in=[grant.pk for grant in grants], kind=MagicLink.Kind.INVITATION, used_at=None, replaced_at=None
    )
    return {link.grant_id: link for link in links}
