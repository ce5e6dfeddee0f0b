"""How every refusal and failure is answered: JSON in the envelope on an API path, a page everywhere else, on record."""

import sys
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from rest_framework import exceptions
from rest_framework.response import Response

from access.origins import origin_of
from access.policy import Forbidden
from config.paths import is_api, is_guest_page
from events.refusals import DeadCredential, record_dead_credential, record_forbidden
from lib.problems import (
    BodyTooLarge,
    Conflict,
    Internal,
    InvalidInput,
    MethodNotAllowed,
    NotFound,
    Problem,
    Unavailable,
    UnsupportedBody,
)

log = structlog.get_logger("latchkey")

PROBLEMS: dict[type[Exception], type[Problem]] = {
    Http404: NotFound,
    exceptions.NotFound: NotFound,
    exceptions.ParseError: InvalidInput,
    exceptions.UnsupportedMediaType: UnsupportedBody,
    exceptions.MethodNotAllowed: MethodNotAllowed,
    RequestDataTooBig: BodyTooLarge,
    SuspiciousOperation: InvalidInput,
    DataError: InvalidInput,  # PostgreSQL stores no NUL
    IntegrityError: Conflict,
    OperationalError: Unavailable,
    InterfaceError: Unavailable,
}
TITLES = {
    400: "That did not work",
    403: "You may not do that",
    404: "There is nothing here",
    405: "Not that way",
    413: "That is too large",
    429: "One moment",
    500: "Something went wrong",
    503: "Not available right now",
}


class PageRefused(Problem):
    """A form that did not come from one of our pages (CSRF)."""

    code, status = "csrf_failed", 403
    message = "This form is too old, or did not come from here. Go back, reload the page and send it again."


class Problems:
    """Turns what a page raises into its answer; for the API, DRF calls `api_problem` itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        problem = as_problem(error)
        return answer(request, problem) if problem else None


def api_problem(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler. Nothing leaves it but the documented envelope."""
    problem = as_problem(error)
    if problem is None:
        log.exception("unhandled", error=type(error).__name__)
        problem = Internal()
    request = context["request"]
    note(request._request, problem)
    headers = dict(problem.headers)
    if isinstance(error, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return Response({"errors": problem.errors}, status=problem.status, headers=headers)


def as_problem(error: BaseException | None) -> Problem | None:
    """The Problem behind an exception; None for a bug."""
    if isinstance(error, Problem):
        return error
    return next((problem() for kind, problem in PROBLEMS.items() if isinstance(error, kind)), None)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    note(request, problem)
    response: HttpResponse
    if is_api(request):
        response = JsonResponse({"errors": problem.errors}, status=problem.status)
    else:
        response = _page(request, problem)
    for name, value in problem.headers.items():
        response[name] = value
    return response


def note(request: HttpRequest, problem: Problem) -> None:
    """Write down the refusals that belong in the log. The deed itself has been rolled back by now."""
    if isinstance(problem, Forbidden):
        record_forbidden(request.actor, problem)  # type: ignore[attr-defined]
    elif isinstance(problem, DeadCredential):
        record_dead_credential(problem, origin_of(request))


# Django's own handlers


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, as_problem(exception) or InvalidInput())


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, as_problem(exception) or PageRefused())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotFound("There is nothing at this address."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Also reached by a database that is away, when a middleware needed it."""
    error = sys.exc_info()[1]
    problem = as_problem(error)
    if problem is None:
        log.exception("unhandled", error=type(error).__name__)
    return answer(request, problem or Internal())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, PageRefused())


def _page(request: HttpRequest, problem: Problem) -> HttpResponse:
    """A page of its own, which asks the database nothing: the database may be what is away."""
    decision = problem.decision if isinstance(problem, Forbidden) else None
    # Whom the door has seen already: asking now would look somebody up.
    asked_by = getattr(request, "asked_by", None)
    context = {
        "problem": problem,
        "decision": decision,
        "title": TITLES.get(problem.status, "That did not work"),
        "is_inside": asked_by is not None and asked_by.is_known,
    }
    template = "guests/problem.html" if is_guest_page(request) else "problem.html"
    return render(request, template, context, status=problem.status)
