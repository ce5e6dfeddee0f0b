"""Creating, changing and deleting environments."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind, Resource
from access.policy import require
from accounts.models import Account
from environments.actions.keys import issue_first_keys
from environments.models import GUEST_AUTHENTICATION, Environment, close_ways_in
from events.actions import record
from lib import names
from lib.changes import put, told
from lib.locks import hold
from lib.problems import InvalidInput, Problem
from lib.times import iso

MOST_ENVIRONMENTS = 100
CHANGEABLE = (
    "name",
    "is_prod",
    "guest_authentication",
    "metadata",
    "translations_path",
    "namespaces",
    "language_override",
)


class EnvironmentNameTaken(Problem):
    code, status = "environment_name_taken", 409
    message = "This account already has an environment of that name. Choose another."
    field = "name"


class EnvironmentNameMissing(InvalidInput):
    code, message = "environment_name_missing", "An environment needs a name of 1 to 255 characters."
    field = "name"


class TooManyEnvironments(Problem):
    code, status = "too_many_environments", 409
    message = f"An account has at most {MOST_ENVIRONMENTS} environments. Delete one first."


class UnknownGuestAuthentication(InvalidInput):
    code = "unknown_guest_authentication"
    message = f"Guests authenticate by {' or '.join(GUEST_AUTHENTICATION)}; name each at most once."
    field = "guestAuthentication"


class LastEnvironment(Problem):
    code, status = "last_environment", 409
    message = "This is the account's last environment, so it cannot be deleted. Create another one first."


class NameNotTyped(InvalidInput):
    code, message = "name_not_typed", "Type the name exactly as it stands to confirm."
    field = "typed_name"


@transaction.atomic
def create_environment(
    actor: Actor,
    *,
    name: str,
    is_prod: bool = False,
    guest_authentication: list[str] | None = None,
    metadata: Any = None,
    translations_path: str = "",
    namespaces: list[str] | None = None,
    language_override: str = "",
) -> Environment:
    """A new environment of the actor's account, with one key of each type (flatfile-api.md, section 10).

    Guests may come in both ways unless told otherwise. Raises EnvironmentNameTaken, TooManyEnvironments.
    """
    environment = Environment(
        account_id=actor.account_id or "",
        name=_name(name),
        is_prod=is_prod,
        metadata={} if metadata is None else metadata,
        translations_path=translations_path,
        namespaces=namespaces or [],
        language_override=language_override,
    )
    if guest_authentication is not None:
        environment.guest_authentication = checked_guest_authentication(guest_authentication)
    # About the account: nothing narrower can be what a new environment is created in.
    require(actor, Action.CREATE_ENVIRONMENT, Resource("account", environment.account_id, environment.account_id))
    account = hold(Account(pk=environment.account_id))
    if account.environments.count() >= MOST_ENVIRONMENTS:
        raise TooManyEnvironments
    _save(environment, force_insert=True)
    issue_first_keys(actor, environment)
    slug = environment.name.lower().replace(" ", "-")
    facts = {"environmentId": environment.pk, "name": environment.name, "slug": slug, "isProd": is_prod}
    record(actor, Action.CREATE_ENVIRONMENT, environment.resource, payload=facts)
    return environment


@transaction.atomic
def update_environment(actor: Actor, environment: Environment, **changes: Any) -> Environment:
    """Change what is named in CHANGEABLE; everything else about an environment is fixed for ever.

    Raises EnvironmentNameTaken, UnknownGuestAuthentication.
    """
    require(actor, Action.UPDATE_ENVIRONMENT, environment.resource)
    if "name" in changes:
        changes["name"] = _name(changes["name"])
    if "guest_authentication" in changes:
        changes["guest_authentication"] = checked_guest_authentication(changes["guest_authentication"])
    environment = hold(environment)
    if environment.is_prod and not changes.get("is_prod", True):
        # What protects production from deletion must not be taken off more easily than deleting it.
        require(actor, Action.DELETE_ENVIRONMENT, environment.resource)
    ways = environment.guest_authentication
    if not (before := put(environment, changes, CHANGEABLE)):
        return environment
    closed = close_ways_in(environment, ways, environment.guest_authentication)
    _save(environment, update_fields=[*before, *closed, "updated_at"])
    payload = {"environmentId": environment.pk, "changes": told(environment, before)}
    record(actor, Action.UPDATE_ENVIRONMENT, environment.resource, payload=payload)
    return environment


@transaction.atomic
def delete_environment(actor: Actor, environment: Environment, *, typed_name: str | None = None) -> None:
    """End an environment and everything in it (keys, secrets, spaces, roles on it) at once; its log stays.

    From the dashboard a production environment wants its name typed. Raises LastEnvironment, NameNotTyped.
    """
    require(actor, Action.DELETE_ENVIRONMENT, environment.resource)
    if environment.is_prod and actor.kind is Kind.SESSION and typed_name != environment.name:
        raise NameNotTyped
    # Locks the account, so that two deletions at once cannot both be the last but one.
    account = hold(environment.account)
    if account.environments.exclude(pk=environment.pk).count() == 0:
        raise LastEnvironment
    resource = environment.resource
    hold(environment).delete()
    payload = {"environmentId": resource.id, "deletedAt": iso(timezone.now()), "deletedBy": actor.id}
    record(actor, Action.DELETE_ENVIRONMENT, resource, payload=payload)


def _name(name: str) -> str:
    name = names.readable(name)
    if not 1 <= len(name) <= 255:
        raise EnvironmentNameMissing
    return name


def checked_guest_authentication(ways: list[str]) -> list[str]:
    """The ways guests may come in, of an environment or a space. Raises UnknownGuestAuthentication."""
    if len(set(ways)) != len(ways) or not set(ways) <= set(GUEST_AUTHENTICATION):
        raise UnknownGuestAuthentication
    return list(ways)


def _save(environment: Environment, **how: Any) -> None:
    try:
        with transaction.atomic():
            environment.save(**how)
    except IntegrityError:
        raise EnvironmentNameTaken from None
