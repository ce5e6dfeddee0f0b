"""A guest brings somebody into the space, where the space lets its guests do that."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from access.policy import refusal
from access.requests import Request
from guests import actions
from guests.forms import InviteForm
from guests.pages.room import inside, room_of, shown
from lib.pages import answered, with_form


@inside
@with_form
def invite(request: Request, space_id: str) -> HttpResponse:
    """The form, or why there is none: never for more than the guest has (security.md, ruling 8)."""
    room = room_of(request, space_id)
    if not (decision := actions.may_invite(request.actor, room.space)):
        raise refusal(decision)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.showing_problems():
            actions.bring_in(request.actor, room.space, **form.cleaned_data)
            return redirect(f"{reverse('guest_invite', args=[space_id])}?done=sent")
    about = {"form": form, "done": request.GET.get("done"), "here": "invite"}
    ends_at = actions.no_later_than_own(request.actor, room.space, None)
    return answered(shown(request, "guests/invite.html", room, ends_at=ends_at, **about), form)
