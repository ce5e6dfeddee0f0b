"""What the API reads and shows of environments, keys and secrets (flatfile-api.md, sections 6, 10 and 19)."""

from typing import Any

from rest_framework import serializers

from environments.actions.rotation import OVERLAPS
from environments.models import ApiKey, Environment, Secret
from environments.traffic import Traffic
from lib.drf import Flag, Free, Input, Moment, Paged, Strict, Text, Texts, Whole, present
from lib.times import moment

# Names of the API → names of the domain function.
FIELDS = {
    "name": "name",
    "isProd": "is_prod",
    "guestAuthentication": "guest_authentication",
    "metadata": "metadata",
    "translationsPath": "translations_path",
    "namespaces": "namespaces",
    "languageOverride": "language_override",
}
OPERATIONS = {
    "PUBLISHABLE": [{"path": "/v1/spaces", "method": "POST"}],
    "SECRET": [{"path": "*", "method": "*"}],
}


class EnvironmentsIn(Paged):
    """Query of GET /environments."""


class EnvironmentChange(Input):
    """Body of PATCH /environments/{id}; every field is optional."""

    name = Text(max_length=255, required=False)
    isProd = Flag(required=False)
    guestAuthentication = Texts(required=False)
    metadata = Free(required=False)
    translationsPath = Text(required=False, allow_blank=True)
    namespaces = Texts(required=False)
    languageOverride = Text(max_length=35, required=False, allow_blank=True)

    @classmethod
    def named(cls, given: Any) -> dict[str, Any]:
        """What was given, under the names of the domain function."""
        return {FIELDS[name]: value for name, value in cls.of(given).items()}


class NewEnvironment(EnvironmentChange):
    """Body of POST /environments."""

    name = Text(max_length=255)
    isProd = Flag()


class OfEnvironment(Input):
    """A query that must name an environment."""

    environmentId = Text(max_length=40)


class KeysIn(OfEnvironment):
    """Query of GET /auth/api-keys: the keys that work, or those that were tried after their end."""

    usedAfterEnd = Flag(
        required=False, help_text="Only keys that have ended and were tried since, in the last 30 days."
    )


class NewKey(OfEnvironment):
    """Query of POST /auth/api-key."""

    type = serializers.ChoiceField(choices=ApiKey.Type.values)
    name = Text(max_length=60, required=False)
    scopes = Texts(required=False, help_text="What the key is limited to: docs/credentials.md.")
    expiresAt = Moment(required=False, help_text="At most ten years ahead.")


class KeyToDelete(OfEnvironment):
    """Query of DELETE /auth/api-key: the key itself, or its id."""

    key = Text(max_length=100, help_text="The key's id, or the key itself.")


class Rotation(Strict):
    """Body of POST /auth/api-keys/{id}/rotate: when the old key stops."""

    overlap = serializers.ChoiceField(choices=list(OVERLAPS), default="24h", help_text="How long the old key works.")


class KeyChange(Strict):
    """Body of PATCH /auth/api-keys/{id}."""

    name = Text(max_length=60)


class SecretsIn(Input):
    """Query of GET /secrets."""

    environmentId = Text(max_length=40, required=False)
    spaceId = Text(max_length=40, required=False)
    actorId = Text(max_length=40, required=False)


class NewSecret(SecretsIn):
    """Body of POST /secrets."""

    name = Text(max_length=1024)
    value = Text(max_length=1024)


def environment_out(environment: Environment) -> dict[str, Any]:
    return {
        "id": environment.pk,
        "accountId": environment.account_id,
        "name": environment.name,
        "isProd": environment.is_prod,
        "guestAuthentication": environment.guest_authentication,
        "features": environment.features,
        "metadata": environment.metadata,
        "translationsPath": environment.translations_path,
        "namespaces": environment.namespaces,
        "languageOverride": environment.language_override,
    }


def key_out(key: ApiKey, raw_key: str | None = None) -> dict[str, Any]:
    """A key. `rawKey` is there for a publishable one, and for a secret one only where the caller passes it."""
    return present(
        id=key.pk,
        rawKey=raw_key if key.is_secret else key.text,
        name=key.name,
        hint=key.hint,
        type=key.type,
        environmentId=key.environment_id,
        accountId=key.account_id,
        operations=OPERATIONS[key.type],
        scopes=key.scopes,
        createdAt=moment(key.created_at),
        updatedAt=moment(key.updated_at),
        expiresAt=moment(key.expires_at),
        endsAt=moment(key.ends_at),
        rotatedFrom=key.rotated_from_id,
        lastUsedAt=moment(key.last_used_at),
        lastUsedBy=key.last_used_client or None,
        lastUsedFrom=key.last_used_ip or None,
        endedAt=moment(key.ended_at),
        usedAfterEndAt=moment(key.refused_at),
        usedAfterEndBy=key.refused_client or None,
        usedAfterEndFrom=key.refused_ip or None,
    )


def secret_out(secret: Secret) -> dict[str, Any]:
    return present(
        id=secret.pk,
        name=secret.name,
        value=secret.value,
        environmentId=secret.environment_id,
        spaceId=secret.space_id,
        actorId=secret.actor_id or None,
    )


class UsageIn(Strict):
    """Query of GET /environments/{id}/usage."""

    days = Whole(least=1, most=90, default=14)


def usage_out(environment: Environment, traffic: Traffic) -> dict[str, Any]:
    """Requests by day and by key. Development costs no credits (flatfile-api.md, section 10)."""
    days = zip(traffic.days, traffic.counts, strict=True)
    return {
        "environmentId": environment.pk,
        "countsTowardCredits": environment.is_prod,
        "total": traffic.total,
        "days": [{"day": day.isoformat(), "count": count} for day, count in days],
        "keys": [{"id": key.id, "name": key.name, "type": key.type, "count": key.total} for key in traffic.keys],
        "otherKeys": traffic.other_keys.total,
        "others": traffic.others.total,
    }
