"""The page of an environment's keys and secrets as a whole, in whatever state a deed left it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from access.actors import Actor
from access.queries import visible
from access.requests import Request
from environments.actions import IssuedKey
from environments.forms import KeyForm, SecretForm
from environments.models import ApiKey, Environment, Secret
from environments.pages.dialogs import Dialog, here
from environments.pages.lookups import visible_keys
from lib.forms import Form
from lib.pages import answered
from lib.paging import Page, keyset

PAGE = 25
MOST_KNOCKING = 20


@dataclass(slots=True)
class Outcome:
    """What a deed left to show: a dialog that is open, the form that failed, the key just made, one just revealed."""

    dialog: Dialog | None = None
    failed: Form | None = None
    issued: IssuedKey | None = None
    revealed: ApiKey | None = None
    text: str = ""

    @property
    def form(self) -> Form | None:
        return self.dialog.form if self.dialog else self.failed

    def form_of(self, dialog: str) -> Any:
        """The failed form, if it is the one of that dialog: it keeps what was typed, and its errors open the dialog."""
        return self.failed if self.failed and self.failed.auto_id == f"{dialog}-%s" else None


@dataclass(slots=True)
class KeyRow:
    """A key, its text when it has just been revealed, and below it the one that it is replacing."""

    key: ApiKey
    text: str = ""
    old: "KeyRow | None" = None


def keys_page(request: Request, environment: Environment, outcome: Outcome) -> HttpResponse:
    if outcome.dialog and request.headers.get("X-Dialog"):  # app.js puts it into the page that it has
        parts = {"dialog": outcome.dialog, "here": here(request)}
        return answered(render(request, "environments/_dialog.html", parts), outcome.form)
    keys = keyset(_leading(visible_keys(request.actor, environment)), request.GET.get("after"), size=PAGE)
    secrets = keyset(
        visible(Secret, request.actor).filter(environment=environment, space=None),
        request.GET.get("secrets"),
        size=PAGE,
    )
    context = {
        "environment": environment,
        "dialog": outcome.dialog,
        "here": here(request),
        "keys": _rows(request.actor, environment, keys, outcome),
        "older_keys": keys.next,
        "knocking": visible(ApiKey, request.actor).filter(environment=environment).knocking()[:MOST_KNOCKING],  # type: ignore[attr-defined]
        "secrets": _in(environment, secrets.rows),
        "older_secrets": secrets.next,
        "issued": outcome.issued,
        "new_key": outcome.form_of("new-key") or key_form(request),
        "new_secret": outcome.form_of("new-secret") or secret_form(),
    }
    return answered(render(request, "environments/keys.html", context), outcome.form)


def key_form(request: Request, data: Any = None) -> KeyForm:
    return KeyForm(data, request=request, auto_id="new-key-%s")


def secret_form(data: Any = None) -> SecretForm:
    return SecretForm(data, auto_id="new-secret-%s")


def _leading(keys: QuerySet[ApiKey]) -> QuerySet[ApiKey]:
    """Without the old keys of rotations: each stands below the new one."""
    successors = ApiKey.objects.live().filter(rotated_from=OuterRef("pk"))
    return keys.exclude(Q(ends_at__isnull=False) & Exists(successors))


def _rows(actor: Actor, environment: Environment, page: Page, outcome: Outcome) -> list[KeyRow]:
    found: list[ApiKey] = page.rows
    old = visible_keys(actor, environment).filter(ends_at__isnull=False)
    replaced = {key.pk: key for key in old.filter(pk__in=[key.rotated_from_id for key in found if key.rotated_from_id])}
    _in(environment, [*found, *replaced.values()])
    text = {outcome.revealed.pk: outcome.text} if outcome.revealed else {}
    if outcome.revealed and not any(key.pk in text for key in (*found, *replaced.values())):
        found = [outcome.revealed, *found]  # its dialog was opened from another page of the list
    return [KeyRow(key, text.get(key.pk, ""), _below(replaced.get(key.rotated_from_id or ""), text)) for key in found]


def _below(old: ApiKey | None, text: dict[str, str]) -> KeyRow | None:
    return KeyRow(old, text.get(old.pk, "")) if old else None


def _in(environment: Environment, rows: list[Any]) -> list[Any]:
    """The rows, which need not look their environment up."""
    for row in rows:
        row.environment = environment
    return rows
