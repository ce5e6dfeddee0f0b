"""The dashboard's list of the guests of one environment: who they are, where they may go, whether they came."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min
from django.http import HttpResponse
from django.shortcuts import render

from access.queries import get_visible, visible
from access.requests import Request
from environments.models import Environment
from guests.models import Grant, Guest, MagicLink
from guests.pages.forms import GuestFilters
from lib.dialogs import Dialog
from lib.paging import keyset
from spaces.models import Space

PAGE = 25
MOST_SPACES = 100  # to filter by


@dataclass(frozen=True, slots=True)
class GuestRow:
    """A guest with the name of one space and how many others, and what became of their newest invitation."""

    guest: Guest
    space: str = ""
    others: int = 0
    invited_at: datetime | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None

    @property
    def state(self) -> str:
        """`in`, `sent`, `failed`, `queued`, or nothing for who was never invited."""
        if self.guest.last_seen_at:
            return "in"
        if self.failed_at and (self.sent_at is None or self.failed_at > self.sent_at):
            return "failed"
        return "sent" if self.sent_at else "queued" if self.invited_at else ""


def guests(request: Request, environment_id: str) -> HttpResponse:
    return guests_page(request, get_visible(Environment, request.actor, environment_id))


def guests_page(request: Request, environment: Environment, dialog: Dialog | None = None) -> HttpResponse:
    """The list, with a dialog over it or not. Raises Forbidden for who may see no guests at all."""
    found = visible(Guest, request.actor).filter(environment=environment)
    spaces = visible(Space, request.actor).filter(environment=environment).order_by("-created_at")[:MOST_SPACES]
    filters = GuestFilters(request.GET, space=[(space.pk, space.name) for space in spaces])
    page = keyset(filters.apply(found), request.GET.get("after"), size=PAGE)
    context = {
        "environment": environment,
        "rows": _rows(page.rows),
        "older": page.next,
        "filters": filters,
        "dialog": dialog,
    }
    return render(request, "guests/desk/list.html", context)


def _rows(guests: list[Guest]) -> list[GuestRow]:
    """What stands beside the guests of a page, in two queries."""
    ids = [guest.pk for guest in guests]
    given = Grant.objects.filter(guest__in=ids).values_list("guest").annotate(Min("space__name"), Count("pk"))
    mails = MagicLink.objects.filter(grant__guest__in=ids, kind=MagicLink.Kind.INVITATION)
    sent = mails.values_list("grant__guest").annotate(Max("created_at"), Max("sent_at"), Max("failed_at"))
    spaces = {id: (name, number - 1) for id, name, number in given}
    states = {id: tuple(times) for id, *times in sent}
    return [GuestRow(one, *spaces.get(one.pk, ("", 0)), *states.get(one.pk, ())) for one in guests]
