"""What can be done to the secrets of an environment on the page of its keys and secrets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from access.actions import Action
from access.queries import get_visible
from access.requests import Request
from environments import actions
from environments.forms import ReplaceSecretForm
from environments.models import Environment, Secret
from environments.pages.dialogs import Dialog, back, given
from environments.pages.listing import Outcome, keys_page, secret_form
from environments.pages.lookups import secret_of
from lib.forms import Form
from lib.pages import posted, with_form


@posted("keys", "environment_id")
def save(request: Request, environment_id: str) -> HttpResponse:
    """A new secret, or a new value for the one of that name."""
    environment = get_visible(Environment, request.actor, environment_id)
    form = secret_form(request.POST)
    if form.is_valid():
        with form.showing_problems():
            secret = actions.set_secret(request.actor, environment, **form.cleaned_data)
            messages.success(request, f"The secret “{secret.name}” is saved.")
            return back(request, environment)
    return keys_page(request, environment, Outcome(failed=form))


@with_form
def edit(request: Request, environment_id: str, secret_id: str) -> HttpResponse:
    secret = secret_of(request, environment_id, secret_id, Action.SET_SECRET)
    form = ReplaceSecretForm(given(request), auto_id="edit-%s")
    if form.is_valid():
        with form.showing_problems():
            actions.change_secret(request.actor, secret, **form.cleaned_data)
            messages.success(request, f"The secret “{secret.name}” is saved.")
            return _back(request, secret)
    return keys_page(request, secret.environment, Outcome(Dialog("edit-secret", form, secret=secret)))


@with_form
def delete(request: Request, environment_id: str, secret_id: str) -> HttpResponse:
    secret = secret_of(request, environment_id, secret_id, Action.DELETE_SECRET)
    if request.method != "POST":
        dialog = Dialog("delete-secret", Form(auto_id="delete-%s"), secret=secret)
        return keys_page(request, secret.environment, Outcome(dialog))
    actions.delete_secret(request.actor, secret)
    messages.success(request, f"The secret “{secret.name}” is deleted.")
    return _back(request, secret)


def _back(request: Request, secret: Secret) -> HttpResponse:
    """The page that lists it: the space's for one of a space."""
    if secret.space_id:
        return redirect("space", secret.environment_id, secret.space_id)
    return back(request, secret.environment)
