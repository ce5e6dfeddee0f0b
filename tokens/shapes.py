"""What the API answers about tokens and exchanges (flatfile-api.md, sections 6 and 8)."""

from access.actions import Action
from access.actors import Kind
from lib.shapes import Said, Shape, flag, free, ident, one_of, text, texts, when


class PersonalAccessTokenOut(Shape):
    """A personal access token, without its text."""

    id = ident("us_pat_")
    name = text()
    hint = text("Its last characters, to tell it from others.", examples=["x7Qa"])
    scopes = texts("What it is limited to; left out when to nothing.", optional=True)
    environmentId = ident("us_env_", "The environment it is confined to.", optional=True)
    createdAt = when()
    expiresAt = when("Left out when it has no end.", optional=True)
    lastUsedAt = when("To the minute.", optional=True)
    lastUsedBy = text("What the client called itself.", optional=True)
    lastUsedFrom = text("Its address.", optional=True)


class IssuedTokenOut(Shape):
    """A new personal access token, and its text, which is never shown again."""

    token = text(pattern="^pat_[0-9A-Za-z]{36}$")
    personalAccessToken = PersonalAccessTokenOut()


class ClientOut(Shape):
    """A client id, and when it is new its secret, which is never shown again."""

    id = ident("us_cc_")
    clientId = text()
    description = text()
    metadata = free()
    createdAt = when()
    secret = text(optional=True)


class AccessTokenOut(Shape):
    """A signed token: of a member for 24 hours, of a guest for one."""

    accessToken = text("A JWT (RFC 9068), signed with Ed25519.", pattern="^eyJ")
    expiresIn = text("Seconds.", pattern="^[0-9]+$", examples=["86400"])
    expires = when()
    email = text("Empty of a guest who has none.")
    userId = text("Of the member or guest.", pattern="^us_(usr|g)_[0-9A-Za-z]{22}$")
    accountId = ident("us_acc_")


class CredentialOut(Shape):
    """What was presented."""

    id = text(optional=True)
    kind = one_of([kind.value for kind in Kind])
    hint = text(optional=True)
    expiresAt = when(optional=True)
    authenticatedAt = when("When the password was given.", optional=True)
    isFresh = flag("Whether that is less than ten minutes ago.")
    scopes = texts("What it is limited to; left out when to nothing.", optional=True)


class RoleHeldOut(Shape):
    """A role, and where it is held."""

    role = text(examples=["Admin"])
    resourceId = text()


class GrantsOut(Shape):
    """What a guest holds at this moment."""

    spaces = texts("May be entered.")
    wholeSpaces = texts("With everything in them.")
    workbooks = texts("May be opened, in spaces that are not held as a whole.")
    sheets = texts("One by one, where a workbook is not held as a whole.")


class WhoAmIOut(Shape):
    """Who a credential makes one."""

    id = text(examples=["us_usr_0kQ7WcJdT4mZb2RxVnE9aS"])
    name = text()
    email = text(optional=True)
    accountId = ident("us_acc_")
    environmentId = ident("us_env_", "Where a key or a confined token works.", optional=True)
    credential = CredentialOut()
    roles = RoleHeldOut(many=True)
    grants = GrantsOut(required=False)
    actions = texts("What it may do to something at least.", values=[action.value for action in Action])


class JwkOut(Shape):
    """A public key (RFC 8037)."""

    kty = Said({"const": "OKP"})
    crv = Said({"const": "Ed25519"})
    x = text()
    alg = Said({"const": "EdDSA"})
    use = Said({"const": "sig"})
    kid = ident("us_jwk_")


class JwksOut(Shape):
    """The keys with which access tokens can be verified."""

    keys = JwkOut(many=True)
