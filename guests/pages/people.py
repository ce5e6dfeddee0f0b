"""One guest on the dashboard: what they may see and why, their mails, sessions and events; and what is done to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import can, require
from access.queries import get_visible
from access.requests import Request
from environments.models import Environment
from events.actions import visible_events
from events.sentences import Entry
from guests import actions
from guests.models import Guest, MagicLink
from guests.pages.forms import GuestForm, InviteForm
from guests.pages.listing import guests_page
from guests.pages.lookups import guest_of, rooms
from guests.pages.reading import clip_rows, counted, grant_rows
from lib.dialogs import Dialog, given, opened
from lib.forms import Form
from lib.pages import posted, with_form
from lib.paging import keyset
from tokens.models import AccessToken

PAGE, SHOWN = 25, 10


def guest(request: Request, environment_id: str, guest_id: str) -> HttpResponse:
    return guest_page(request, guest_of(request, environment_id, guest_id))


def guest_page(request: Request, guest: Guest, dialog: Dialog | None = None) -> HttpResponse:
    """Everything about one guest, with a dialog over it or not."""
    now = timezone.now()
    grants = keyset(counted(guest.grants.all()), request.GET.get("after"), size=PAGE)
    live = AccessToken.objects.filter(guest=guest, revoked_at=None, expires_at__gt=now)
    context = {
        "guest": guest,
        "grants": grant_rows(grants.rows, now),
        "older": grants.next,
        "clips": clip_rows(guest),
        "mails": MagicLink.objects.filter(grant__guest=guest).whole().order_by("-created_at", "-pk")[:SHOWN],
        "sessions": live.order_by("-created_at", "-pk")[:SHOWN],
        "roles": guest.assignments.select_related("role", "space", "environment").order_by("created_at"),
        "entries": _entries(request.actor, guest),
        "dialog": dialog,
    }
    return render(request, "guests/desk/guest.html", context)


@with_form
def invite(request: Request, environment_id: str) -> HttpResponse:
    """A guest who is new, or gets more; `space` and `email` in the address fill the form in."""
    environment = get_visible(Environment, request.actor, environment_id)
    found = rooms(request.actor, environment, request.GET.get("space", ""))
    if not found:
        require(request.actor, Action.CREATE_GUEST, environment.resource)
    begun = {"email": request.GET.get("email", ""), "places": request.GET.getlist("space")}
    form = InviteForm(given(request), rooms=found, auto_id="invite-%s", initial=begun)
    if form.is_valid():
        with form.showing_problems():
            return _invited(request, environment, form)
    dialog = Dialog("guests/desk/_invite.html", form, {"environment": environment})
    return opened(request, dialog, lambda dialog: guests_page(request, environment, dialog))


@with_form
def edit(request: Request, environment_id: str, guest_id: str) -> HttpResponse:
    guest = guest_of(request, environment_id, guest_id, Action.UPDATE_GUEST)
    form = GuestForm(given(request), auto_id="edit-%s", initial={"email": guest.email, "name": guest.name})
    if form.is_valid():
        with form.showing_problems():
            changed = actions.update_guest(request.actor, guest, **form.cleaned_data)
            messages.success(request, f"{changed.called} is saved.")
            return redirect("guest", environment_id, guest_id)
    dialog = Dialog("guests/desk/_edit.html", form, {"guest": guest})
    return opened(request, dialog, lambda dialog: guest_page(request, guest, dialog))


@with_form
def delete(request: Request, environment_id: str, guest_id: str) -> HttpResponse:
    guest = guest_of(request, environment_id, guest_id, Action.DELETE_GUEST)
    if request.method != "POST":
        dialog = Dialog("guests/desk/_delete.html", Form(auto_id="delete-%s"), {"guest": guest})
        return opened(request, dialog, lambda dialog: guest_page(request, guest, dialog))
    actions.delete_guest(request.actor, guest)
    messages.success(request, f"{guest.called} is deleted. Their next request finds nothing.")
    return redirect("guests", environment_id)


@posted("guest", "environment_id", "guest_id")
def sign_out_everywhere(request: Request, environment_id: str, guest_id: str) -> HttpResponse:
    guest = guest_of(request, environment_id, guest_id, Action.END_GUEST_SESSIONS)
    ended = actions.end_guest_sessions(request.actor, guest)
    sessions = f"{ended} session{'' if ended == 1 else 's'} ended"
    messages.success(request, f"{sessions}. {guest.called} keeps what they were given, and comes in by a new link.")
    return redirect("guest", environment_id, guest_id)


def _invited(request: Request, environment: Environment, form: InviteForm) -> HttpResponse:
    given = {name: form.cleaned_data[name] for name in ("email", "name", "is_mailed", "message")}
    spaces = actions.find_given(request.actor, environment.pk, form.wanted)
    guest = actions.welcome_guest(request.actor, environment, spaces=spaces, **given)
    is_mailed = form.cleaned_data["is_mailed"]
    messages.success(request, f"{guest.called} {'is invited' if is_mailed else 'is a guest now; nothing was mailed'}.")
    return redirect("guest", environment.pk, guest.pk)


def _entries(actor: Actor, guest: Guest) -> list[Entry]:
    """The last events: what the guest did, and what was done to them."""
    if not can(actor, Action.VIEW_EVENT, guest.resource):
        return []
    events = visible_events(actor).filter(account_id=guest.account_id)
    about = events.filter(subject_kind="guest", subject_id=guest.pk).order_by("-created_at", "-pk")[:SHOWN]
    by = events.filter(actor_kind="guest", actor_id=guest.pk).order_by("-created_at", "-pk")[:SHOWN]
    found = {event.pk: event for event in (*about, *by)}.values()
    latest = sorted(found, key=lambda event: (event.created_at, event.pk), reverse=True)[:SHOWN]
    return [Entry(event, guest.environment.tone) for event in latest]
