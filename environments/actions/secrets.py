"""Setting and deleting the secrets of an environment."""

from django.db import transaction

from access.actions import Action
from access.actors import Actor
from access.policy import require
from environments.models import Environment, Secret
from events.actions import record
from lib import crypto
from lib.locks import hold
from lib.problems import InvalidInput, Problem

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
def set_secret(actor: Actor, environment: Environment, *, name: str, value: str) -> Secret:
    """Create the secret of that name, or give it a new value (flatfile-api.md, section 19).

    Name and value have 1 to 1024 characters. Raises SecretNameInvalid, SecretValueInvalid, TooManySecrets.
    """
    require(actor, Action.SET_SECRET, environment.resource)
    name = name.strip()
    if not 1 <= len(name) <= LONGEST or not name.isprintable():
        raise SecretNameInvalid
    if not 1 <= len(value) <= LONGEST:
        raise SecretValueInvalid
    # Locked, so that of two first writes at once the second finds the first.
    hold(environment)
    secret = environment.secrets.filter(name=name).first()
    topic = "secret:updated" if secret else "secret:created"
    if secret is None:
        if environment.secrets.count() >= MOST_SECRETS:
            raise TooManySecrets
        secret = Secret(account_id=environment.account_id, environment=environment, name=name)
    secret.sealed = crypto.seal(value, secret.pk)
    secret.updated_by_label = actor.name
    secret.save()
    record(actor, Action.SET_SECRET, secret.resource, topic=topic, payload=_facts(secret))
    return secret


@transaction.atomic
def delete_secret(actor: Actor, secret: Secret) -> None:
    """Delete the secret; its value is gone at once. Deleting what another has just deleted is not an error."""
    require(actor, Action.DELETE_SECRET, secret.resource)
    resource, facts = secret.resource, _facts(secret)
    if Secret.objects.filter(pk=secret.pk).delete()[0]:
        record(actor, Action.DELETE_SECRET, resource, payload=facts)


def _facts(secret: Secret) -> dict[str, str]:
    return {"secretId": secret.pk, "environmentId": secret.environment_id, "name": secret.name}
