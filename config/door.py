"""From a request to its Actor: cookies open pages, bearers open the API, and never the other way round."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from prometheus_client import Counter

from access.actors import Actor, Origin
from access.origins import origin_of
from accounts.credentials import resolve_session
from config.answers import answer
from config.paths import is_api, is_dashboard, is_guest_page, is_page, is_private
from config.routes import methods_of
from config.shortcut import GetResponse, ShortcutEnd
from environments.credentials import resolve_api_key
from events.usage import meter
from guests.credentials import resolve_framed, resolve_guest_session, resolve_guest_token
from lib import body, crypto
from lib.problems import BadCredential, BodyTooLarge, InvalidInput, MethodNotAllowed, Problem
from tokens.credentials import resolve_access_token, resolve_personal_access_token

# Each says None for "not mine" and raises BadCredential for "mine, and refused".
BEARERS: tuple[Callable[[str, Origin], Actor | None], ...] = (
    resolve_api_key,
    resolve_personal_access_token,
    resolve_access_token,
    resolve_guest_token,
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS = Counter("latchkey_requests", "Requests answered, by method and status.", ["method", "status"])
DIGITS = 12  # of a Content-Length
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class TwoCredentials(InvalidInput):
    code, message = "two_credentials", "Send exactly one Authorization header with one credential."


class LengthRequired(Problem):
    code, status = "length_required", 411
    message = "Send the body with a Content-Length, not in chunks."


class RequestId:
    """The outermost layer: gives every request an id that its answer and all its log lines carry."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = crypto.random_text(20)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        REQUESTS.labels(request.method if request.method in METHODS else "other", response.status_code).inc()
        if is_private(request):
            response["Cache-Control"] = "no-store"
        return without_body(response) if request.method == "HEAD" else response


def without_body(response: HttpResponse) -> HttpResponse:
    """The answer to HEAD: all that GET says of its body, and not a byte of it (RFC 9110, section 9.3.2)."""
    if not response.streaming:
        length = response.get("Content-Length", str(len(response.content)))
        response.content = b""
        response["Content-Length"] = length
    return response


class Door(ShortcutEnd):
    """The innermost layer: a lazy Actor on every request; from the dashboard, whoever has none goes to the sign-in."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _resolved(request))  # type: ignore[attr-defined]
        problem = bad_length(request, body.LARGEST_OF_RECORDS if is_api(request) else body.LARGEST)
        if problem:
            return answer(request, problem)
        if is_page(request):
            # Asking throws a session away that has ended, before allauth's pages could believe it.
            request.actor = request.actor.itself  # type: ignore[attr-defined]
            if is_dashboard(request) and not request.actor.is_known:  # type: ignore[attr-defined]
                return _to_sign_in(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: object) -> HttpResponse | None:
        """A page answers the methods it declares; the API's views see to theirs, and say how much they read."""
        if is_api(request):
            problem = bad_length(request, getattr(getattr(view, "cls", None), "largest_body", body.LARGEST))
            return answer(request, problem) if problem else None
        if request.method not in (methods := methods_of(view)):
            raise MethodNotAllowed(methods)
        return None


def bad_length(request: HttpRequest, most: int) -> Problem | None:
    """What is wrong with the length of the body as announced, before a byte of it is read."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return LengthRequired()
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        return InvalidInput("Content-Length must be a number.")
    if len(length) > DIGITS or int(length) > most:
        return BodyTooLarge(most)
    return None


def _resolved(request: HttpRequest) -> Actor:
    """The Actor, whom config.cors then finds without asking again: `asked_by` is there once somebody wanted to know."""
    request.asked_by = (api_actor if is_api(request) else page_actor)(request)  # type: ignore[attr-defined]
    return request.asked_by  # type: ignore[attr-defined]


def page_actor(request: HttpRequest) -> Actor:
    """A guest on the pages of guests, a member on all others: neither's cookie is looked at on the other's."""
    if is_guest_page(request):
        found = resolve_framed(request) or resolve_guest_session(request)
    else:
        found = resolve_session(request)
    return found or Actor.nobody(timezone.now(), origin_of(request))


def api_actor(request: HttpRequest) -> Actor:
    """The Actor of the bearer; nobody without one. Raises BadCredential for a bearer that no resolver accepts.

    Every request that gets this far counts as one of its credential; what is a 401, or a 429 before it, does not.
    """
    header = request.META.get("HTTP_AUTHORIZATION")
    origin = origin_of(request)
    if not header:
        return Actor.nobody(timezone.now(), origin)
    if "," in header:  # what a server makes of two headers
        raise TwoCredentials
    scheme, _, bearer = header.partition(" ")
    if scheme.lower() != "bearer":
        raise BadCredential
    for resolver in BEARERS:
        actor = resolver(bearer, origin)
        if actor is not None:
            meter.count(actor)
            return actor
    raise BadCredential


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return HttpResponseRedirect(reverse("account_login") + back)
