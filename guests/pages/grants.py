"""Who was given a space, on its own page; and changing, withdrawing or mailing that, from there or from a guest."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access.actions import Action
from access.policy import require
from access.queries import visible
from access.requests import Request
from guests import actions
from guests.models import Grant
from guests.pages.forms import GrantForm
from guests.pages.lookups import grant_of
from guests.pages.people import guest_page
from guests.pages.reading import counted, grant_rows
from lib.dialogs import Dialog, given, opened
from lib.forms import Form
from lib.pages import posted, with_form
from lib.paging import keyset
from lib.problems import Problem
from spaces.models import Sheet, Space, Workbook
from spaces.pages.lookups import space_of

PAGE = 25
MOST_WORKBOOKS, MOST_SHEETS = 1_000, 5_000
SPACE = "space"  # `from` in an address: the deed was begun on the space's page, and ends there


def access(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    """Who sees this space, how much of it, and through what."""
    space = space_of(request, environment_id, space_id)
    require(request.actor, Action.VIEW_GUEST, space.environment.resource)
    return access_page(request, space)


def access_page(request: Request, space: Space, dialog: Dialog | None = None) -> HttpResponse:
    """The space's tab of that name, with a dialog over it or not."""
    page = keyset(counted(space.grants.all()), request.GET.get("after"), size=PAGE)
    rows = grant_rows(page.rows, timezone.now())
    return render(request, "spaces/access.html", {"space": space, "rows": rows, "older": page.next, "dialog": dialog})


@with_form
def change(request: Request, environment_id: str, guest_id: str, space_id: str) -> HttpResponse:
    grant = grant_of(request, environment_id, guest_id, space_id, Action.GIVE_SPACE)
    form = GrantForm(given(request), grant=grant, auto_id="grant-%s", parts=_parts(request, grant.space))
    if form.is_valid():
        with form.showing_problems():
            wanted = actions.find_given(request.actor, environment_id, [form.wanted])
            actions.give_space(request.actor, grant.guest, wanted[0])
            messages.success(request, f"{grant.guest.called} has exactly this of {grant.space.name} from now on.")
            return _back(request, grant)
    return _over(request, grant, Dialog("guests/desk/_grant.html", form, _about(request, grant)))


@with_form
def withdraw(request: Request, environment_id: str, guest_id: str, space_id: str) -> HttpResponse:
    grant = grant_of(request, environment_id, guest_id, space_id, Action.WITHDRAW_SPACE)
    if request.method != "POST":
        form = Form(auto_id="withdraw-%s")
        return _over(request, grant, Dialog("guests/desk/_withdraw.html", form, _about(request, grant)))
    actions.withdraw_space(request.actor, grant.guest, grant.space)
    messages.success(request, f"{grant.guest.called} has nothing of {grant.space.name} any more.")
    return _back(request, grant)


@posted("guest", "environment_id", "guest_id")
def invite_again(request: Request, environment_id: str, guest_id: str, space_id: str) -> HttpResponse:
    """A fresh mail; the link in the one before it opens nothing any more."""
    grant = grant_of(request, environment_id, guest_id, space_id, Action.INVITE_GUEST)
    try:
        actions.invite_guest(request.actor, grant.guest, space=grant.space)
    except Problem as problem:
        if problem.status not in (409, 429):
            raise
        messages.error(request, problem.message)
    else:
        messages.success(request, f"An invitation to {grant.space.name} is on its way to {grant.guest.email}.")
    return _back(request, grant)


def _parts(request: Request, space: Space) -> tuple[list[Workbook], list[Sheet]]:
    workbooks = visible(Workbook, request.actor).filter(space=space).order_by("name", "pk")[:MOST_WORKBOOKS]
    sheets = visible(Sheet, request.actor).filter(space=space, is_clip=False).select_related("workbook")
    in_order = sheets.order_by("workbook__name", "workbook", "position", "pk")
    return list(workbooks), list(in_order[:MOST_SHEETS])


def _about(request: Request, grant: Grant) -> dict[str, object]:
    return {"grant": grant, "query": f"?from={SPACE}" if _is_from_space(request) else ""}


def _is_from_space(request: Request) -> bool:
    return request.GET.get("from") == SPACE


def _over(request: Request, grant: Grant, dialog: Dialog) -> HttpResponse:
    if _is_from_space(request):
        return opened(request, dialog, lambda dialog: access_page(request, grant.space, dialog))
    return opened(request, dialog, lambda dialog: guest_page(request, grant.guest, dialog))


def _back(request: Request, grant: Grant) -> HttpResponse:
    if _is_from_space(request):
        return redirect("space_access", grant.space.environment_id, grant.space_id)
    return redirect("guest", grant.guest.environment_id, grant.guest_id)
