"""Addresses that the browser SDKs build: the page that waits in a frame, deep links, the prefix they use."""

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.views.decorators.clickjacking import xframe_options_exempt

from access.requests import Request

SHEET = "us_sh_"


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def space_init(request: HttpRequest) -> HttpResponse:
    """A page that holds nothing, and goes to the space that the page around it names: so anybody may frame it."""
    return render(request, "guests/space_init.html")


def without_prefix(request: Request, space_id: str, rest: str = "") -> HttpResponse:
    return redirect(f"/space/{space_id}{f'/{rest}' if rest else ''}")


def deep_link(request: Request, space_id: str, rest: str) -> HttpResponse:
    """The sheet that an address of another make ends in, where such a page is; else the space."""
    sheet = next((part for part in reversed(rest.split("/")) if part.startswith(SHEET)), "")
    target = f"/space/{space_id}/sheets/{sheet}"
    is_page = bool(sheet) and resolve(target).url_name != "guest_deep_link"
    return redirect(target) if is_page else redirect("guest_space", space_id=space_id)
