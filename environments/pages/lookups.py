"""What the pages of keys and secrets find by the ids in an address, inside the environment of the address."""

from django.db.models import QuerySet

from access.actions import Action
from access.actors import Actor
from access.policy import require
from access.queries import get_visible, visible
from access.requests import Request
from config.chrome import proven
from environments.models import ApiKey, Environment, Secret
from lib.ids import is_id
from lib.problems import NotFound


def visible_keys(actor: Actor, environment: Environment) -> QuerySet[ApiKey]:
    """The live keys the actor may see: secret ones as hints for administrators, publishable ones for more people."""
    publishable = visible(ApiKey, actor, Action.VIEW_PUBLISHABLE_KEY).filter(type=ApiKey.Type.PUBLISHABLE)
    return (visible(ApiKey, actor) | publishable).filter(environment=environment) & ApiKey.objects.live()


def key_of(request: Request, environment_id: str, key_id: str, to: Action) -> ApiKey:
    """The key of the address of the address. Raises Forbidden where no proof would help."""
    environment = get_visible(Environment, request.actor, environment_id)
    key = visible_keys(request.actor, environment).filter(pk=key_id).first() if is_id(key_id) else None
    if key is None:
        raise NotFound
    key.environment = environment
    require(proven(request.actor), to, key.resource)
    return key


def secret_of(request: Request, environment_id: str, secret_id: str, to: Action) -> Secret:
    """The secret of the address."""
    environment = get_visible(Environment, request.actor, environment_id)
    secrets = visible(Secret, request.actor).filter(environment=environment)
    secret = secrets.filter(pk=secret_id).first() if is_id(secret_id) else None
    if secret is None:
        raise NotFound
    secret.environment = environment
    require(request.actor, to, secret.resource)
    return secret
