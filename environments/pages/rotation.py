"""Rotating a key on its page: a new key beside the old one, and either end of that."""

from django.contrib import messages
from django.http import HttpResponse

from access.actions import Action
from access.requests import Request
from environments import actions
from environments.actions.rotation import pair_of
from environments.forms import EndRotationForm, RotateKeyForm
from environments.pages.dialogs import Dialog, back, given
from environments.pages.listing import Outcome, keys_page
from environments.pages.lookups import key_of
from lib.pages import with_form


@with_form
def rotate(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = key_of(request, environment_id, key_id, Action.ROTATE_KEY)
    form = RotateKeyForm(given(request), request=request, auto_id="rotate-%s")
    if form.is_valid():
        with form.showing_problems():
            issued = actions.rotate_key(request.actor, key, **form.cleaned_data)
            return keys_page(request, key.environment, Outcome(issued=issued))
    return keys_page(request, key.environment, Outcome(Dialog("rotate-key", form, key)))


@with_form
def complete(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = key_of(request, environment_id, key_id, Action.COMPLETE_ROTATION)
    pair = pair_of(key)
    form = EndRotationForm(given(request), request=request, thing=pair.old, auto_id="complete-%s")
    if form.is_valid():
        with form.showing_problems():
            new = actions.complete_rotation(request.actor, key)
            messages.success(request, f"The old key of “{new.name}” has stopped. Its next request is refused.")
            return back(request, key.environment)
    return keys_page(request, key.environment, Outcome(Dialog("complete-rotation", form, key, pair)))


@with_form
def cancel(request: Request, environment_id: str, key_id: str) -> HttpResponse:
    key = key_of(request, environment_id, key_id, Action.CANCEL_ROTATION)
    pair = pair_of(key)
    form = EndRotationForm(given(request), request=request, thing=pair.new, auto_id="cancel-%s")
    if form.is_valid():
        with form.showing_problems():
            old = actions.cancel_rotation(request.actor, key)
            messages.success(request, f"The key “{old.name}” goes on as before.")
            return back(request, key.environment)
    return keys_page(request, key.environment, Outcome(Dialog("cancel-rotation", form, key, pair)))
