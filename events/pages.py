"""The log as a page: filters in its address, newest first."""

from django.http import HttpResponse
from django.shortcuts import render

from access.queries import visible
from access.requests import Request
from environments.models import Environment
from events.actions import visible_events
from events.forms import LogFilters
from events.sentences import Entry
from lib.paging import keyset


def logs(request: Request) -> HttpResponse:
    environments = visible(Environment, request.actor).order_by("created_at")
    names = [(environment.pk, environment.word) for environment in environments]
    filters = LogFilters(request.GET, environment=names)
    page = keyset(filters.apply(visible_events(request.actor), request.actor), request.GET.get("after"))
    tones = {environment.pk: environment.tone for environment in environments}
    entries = [Entry(event, tones.get(event.environment_id, "dev")) for event in page.rows]
    context = {"entries": entries, "older": page.next, "filters": filters, "query": filters.query}
    return render(request, "events/logs.html", context)
