"""A dialog that has an address of its own: app.js puts it into the page, without script the page comes around it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lib.forms import Form
from lib.pages import answered


@dataclass(slots=True)
class Dialog:
    """One that is open: its template, the form in it, and what it is about, by name."""

    template: str
    form: Form
    about: dict[str, Any] = field(default_factory=dict)


def given(request: HttpRequest) -> Any:
    """What was posted; nothing when the dialog is only looked at."""
    return request.POST if request.method == "POST" else None


def opened(request: HttpRequest, dialog: Dialog, page: Callable[[Dialog], HttpResponse]) -> HttpResponse:
    """The dialog alone where app.js fetches it, else on the page that it belongs to."""
    if request.headers.get("X-Dialog"):
        return answered(render(request, "components/dialog.html", {"dialog": dialog}), dialog.form)
    return answered(page(dialog), dialog.form)
