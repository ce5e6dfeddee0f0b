"""The page of an environment's keys and secrets, and what can be done to one key there; rotation is beside this."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from access.actions import Action
from access.queries import get_visible
from access.requests import Request
from environments import actions
from environments.forms import DeleteKeyForm, RenameKeyForm, RevealKeyForm
from environments.models import Environment
from environments.pages.current import current, environments_of
from environments.pages.dialogs import Dialog, back, given
from environments.pages.listing import Outcome, key_form, keys_page
from environments.pages.lookups import key_of
from lib.pages import posted, with_form
from lib.problems import NotFound


def keys(request: Request, environment_id: str) -> HttpResponse:
    return keys_page(request, get_visible(Environment, request.actor, environment_id), Outcome())


def keys_default(request: Request) -> HttpResponse:
    """The page without an environment in its address leads to the one last looked at."""
    environment = current(request, environments_of(request))
    if environment is None:
        raise NotFound
    return redirect("keys", environment.pk)


@posted("keys", "environment_id")
def create(request: Request, environment_id: str) -> HttpResponse:
    environment = get_visible(Environment, request.actor, environment_id)
    form = key_form(request, request.POST)
    if form.is_valid():
        with form.showing_problems():
            issued = actions.create_key(request.actor, environment, **form.cleaned_data)
            return keys_page(request, environment, Outcome(issued=issued))
    return keys_page(request, environment, Outcome(failed=form))


@with_form
def reveal(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = key_of(request, environment_id, key_id, Action.REVEAL_KEY)
    form = RevealKeyForm(given(request), request=request, auto_id="reveal-%s")
    if form.is_valid():
        with form.showing_problems():
            text = actions.reveal_key(request.actor, key)
            return keys_page(request, key.environment, Outcome(revealed=key, text=text))
    return keys_page(request, key.environment, Outcome(Dialog("reveal-key", form, key)))


@with_form
def rename(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = key_of(request, environment_id, key_id, Action.RENAME_KEY)
    form = RenameKeyForm(given(request), auto_id="rename-%s", initial={"name": key.name})
    if form.is_valid():
        with form.showing_problems():
            renamed = actions.rename_key(request.actor, key, **form.cleaned_data)
            messages.success(request, f"The key is now called “{renamed.name}”.")
            return back(request, key.environment)
    return keys_page(request, key.environment, Outcome(Dialog("rename-key", form, key)))


@with_form
def delete(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = key_of(request, environment_id, key_id, Action.REVOKE_KEY)
    form = DeleteKeyForm(given(request), request=request, thing=key, auto_id="delete-%s")
    if form.is_valid():
        with form.showing_problems():
            actions.revoke_key(request.actor, key)
            messages.success(request, f"The key “{key.name}” is deleted. Its next request is refused.")
            return back(request, key.environment)
    return keys_page(request, key.environment, Outcome(Dialog("delete-key", form, key)))
