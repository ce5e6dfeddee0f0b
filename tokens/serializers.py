"""What the API reads and shows of tokens and exchanges (flatfile-api.md, sections 6 and 8)."""

from typing import Any, ClassVar

from rest_framework import serializers

from access.actors import Actor, Places
from accounts.models import LONGEST_PASSWORD
from lib.drf import Input, Moment, Paged, Text, Texts, present
from lib.times import iso, moment
from tokens.credentials import Issued
from tokens.models import ClientCredential, PersonalAccessToken


class NewToken(Input):
    """Body of POST /auth/personal-access-tokens: the SDK's `name`, and what is ours."""

    name = Text(max_length=60)
    scopes = Texts(required=False, help_text="What the token is limited to: docs/credentials.md.")
    environmentId = Text(max_length=40, required=False, help_text="The environment it is confined to.")
    expiresAt = Moment(required=False, help_text="At most ten years ahead.")


class ClientsIn(Paged):
    """Query of GET and POST /users/{id}/api-token. `tenantId` is the account's id."""

    tenantId = Text(max_length=40, help_text="The id of one's account.")


class CredentialsIn(Input):
    """Body of POST /auth: e-mail and password, or client id and secret, with or without `type`."""

    type = serializers.ChoiceField(choices=["userCredentials", "apiCredentials"], required=False)
    email = Text(max_length=320, required=False)
    password = Text(max_length=LONGEST_PASSWORD * 4, required=False)
    clientId = Text(max_length=64, required=False)
    secret = Text(max_length=256, required=False)
    accountId = Text(max_length=40, required=False, help_text="For members of several; else the one used last.")

    json_schema: ClassVar = {
        "anyOf": [
            {"required": ["email", "password"], "properties": {"type": {"const": "userCredentials"}}},
            {"required": ["clientId", "secret"], "properties": {"type": {"const": "apiCredentials"}}},
        ]
    }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        pairs = {"userCredentials": {"email", "password"}, "apiCredentials": {"clientId", "secret"}}
        wanted = [pairs[attrs["type"]]] if "type" in attrs else list(pairs.values())
        if not any(pair <= attrs.keys() for pair in wanted):
            raise serializers.ValidationError("Send email and password, or clientId and secret.")
        return attrs


def token_out(token: PersonalAccessToken) -> dict[str, Any]:
    return present(
        id=token.pk,
        name=token.name,
        hint=token.hint,
        scopes=token.scopes,
        environmentId=token.environment_id,
        createdAt=moment(token.created_at),
        expiresAt=moment(token.expires_at),
        lastUsedAt=moment(token.last_used_at),
        lastUsedBy=token.last_used_client or None,
        lastUsedFrom=token.last_used_ip or None,
    )


def client_out(client: ClientCredential, secret: str | None = None) -> dict[str, Any]:
    return present(
        id=client.pk,
        clientId=client.client_id,
        description=client.description,
        metadata={},
        createdAt=moment(client.created_at),
        secret=secret,
    )


def access_token_out(issued: Issued) -> dict[str, Any]:
    return {
        "accessToken": issued.text,
        "expiresIn": str(round(issued.lifetime.total_seconds())),
        "expires": iso(issued.token.expires_at),
        "email": issued.email,
        "userId": issued.token.member_id or issued.token.guest_id,
        "accountId": issued.token.account_id,
    }


def _places_out(places: Places) -> dict[str, list[str]]:
    """What a guest was given: the spaces they may enter, and what of those that are not theirs as a whole."""
    return {
        "spaces": sorted(places.spaces),
        "wholeSpaces": sorted(places.whole_spaces),
        "workbooks": sorted(places.workbooks | places.clip_workbooks),
        "sheets": sorted(places.sheets | places.clip_sheets),
    }


def actor_out(actor: Actor, may: list[str]) -> dict[str, Any]:
    """Who a credential makes one: who, what kind, which rights, until when."""
    credential = present(
        id=actor.credential.id,
        kind=actor.kind.value,
        hint=actor.credential.hint or None,
        expiresAt=moment(actor.credential.expires_at),
        authenticatedAt=moment(actor.credential.proven_at),
        isFresh=actor.is_fresh,
        scopes=None if actor.credential.scopes is None else sorted(actor.credential.scopes),
    )
    roles = [
        {"role": grant.role.value, "resourceId": grant.space_id or grant.environment_id or actor.account_id}
        for grant in actor.grants
    ]
    return present(
        id=actor.id,
        name=actor.name,
        email=actor.email or None,
        accountId=actor.account_id,
        environmentId=actor.environment_id,
        credential=credential,
        roles=roles,
        grants=_places_out(actor.places) if actor.places else None,
        actions=may,
    )
