"""How guests come into a space, and its public link: the space's page of that name."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access.actions import Action
from access.policy import require
from access.queries import get_visible
from access.requests import Request
from guests import actions
from guests.models import SharedLink, why_not_shared
from guests.pages.sharing_forms import LinkForm, WaysForm
from guests.shared import address_of
from lib.dialogs import Dialog, opened
from lib.forms import Form
from lib.pages import answered, posted, with_form
from spaces.actions import update_space
from spaces.models import Space
from spaces.pages.lookups import space_of

PLACE = ("environment_id", "space_id")


@with_form
def sharing(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    """The ways in, and the public link with its end, limit and password."""
    space = space_of(request, environment_id, space_id, Action.VIEW_SHARED_LINK)
    if request.method != "POST":
        return sharing_page(request, space)
    form = WaysForm.of(space, request.POST)
    if form.is_valid():
        with form.showing_problems():
            update_space(request.actor, space, guest_authentication=form.wanted)
            messages.success(request, "From now on guests come in as you said.")
            return redirect("space_sharing", environment_id, space_id)
    return sharing_page(request, space, ways=form)


@posted("space_sharing", *PLACE)
def create_link(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    """A new public link, in place of the one there is."""
    space = space_of(request, environment_id, space_id, Action.CREATE_SHARED_LINK)
    form = LinkForm(request.POST, link=None, auto_id="link-%s")
    if form.is_valid():
        with form.showing_problems():
            actions.create_shared_link(request.actor, space, **form.wanted)
            messages.success(request, "The space has a new public link.")
            return redirect("space_sharing", environment_id, space_id)
    return sharing_page(request, space, form=form)


@posted("space_sharing", *PLACE)
def change_link(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.VIEW_SHARED_LINK)
    link = _changeable(request, space, Action.UPDATE_SHARED_LINK)
    form = LinkForm(request.POST, link=link, auto_id="link-%s")
    if link and form.is_valid():
        with form.showing_problems():
            actions.update_shared_link(request.actor, link, **form.wanted)
            messages.success(request, "The public link is saved.")
            return redirect("space_sharing", environment_id, space_id)
    return sharing_page(request, space, form=form)


@with_form
def revoke_link(request: Request, environment_id: str, space_id: str) -> HttpResponse:
    space = space_of(request, environment_id, space_id, Action.VIEW_SHARED_LINK)
    link = _changeable(request, space, Action.REVOKE_SHARED_LINK)
    if request.method != "POST" and link:
        dialog = Dialog("guests/desk/_revoke_link.html", Form(auto_id="revoke-%s"), {"space": space, "link": link})
        return opened(request, dialog, lambda dialog: sharing_page(request, space, dialog=dialog))
    if link:
        actions.revoke_shared_link(request.actor, link)
        messages.success(request, "The public link is revoked. Whoever came in by it is out.")
    return redirect("space_sharing", environment_id, space_id)


def sharing_page(request: Request, space: Space, **given: Any) -> HttpResponse:
    """The page, in whatever state a deed left it."""
    link = _live(space)
    form, ways = given.get("form"), given.get("ways")
    context = {
        "space": space,
        "ways": ways or WaysForm.of(space),
        "link": link,
        "address": address_of(link) if link else "",
        "dead": link.why_dead(timezone.now()) if link else "",
        "off": why_not_shared(space),
        "form": form or LinkForm(link=link, auto_id="link-%s"),
        "dialog": given.get("dialog"),
    }
    return answered(render(request, "spaces/sharing.html", context), form or ways)


def _live(space: Space) -> SharedLink | None:
    return SharedLink.objects.live().whole().filter(space=space).first()


def _changeable(request: Request, space: Space, to: Action) -> SharedLink | None:
    """The link of the space, if there is one that is not revoked. Raises Forbidden."""
    link = _live(space)
    if link is None:
        require(request.actor, Action.VIEW_SHARED_LINK, space.resource)
        return None
    return get_visible(SharedLink, request.actor, link.pk, to=to, related=("space__environment", "environment"))
