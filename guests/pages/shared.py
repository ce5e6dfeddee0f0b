"""The public link of a space: its landing page, whose one button lets an anonymous guest in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access.requests import Request
from guests import credentials
from guests.credentials import SharedLinkEnded
from guests.forms import SharedLinkForm
from guests.models import SharedLink
from guests.pages.carried import carried, carry, put_down
from guests.shared import find_shared_link, get_shared_link
from lib.pages import answered, with_form
from tokens.models import AccessToken


def open_shared(request: Request, secret: str) -> HttpResponse:
    """The address that is shared. The secret leaves it before anything is shown; opening it uses nothing up."""
    link = find_shared_link(secret)
    response = carry(request, redirect("guest_shared"), shared=link.pk if link else "")
    response["Referrer-Policy"] = "no-referrer"
    return response


@with_form
def shared(request: Request) -> HttpResponse:
    """Whose space it is, until when; a password where one is set; and the button. Whoever is inside goes on."""
    link = _good(request)
    if link and request.actor.places and link.space_id in request.actor.places.whole_spaces:
        return redirect("guest_space", space_id=link.space_id)
    given = request.POST if request.method == "POST" else None
    form = SharedLinkForm(given, asks=bool(link and link.has_password))
    if link and form.is_valid():
        with form.showing_problems():
            return _let_in(request, link, form.cleaned_data.get("password", ""))
    page = render(request, "guests/shared.html" if link else "guests/shared_ended.html", {"link": link, "form": form})
    return answered(page, form)


def _let_in(request: Request, link: SharedLink, password: str) -> HttpResponse:
    kind = AccessToken.Kind.GUEST_SESSION
    try:
        token = credentials.use_shared_link(link.pk, request.actor.origin, password=password, kind=kind)
    except SharedLinkEnded:
        return redirect("guest_shared")
    response = redirect("guest_space", space_id=link.space_id)
    return put_down(credentials.begin_session(response, token, replaced=request.actor))


def _good(request: Request) -> SharedLink | None:
    """The link one came with, while it lets people in."""
    link = get_shared_link(carried(request).shared)
    return link if link and not link.why_dead(timezone.now()) else None
