"""What the API answers about environments, keys and secrets (flatfile-api.md, sections 6, 10 and 19)."""

from environments.models import ApiKey
from lib.shapes import Shape, flag, free, ident, number, one_of, text, texts, when

WAYS = ("shared_link", "magic_link")


class EnvironmentOut(Shape):
    """An environment."""

    id = ident("us_env_")
    accountId = ident("us_acc_")
    name = text()
    isProd = flag("Whether it is a production environment.")
    guestAuthentication = texts("How guests may come in, unless a space says otherwise.", values=WAYS)
    features = free()
    metadata = free()
    translationsPath = text("Empty if not set.")
    namespaces = texts()
    languageOverride = text("Empty if not set.", examples=["de"])


class OperationOut(Shape):
    """A request that a key may make."""

    path = text(examples=["/v1/spaces"])
    method = text(examples=["POST"])


class KeyOut(Shape):
    """An API key."""

    id = ident("us_key_")
    rawKey = text("The key itself: always of a publishable one, of a secret one when it is revealed.", optional=True)
    name = text()
    hint = text("Its last characters, to tell it from others.", examples=["x7Qa"])
    type = one_of(ApiKey.Type.values)
    environmentId = ident("us_env_")
    accountId = ident("us_acc_")
    operations = OperationOut(many=True)
    scopes = texts("What it is limited to; left out when to nothing.", optional=True)
    createdAt = when()
    updatedAt = when()
    expiresAt = when("Left out when it has no end.", optional=True)
    endsAt = when("Of the old key of a rotation: when it stops.", optional=True)
    rotatedFrom = ident("us_key_", "Of the new key of a rotation: the old one.", optional=True)
    lastUsedAt = when("To the minute.", optional=True)
    lastUsedBy = text("What the client called itself.", optional=True)
    lastUsedFrom = text("Its address.", optional=True)
    endedAt = when("Since when it has been refused.", optional=True)
    usedAfterEndAt = when("When somebody last tried it after its end.", optional=True)
    usedAfterEndBy = text("What that client called itself.", optional=True)
    usedAfterEndFrom = text("Its address.", optional=True)


class SecretOut(Shape):
    """A secret of an environment, or of a space or an actor in it."""

    id = ident("us_sec_")
    name = text()
    value = text()
    environmentId = ident("us_env_")
    spaceId = ident("us_sp_", optional=True)
    actorId = text(optional=True)


class DayOut(Shape):
    """The requests of one day, in UTC."""

    day = text(format="date")
    count = number()


class KeyUsageOut(Shape):
    """The requests of one key."""

    id = ident("us_key_")
    name = text()
    type = one_of(["", *ApiKey.Type.values], "Empty when nothing is known of the key any more.")
    count = number()


class UsageOut(Shape):
    """The requests to an environment."""

    environmentId = ident("us_env_")
    countsTowardCredits = flag("Production does.")
    total = number()
    days = DayOut(many=True)
    keys = KeyUsageOut(many=True)
    otherKeys = number("Of keys beyond the hundred listed.")
    others = number("Of tokens, and of whoever is no key.")
