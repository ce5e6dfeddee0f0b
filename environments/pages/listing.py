"""The page of an environment's keys and secrets as a whole, in whatever state a deed left it."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from access.actions import Action
from access.actors import Actor
from access.queries import visible
from access.requests import Request
from environments.actions import IssuedKey
from environments.forms import DeleteKeyForm, KeyForm, RenameKeyForm, RevealKeyForm, SecretForm
from environments.models import ApiKey, Environment, Secret
from lib.forms import Form
from lib.ids import is_id
from lib.pages import answered
from lib.paging import keyset
from lib.problems import NotFound

M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class Outcome:
    """What a deed left to show: the form that failed, the keys just revealed, the key just made."""

    failed: Form | None = None
    shown: dict[str, str] = field(default_factory=dict)
    issued: IssuedKey | None = None

    def form(self, dialog: str) -> Any:
        """The failed form, if it is the one of that dialog: it keeps what was typed, and its errors open the dialog."""
        return self.failed if self.failed and self.failed.auto_id == f"{dialog}-%s" else None


@dataclass(slots=True)
class KeyRow:
    """A key with the forms of its dialogs, and its text when it has just been revealed."""

    key: ApiKey
    reveal: RevealKeyForm
    rename: RenameKeyForm
    delete: DeleteKeyForm
    text: str = ""


@dataclass(slots=True)
class SecretRow:
    """A secret with the form that gives it a new value."""

    secret: Secret
    edit: SecretForm


def keys_page(request: Request, environment: Environment, outcome: Outcome) -> HttpResponse:
    keys = keyset(visible_keys(request.actor, environment), request.GET.get("after"))
    secrets = keyset(visible(Secret, request.actor).filter(environment=environment), request.GET.get("secrets"))
    context = {
        "environment": environment,
        "keys": [_key_row(request, key, environment, outcome) for key in keys.rows],
        "older_keys": keys.next,
        "secrets": [_secret_row(secret, environment, outcome) for secret in secrets.rows],
        "older_secrets": secrets.next,
        "issued": outcome.issued,
        "new_key": outcome.form("new-key") or key_form(request),
        "new_secret": outcome.form("new-secret") or secret_form(),
    }
    return answered(render(request, "environments/keys.html", context), outcome.failed)


def visible_keys(actor: Actor, environment: Environment) -> QuerySet[ApiKey]:
    """The live keys the actor may see: secret ones as hints for administrators, publishable ones for more people."""
    publishable = visible(ApiKey, actor, Action.VIEW_PUBLISHABLE_KEY).filter(type=ApiKey.Type.PUBLISHABLE)
    return (visible(ApiKey, actor) | publishable).filter(environment=environment) & ApiKey.objects.live()


def one_of(rows: QuerySet[M], id: str) -> M:
    """The row of that id among those. Raises NotFound."""
    row = rows.filter(pk=id).first() if is_id(id) else None
    if row is None:
        raise NotFound
    return row


# The forms of the dialogs, each under ids of its own


def key_form(request: Request, data: Any = None) -> KeyForm:
    return KeyForm(data, request=request, auto_id="new-key-%s")


def reveal_form(request: Request, key: ApiKey, data: Any = None) -> RevealKeyForm:
    return RevealKeyForm(data, request=request, auto_id=f"reveal-{key.pk}-%s")


def rename_form(key: ApiKey, data: Any = None) -> RenameKeyForm:
    return RenameKeyForm(data, auto_id=f"rename-{key.pk}-%s", initial={"name": key.name})


def delete_form(request: Request, key: ApiKey, data: Any = None) -> DeleteKeyForm:
    return DeleteKeyForm(data, request=request, thing=key, auto_id=f"delete-{key.pk}-%s")


def secret_form(secret: Secret | None = None, data: Any = None) -> SecretForm:
    """For a new secret, or for a new value of one there is."""
    if secret is None:
        return SecretForm(data, auto_id="new-secret-%s")
    return SecretForm(data, auto_id=f"edit-{secret.pk}-%s", initial={"name": secret.name})


def _key_row(request: Request, key: ApiKey, environment: Environment, outcome: Outcome) -> KeyRow:
    key.environment = environment
    return KeyRow(
        key,
        outcome.form(f"reveal-{key.pk}") or reveal_form(request, key),
        outcome.form(f"rename-{key.pk}") or rename_form(key),
        outcome.form(f"delete-{key.pk}") or delete_form(request, key),
        outcome.shown.get(key.pk, ""),
    )


def _secret_row(secret: Secret, environment: Environment, outcome: Outcome) -> SecretRow:
    secret.environment = environment
    return SecretRow(secret, outcome.form(f"edit-{secret.pk}") or secret_form(secret))
