"""The way into a data clip by its link: a page with one button. Only pressing that lets anybody in."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access.requests import Request
from guests import credentials
from guests.clip_links import find_clip_link, get_clip_link
from guests.credentials import LinkExpired
from guests.models import ClipLink
from guests.pages.carried import carried, carry, put_down
from lib.pages import with_form
from tokens.models import AccessToken

SESSION = AccessToken.Kind.GUEST_SESSION


def open_link(request: Request, secret: str) -> HttpResponse:
    """The address that was shared. The secret leaves it before anything is shown; the browser goes on with an id."""
    link = find_clip_link(secret)
    response = carry(request, redirect("guest_clip_link"), clip=link.pk if link else "")
    response["Referrer-Policy"] = "no-referrer"
    return response


@with_form
def landing(request: Request) -> HttpResponse:
    """Who shares what, until when, and the button."""
    link = get_clip_link(carried(request).clip)
    if link and request.actor.id == link.guest_id:
        return redirect("guest_clip", clip_id=link.clip_id)
    if request.method == "POST":
        return _let_in(request, link)
    is_good = link is not None and not link.why_dead(timezone.now())
    return render(request, "clips/landing.html" if is_good else "clips/ended.html", {"link": link})


def _let_in(request: Request, link: ClipLink | None) -> HttpResponse:
    """A session of whoever has the link; the one that the browser had before ends with it."""
    try:
        token = credentials.use_clip_link(link.pk if link else "", request.actor.origin, kind=SESSION)
    except LinkExpired:
        return redirect("guest_clip_link")
    response = redirect("guest_clip", clip_id=link.clip_id if link else "")
    return put_down(credentials.begin_session(response, token, replaced=request.actor))
