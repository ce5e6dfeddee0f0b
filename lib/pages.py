"""What every page that carries out a deed shares; it knows no deed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

Page = Callable[..., HttpResponse]
READING = ("GET", "HEAD")
POSTING = (*READING, "POST")


def with_form(page: Page) -> Page:
    """A page whose form posts to the page's own address; every other one answers no POST at all."""
    page.methods = POSTING  # type: ignore[attr-defined]
    return page


def answered(page: HttpResponse, form: Any) -> HttpResponse:
    """The page around a form. A limit that the form met keeps its status and its Retry-After, which programs read."""
    limit = getattr(form, "limit", None)
    if limit:
        page.status_code = limit.status
        for name, value in limit.headers.items():
            page[name] = value
    return page


def posted(back: str, *keep: str) -> Callable[[Page], Page]:
    """A view for POST alone. Whoever opens its address again is sent back to the page it belongs to.

    `keep` names the parts of the address that the page named `back` takes as well.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        def view(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method == "POST":
                return page(request, **parts)
            return redirect(back, **{name: parts[name] for name in keep})

        return with_form(view)

    return decorate
