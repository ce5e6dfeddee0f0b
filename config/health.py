"""What a load balancer and a monitor ask: is the process there, is its database ready, how is it doing."""

import functools
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django_prometheus.exports import ExportToDjangoView

from lib import crypto
from lib.pages import READING
from lib.problems import BadCredential, MethodNotAllowed, NotFound, Unavailable

View = Callable[[HttpRequest], HttpResponse]


class NotReady(Unavailable):
    code, message = (
        "not_ready",
        "The database is missing, or its migrations are not all applied: run manage.py migrate.",
    )


def reading_only(view: View) -> View:
    """Refuse every method but GET and HEAD, in JSON."""

    @csrf_exempt  # it reads; a form of another site gets the same refusal as everybody
    @functools.wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            raise MethodNotAllowed(READING)
        return view(request)

    return checked


@reading_only
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@reading_only
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and every migration is applied, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _is_migrated():
            raise NotReady
    except DatabaseError:
        raise NotReady from None
    return JsonResponse({"status": "ready"})


@reading_only
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus metrics for the bearer of METRICS_TOKEN; not there unless that is set."""
    if not settings.METRICS_TOKEN:
        raise NotFound
    if not crypto.same(request.META.get("HTTP_AUTHORIZATION", ""), f"Bearer {settings.METRICS_TOKEN}"):
        raise BadCredential
    return ExportToDjangoView(request)


_known_migrated = False


def _is_migrated() -> bool:
    """Read from the database until it is true once: a running process never sees a migration undone."""
    global _known_migrated
    if not _known_migrated:
        executor = MigrationExecutor(connection)
        _known_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known_migrated
