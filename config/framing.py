"""Spaces inside the pages of other sites: opening one by the token in its address, and who may frame it."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from csp.constants import NONE
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from access.actors import Actor, Kind
from access.origins import origin_of
from config.cors import allowed_origins
from config.paths import is_guest_page
from guests.credentials import begin_framed, framed_csrf, open_by_token

# Also below the `/s` that embeds are used to, and below a public link, which one of them puts in front.
SPACE = re.compile(r"(?:/s|/shared/[^/]+)?(/space/([^/]+))(/.*)?")
DROPPED = ("token", "replayEvents")
FRAMED = (Kind.SPACE, Kind.GUEST)


class Framing:
    """Opens what presents a token, and lets the account's allowed origins frame what was opened so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            "token" in request.GET
            and request.method in ("GET", "HEAD")
            and (place := SPACE.fullmatch(request.path_info))
        ):
            return _opened(request, *place.groups(default=""))
        by_frame = prove_by_frame(request)
        response = self.get_response(request)
        if by_frame:  # it is no other page's
            response.cookies.pop(settings.CSRF_COOKIE_NAME, None)
        actor = getattr(request, "asked_by", None) if is_guest_page(request) else None
        return framed(response, ancestors(actor)) if actor and actor.kind in FRAMED else response


def prove_by_frame(request: HttpRequest) -> bool:
    """Inside of a frame, Django's check of forms goes by the frame's own cookie. Whether it does for this request."""
    if own := framed_csrf(request) if is_guest_page(request) else None:
        request.COOKIES[settings.CSRF_COOKIE_NAME] = own
    return own is not None


def ancestors(actor: Actor) -> list[str]:
    """Who may frame a page of this actor: the same pages that may read answers (docs/decisions/0009)."""
    entries, is_development = allowed_origins(actor)
    if entries:
        return [entry for entry in entries if "[" not in entry] or [NONE]  # no policy can name such an address
    return ["*"] if is_development else [NONE]


def framed(response: HttpResponse, by: Iterable[str]) -> HttpResponse:
    response._csp_replace = {"frame-ancestors": [*by]}  # type: ignore[attr-defined]
    response.xframe_options_exempt = True
    return response


def _opened(request: HttpRequest, address: str, space_id: str, rest: str) -> HttpResponse:
    """The secret leaves the address before anything is shown. A token that opens nothing says so, to whoever asks."""
    text = request.GET["token"].rpartition("token=")[2]
    actor = open_by_token(text, space_id, origin_of(request))
    if actor is None:
        return _ended(request)
    kept = [(name, value) for name, values in request.GET.lists() for value in values if name not in DROPPED]
    query = f"?{urlencode(kept)}" if kept else ""
    response = begin_framed(HttpResponseRedirect(address + rest + query), actor, space_id)
    response["Referrer-Policy"] = "no-referrer"
    return framed(response, ancestors(actor))


def _ended(request: HttpRequest) -> HttpResponse:
    """The token is still in the address of this page, so its styles and links are asked for without that."""
    response = render(request, "guests/token_ended.html", status=401)
    response["Referrer-Policy"] = "no-referrer"
    return framed(response, ["*"])
