"""What a guest finds behind the door: the space, with the way to the others and the way out."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from access.actors import Actor, Kind
from access.queries import get_visible, visible
from access.requests import Request
from guests import credentials
from guests.actions import may_invite
from lib.pages import posted
from spaces.models import Space

Page = Callable[..., HttpResponse]
SWITCHER = 50


def inside(page: Page) -> Page:
    """A page for guests who are signed in; all others are asked for their address, and come back to the space."""

    @wraps(page)
    def view(request: Request, **parts: Any) -> HttpResponse:
        if request.actor.is_known:
            return page(request, **parts)
        return redirect(f"{reverse('guest_ask')}?{urlencode({'space': parts.get('space_id', '')})}")

    return view


@inside
def space(request: Request, space_id: str) -> HttpResponse:
    found = get_visible(Space, request.actor, space_id, related=("environment", "account"))
    return render(request, "guests/space.html", around(request.actor, found))


@posted("guest_ask")
def sign_out(request: Request) -> HttpResponse:
    if request.actor.kind is Kind.GUEST_SESSION:
        credentials.sign_out_guest(request.actor)
    return credentials.forget_session(redirect("guest_ask"))


def around(actor: Actor, space: Space) -> dict[str, Any]:
    """What the shell of a space needs: the space, all spaces of the guest for the switcher, and what is offered."""
    spaces = visible(Space, actor).filter(archived_at=None).order_by("name", "pk")[:SWITCHER]
    return {"space": space, "spaces": spaces, "may_invite": may_invite(actor, space)}
