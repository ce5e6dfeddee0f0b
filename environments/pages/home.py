"""Home: what goes on in one environment, or what to do first where nothing has been asked yet."""

from django.http import HttpResponse
from django.shortcuts import render

from access.queries import get_visible
from access.requests import Request
from environments.models import Environment
from environments.pages import overview


def home(request: Request, environment_id: str) -> HttpResponse:
    environment = get_visible(Environment, request.actor, environment_id)
    facts, traffic = overview.facts_of(request.actor, environment), overview.traffic_shown(request.actor, environment)
    context = {
        "environment": environment,
        "facts": facts,
        "traffic": traffic,
        "is_new": traffic and not facts.has_usage,
        "concerns": overview.concerns_of(request.actor, environment),
        "entries": overview.last_entries(request.actor, environment),
    }
    return render(request, "environments/home.html", context)
