"""Which pages of other origins may read what the API answers (CORS): pre-flights alike, answers by the account's list.

This is about browsers alone. Whoever asks without one is stopped by the credential or not at all.
"""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from access.actors import Actor
from accounts.models import Account
from config.paths import is_for_other_pages
from environments.models import Environment
from lib.web_origins import is_among

ANY = "*"
# What the official SDKs send (flatfile-api.md, section 1). Browsers but Chromium let a page set its User-Agent.
REQUEST_HEADERS = (
    "authorization, content-type, content-encoding, user-agent, x-disable-hooks, x-fern-language, x-fern-runtime, "
    "x-fern-runtime-version, x-fern-sdk-name, x-fern-sdk-version"
)
PREFLIGHT = {
    "Access-Control-Allow-Origin": ANY,
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
    "Access-Control-Allow-Headers": REQUEST_HEADERS,
    "Access-Control-Max-Age": "7200",  # the most that Chromium keeps
}
EXPOSED = "Retry-After, WWW-Authenticate, X-Request-Id"


class Cors:
    """Answers pre-flights before anything is asked of the database, and marks the real answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_other_pages(request):
            return self.get_response(request)
        origin = request.META.get("HTTP_ORIGIN", "")
        if origin and request.method == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META:
            response = HttpResponse(status=204, headers=PREFLIGHT)
        else:
            response = self.get_response(request)
            reader = readers(origin, getattr(request, "asked_by", None)) if origin else ""
            if reader:
                response["Access-Control-Allow-Origin"] = reader
                response["Access-Control-Expose-Headers"] = EXPOSED
        patch_vary_headers(response, ["Origin"])
        return response


def readers(origin: str, actor: Actor | None) -> str:
    """Who may read an answer to a page of that origin: any page (`*`), that origin, or nobody (empty).

    What was answered without an actor belongs to no account. `docs/decisions/0009` says why an empty list means
    any page for a credential of a development environment, and none for every other.
    """
    if actor is None or actor.account_id is None:
        return ANY
    try:
        entries, is_development = allowed_origins(actor)
    except (OperationalError, InterfaceError):
        return ""  # what was done is done, and is answered as it was
    if entries:
        return origin if is_among(origin, entries) else ""
    return ANY if is_development else ""


def allowed_origins(actor: Actor) -> tuple[list[str], bool]:
    """The account's allowed origins, and whether the credential is confined to development: one query."""
    confined = Environment.objects.filter(pk=actor.environment_id or "", account_id=actor.account_id, is_prod=False)
    found = Account.objects.filter(pk=actor.account_id).values_list("allowed_origins", Exists(confined)).first()
    return found or ([], False)
