"""Creating and revoking personal access tokens and client pairs, and the turn to another signing key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind, Resource
from access.limits import check_expiry, check_scopes
from access.policy import require
from accounts.models import Account, Member
from environments.models import Environment
from events.actions import record
from lib import crypto, names
from lib.locks import hold
from lib.problems import InvalidInput, Problem
from lib.times import moment
from tokens import signing
from tokens.models import ClientCredential, PersonalAccessToken, SigningKey

MOST_TOKENS = 2_000
MOST_CLIENTS = 100
LONGEST_NAME = 60


class TokenNameInvalid(InvalidInput):
    code = "token_name_invalid"
    message = f"A token needs a name of 1 to {LONGEST_NAME} characters that says where it is used."
    field = "name"


class ClientDescriptionInvalid(InvalidInput):
    code, message = "client_description_invalid", f"A description has at most {LONGEST_NAME} characters."
    field = "description"


class ScopeTooWide(InvalidInput):
    code, message = "scope_too_wide", "A token can make only tokens that may do no more than itself. Ask for less."
    field = "scopes"


class TooManyTokens(Problem):
    code, status = "too_many_tokens", 409
    message = f"A person has at most {MOST_TOKENS} tokens. Delete one that nothing uses first."


class TooManyClients(Problem):
    code, status = "too_many_clients", 409
    message = f"A person has at most {MOST_CLIENTS} client pairs. Delete one that nothing uses first."


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token and its text, which nobody can read again."""

    token: PersonalAccessToken
    secret: str


@dataclass(frozen=True, slots=True)
class IssuedClient:
    """A new client pair and its secret, which nobody can read again."""

    client: ClientCredential
    secret: str


@transaction.atomic
def create_token(
    actor: Actor,
    *,
    name: str,
    scopes: list[str] | None = None,
    environment: Environment | None = None,
    expires_at: datetime | None = None,
) -> IssuedToken:
    """A token for the actor itself, on request limited to scopes, confined to an environment, ending by itself.

    Made by another token, it is that one's child, no wider than it, and dies with it. Raises TokenNameInvalid,
    TooManyTokens, UnknownScope, ScopeTooWide, BadExpiry.
    """
    require(actor, Action.CREATE_TOKEN, actor.resource)
    check_scopes(scopes, Kind.PAT)
    check_expiry(expires_at)
    name = _checked(name)
    member = hold(Member(pk=actor.id))
    if PersonalAccessToken.objects.live().filter(member=member).count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = crypto.mint_token("pat_")
    token = PersonalAccessToken(
        account_id=member.account_id,
        member=member,
        name=name,
        **crypto.peppered(secret),
        hint=f"pat_…{secret[-4:]}",
        scopes=_narrowed(actor, scopes),
        environment_id=environment.pk if environment else None,
        expires_at=expires_at,
        **_parent(actor),
    )
    token.save(force_insert=True)
    record(actor, Action.CREATE_TOKEN, token.resource, payload=_facts(token))
    return IssuedToken(token, secret)


@transaction.atomic
def revoke_token(actor: Actor, token: PersonalAccessToken) -> PersonalAccessToken:
    """Stop the token, and what it made, from the next request on and for ever. Twice is not an error."""
    require(actor, Action.REVOKE_TOKEN, token.resource)
    if PersonalAccessToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        token.refresh_from_db(fields=["revoked_at"])
        record(actor, Action.REVOKE_TOKEN, token.resource, payload={"hint": token.hint})
    return token


@transaction.atomic
def create_client(actor: Actor, *, description: str = "") -> IssuedClient:
    """A client id and secret for the actor itself (flatfile-api.md, section 8). Raises TooManyClients."""
    require(actor, Action.CREATE_CLIENT, actor.resource)
    if len(description) > LONGEST_NAME:
        raise ClientDescriptionInvalid
    member = hold(Member(pk=actor.id))
    if ClientCredential.objects.live().filter(member=member).count() >= MOST_CLIENTS:
        raise TooManyClients
    secret = crypto.random_uuid()
    client = ClientCredential(
        account_id=member.account_id,
        member=member,
        client_id=crypto.random_uuid(),
        **crypto.peppered(secret),
        hint=f"…{secret[-4:]}",
        description=names.readable(description, field="description"),
    )
    client.save(force_insert=True)
    record(actor, Action.CREATE_CLIENT, client.resource)
    return IssuedClient(client, secret)


@transaction.atomic
def revoke_client(actor: Actor, client: ClientCredential) -> ClientCredential:
    """Stop the pair and the access tokens it gave, from the next request on and for ever. Twice is not an error."""
    require(actor, Action.REVOKE_CLIENT, client.resource)
    if ClientCredential.objects.filter(pk=client.pk, revoked_at=None).update(revoked_at=timezone.now()):
        client.refresh_from_db(fields=["revoked_at"])
        record(actor, Action.REVOKE_CLIENT, client.resource)
    return client


@transaction.atomic
def rotate_signing_key(actor: Actor) -> SigningKey:
    """Sign with a fresh key from now on. Nobody is logged out: the old one verifies for 25 hours more."""
    require(actor, Action.ROTATE_SIGNING_KEY, Resource("signing_key", "", actor.account_id))
    key = signing.replace_current()
    # It belongs to the whole installation, so every account's log tells of it.
    for account_id in Account.objects.values_list("pk", flat=True):
        record(actor, Action.ROTATE_SIGNING_KEY, Resource("signing_key", key.pk, account_id))
    return key


def _facts(token: PersonalAccessToken) -> dict[str, Any]:
    facts = {
        "hint": token.hint,
        "lasting": not (token.parent_token_id or token.parent_access_token_id),
        "scopes": token.scopes,
        "environmentId": token.environment_id,
        "expiresAt": moment(token.expires_at),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _parent(actor: Actor) -> dict[str, str]:
    """What a new token dies with: nothing when a person has just proven to be there, else what made it."""
    if actor.kind is Kind.PAT:
        return {"parent_token_id": actor.credential.id}
    if actor.kind is Kind.CLIENT or (actor.kind is Kind.PASSWORD and not actor.is_fresh):
        return {"parent_access_token_id": actor.credential.id}
    return {}


def _narrowed(actor: Actor, scopes: list[str] | None) -> list[str] | None:
    """The scopes of a new token: what was asked for, within those of what makes it."""
    own = actor.credential.scopes
    if own is None:
        return scopes
    if scopes is None:
        return sorted(own)
    reading = {scope.replace(":write", ":read") for scope in own}
    if not set(scopes) <= own | reading:
        raise ScopeTooWide
    return scopes


def _checked(name: str) -> str:
    name = names.readable(name)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise TokenNameInvalid
    return name
