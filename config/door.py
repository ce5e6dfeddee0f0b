"""From a request to its Actor: cookies open pages, bearers open the API, and never the other way round."""

from collections.abc import Callable
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from prometheus_client import Counter

from access.actors import Actor, Origin
from access.origins import origin_of
from accounts.credentials import resolve_session
from environments.credentials import resolve_api_key
from lib import crypto
from lib.problems import BadCredential, BodyTooLarge, InvalidInput
from tokens.credentials import resolve_access_token, resolve_personal_access_token

GetResponse = Callable[[HttpRequest], HttpResponse]

# Each says None for "not mine" and raises BadCredential for "mine, and refused".
BEARERS: tuple[Callable[[str, Origin], Actor | None], ...] = (
    resolve_api_key,
    resolve_personal_access_token,
    resolve_access_token,
)
API = ("/v1/", "/api/", "/.well-known/", "/healthz", "/readyz", "/metrics")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PRIVATE = ("/dashboard", "/account/")
REQUESTS = Counter("latchkey_requests", "Requests answered, by method and status.", ["method", "status"])
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class TwoCredentials(InvalidInput):
    code, message = "two_credentials", "Send exactly one Authorization header with one credential."


def is_api(request: HttpRequest) -> bool:
    """Whether the path speaks JSON in every answer."""
    return f"{request.path_info}/".startswith(("/v1/", "/api/")) or request.path_info.startswith(API)


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
        if is_api(request) or request.path_info.startswith(PRIVATE):
            response["Cache-Control"] = "no-store"
        return response


class Door:
    """The innermost layer: a lazy Actor on every request; from the dashboard, whoever has none goes to the sign-in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        resolve = api_actor if is_api(request) else page_actor
        request.actor = SimpleLazyObject(lambda: resolve(request))  # type: ignore[attr-defined]
        if f"{request.path_info}/".startswith("/dashboard/") and not request.actor.is_known:  # type: ignore[attr-defined]
            return _to_sign_in(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Here and not in __call__, so that a body too large is refused as a Problem."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise BodyTooLarge


def page_actor(request: HttpRequest) -> Actor:
    return resolve_session(request) or Actor.nobody(timezone.now(), origin_of(request))


def api_actor(request: HttpRequest) -> Actor:
    """The Actor of the bearer; nobody without one. Raises BadCredential for a bearer that no resolver accepts."""
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
            return actor
    raise BadCredential


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return HttpResponseRedirect(reverse("account_login") + back)
