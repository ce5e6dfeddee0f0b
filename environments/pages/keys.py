"""The page of an environment's keys and secrets, and what can be done to its keys there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from access.queries import get_visible
from access.requests import Request
from environments import actions
from environments.models import ApiKey, Environment
from environments.pages.current import current, environments_of
from environments.pages.listing import (
    Outcome,
    delete_form,
    key_form,
    keys_page,
    one_of,
    rename_form,
    reveal_form,
    visible_keys,
)
from lib.pages import posted
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


@posted("keys", "environment_id")
def reveal(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = _key(request, environment_id, key_id)
    form = reveal_form(request, key, request.POST)
    if form.is_valid():
        with form.showing_problems():
            shown = {key.pk: actions.reveal_key(request.actor, key)}
            return keys_page(request, key.environment, Outcome(shown=shown))
    return keys_page(request, key.environment, Outcome(failed=form))


@posted("keys", "environment_id")
def rename(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = _key(request, environment_id, key_id)
    form = rename_form(key, request.POST)
    if form.is_valid():
        with form.showing_problems():
            renamed = actions.rename_key(request.actor, key, **form.cleaned_data)
            messages.success(request, f"The key is now called “{renamed.name}”.")
            return redirect("keys", environment_id)
    return keys_page(request, key.environment, Outcome(failed=form))


@posted("keys", "environment_id")
def delete(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = _key(request, environment_id, key_id)
    form = delete_form(request, key, request.POST)
    if form.is_valid():
        with form.showing_problems():
            actions.revoke_key(request.actor, key)
            messages.success(request, f"The key “{key.name}” is deleted. Its next request is refused.")
            return redirect("keys", environment_id)
    return keys_page(request, key.environment, Outcome(failed=form))


def _key(request: Request, environment_id: str, key_id: str) -> ApiKey:
    """The key of the address, inside the environment of the address."""
    environment = get_visible(Environment, request.actor, environment_id)
    key = one_of(visible_keys(request.actor, environment), key_id)
    key.environment = environment
    return key
