"""What can be done to the secrets of an environment on the page of its keys and secrets."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from access.queries import get_visible, visible
from access.requests import Request
from environments import actions
from environments.models import Environment, Secret
from environments.pages.listing import Outcome, keys_page, one_of, secret_form
from lib.pages import posted


@posted("keys", "environment_id")
def save(request: Request, environment_id: str) -> HttpResponse:
    """A new secret, or a new value for the one of that name."""
    environment = get_visible(Environment, request.actor, environment_id)
    edited = request.POST.get("secret")
    form = secret_form(_secret(request, environment, edited) if edited else None, request.POST)
    if form.is_valid():
        with form.showing_problems():
            secret = actions.set_secret(request.actor, environment, **form.cleaned_data)
            messages.success(request, f"The secret “{secret.name}” is saved.")
            return redirect("keys", environment_id)
    return keys_page(request, environment, Outcome(failed=form))


@posted("keys", "environment_id")
def delete(request: Request, environment_id: str, secret_id: str) -> HttpResponse:
    environment = get_visible(Environment, request.actor, environment_id)
    secret = _secret(request, environment, secret_id)
    actions.delete_secret(request.actor, secret)
    messages.success(request, f"The secret “{secret.name}” is deleted.")
    return redirect("keys", environment_id)


def _secret(request: Request, environment: Environment, secret_id: str) -> Secret:
    secret = one_of(visible(Secret, request.actor).filter(environment=environment), secret_id)
    secret.environment = environment
    return secret
