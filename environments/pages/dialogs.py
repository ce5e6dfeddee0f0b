"""The dialogs of the keys page that have an address of their own: a long list carries none of them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from access.requests import Request
from environments.actions.rotation import Pair
from environments.models import ApiKey, Environment, Secret
from lib.forms import Form

LISTS = ("after", "secrets")


@dataclass(slots=True)
class Dialog:
    """One that is open: what it is about, and the form in it, whose ids begin with its own."""

    name: str
    form: Form
    key: ApiKey | None = None
    pair: Pair | None = None
    secret: Secret | None = None

    @property
    def template(self) -> str:
        return f"environments/_{self.name.replace('-', '_')}.html"


def given(request: Request) -> Any:
    """What was posted; nothing when the dialog is only looked at."""
    return request.POST if request.method == "POST" else None


def here(request: Request) -> str:
    """Which pages of the two lists are being looked at, as a query that an address of a deed takes along."""
    kept = {name: request.GET[name] for name in LISTS if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def back(request: Request, environment: Environment) -> HttpResponse:
    return redirect(reverse("keys", args=[environment.pk]) + here(request))
