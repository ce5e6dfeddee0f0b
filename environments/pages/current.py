"""Which environment a page is about: the one in its address, else the one last looked at, else the first."""

from django.http import HttpResponse
from django.shortcuts import redirect

from access.queries import visible
from access.requests import Request
from environments.models import Environment

LAST = "environment"


def environments_of(request: Request) -> list[Environment]:
    """The environments the actor may see, in the order they were made. An account has at most 100."""
    return list(visible(Environment, request.actor).order_by("created_at", "pk"))


def current(request: Request, environments: list[Environment]) -> Environment | None:
    """The environment of this request; it is remembered for the pages whose address names none."""
    match = request.resolver_match
    named = match.kwargs.get("environment_id") if match else None
    by_id = {environment.pk: environment for environment in environments}
    found = by_id.get(named or request.session.get(LAST, "")) or next(iter(environments), None)
    if named and found and found.pk == named != request.session.get(LAST):
        request.session[LAST] = named
    return found


def dashboard(request: Request) -> HttpResponse:
    """Where one starts: the home of the environment last looked at; for who may see none, the own tokens."""
    environment = current(request, environments_of(request))
    return redirect("home", environment.pk) if environment else redirect("tokens")
