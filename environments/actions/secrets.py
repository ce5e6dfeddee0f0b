"""Setting and deleting the secrets of an environment."""

from typing import Any

from django.db import transaction

from access.actions import Action
from access.actors import Actor, Resource
from access.policy import require
from environments.models import Environment, Secret
from events.actions import record
from lib import crypto
from lib.locks import hold
from lib.problems import InvalidInput, NotFound, Problem

LONGEST = 1024
MOST_SECRETS = 2_000


class SecretNameInvalid(InvalidInput):
    code, message = (
        "secret_name_invalid",
        f"A secret's name has 1 to {LONGEST} characters, none of them control characters.",
    )
    field = "name"


class SecretValueInvalid(InvalidInput):
    code, message = "secret_value_invalid", f"A secret's value has 1 to {LONGEST} characters."
    field = "value"


class TooManySecrets(Problem):
    code, status = "too_many_secrets", 409
    message = f"An environment has at most {MOST_SECRETS} secrets. Delete one first."


@transaction.atomic
def set_secret(
    actor: Actor,
    environment: Environment,
    *,
    name: str,
    value: str,
    space: Resource | None = None,
    owner: Resource | None = None,
) -> Secret:
    """Create the secret of that name, or give it a new value (flatfile-api.md, section 19).

    With a space of the environment, or an owner who acts in it, it is for them alone. Name and value have 1 to 1024
    characters. Raises SecretNameInvalid, SecretValueInvalid, TooManySecrets, NotFound.
    """
    require(actor, Action.SET_SECRET, environment.resource)
    name = _name(name)
    _check_place(environment, space, owner)
    # Locked, so that of two first writes at once the second finds the first.
    hold(environment)
    place = {"space_id": space.id if space else None, "actor_id": owner.id if owner else ""}
    secret = environment.secrets.filter(name=name, **place).first()
    topic = "secret:updated" if secret else "secret:created"
    secret = secret or _new(environment, name, place)
    _put(actor, secret, value)
    record(actor, Action.SET_SECRET, secret.resource, topic=topic, payload=_facts(secret))
    return secret


@transaction.atomic
def change_secret(actor: Actor, secret: Secret, *, value: str) -> Secret:
    """Give this very secret a new value, whomever it is for. Raises SecretValueInvalid, NotFound."""
    require(actor, Action.SET_SECRET, secret.environment.resource)
    environment = secret.environment
    secret = hold(secret)
    secret.environment = environment
    _put(actor, secret, value)
    record(actor, Action.SET_SECRET, secret.resource, topic="secret:updated", payload=_facts(secret))
    return secret


@transaction.atomic
def delete_secret(actor: Actor, secret: Secret) -> None:
    """Delete the secret; its value is gone at once. Deleting what another has just deleted is not an error."""
    require(actor, Action.DELETE_SECRET, secret.resource)
    resource, facts = secret.resource, _facts(secret)
    if Secret.objects.filter(pk=secret.pk).delete()[0]:
        record(actor, Action.DELETE_SECRET, resource, payload=facts)


def _name(name: str) -> str:
    name = name.strip()
    if not 1 <= len(name) <= LONGEST or not name.isprintable():
        raise SecretNameInvalid
    return name


def _check_place(environment: Environment, space: Resource | None, owner: Resource | None) -> None:
    """Space and owner are of this environment; a member is of all of the account's. Raises NotFound."""
    if space and space.environment_id != environment.pk:
        raise NotFound
    if owner and (owner.account_id, owner.environment_id or environment.pk) != (environment.account_id, environment.pk):
        raise NotFound


def _new(environment: Environment, name: str, place: dict[str, Any]) -> Secret:
    if environment.secrets.count() >= MOST_SECRETS:
        raise TooManySecrets
    return Secret(account_id=environment.account_id, environment=environment, name=name, **place)


def _put(actor: Actor, secret: Secret, value: str) -> None:
    if not 1 <= len(value) <= LONGEST:
        raise SecretValueInvalid
    secret.sealed = crypto.seal(value, secret.pk)
    secret.updated_by_label = actor.name
    secret.save()


def _facts(secret: Secret) -> dict[str, str]:
    place = {"spaceId": secret.space_id, "actorId": secret.actor_id}
    facts = {"secretId": secret.pk, "environmentId": secret.environment_id, "name": secret.name}
    return facts | {name: id for name, id in place.items() if id}
