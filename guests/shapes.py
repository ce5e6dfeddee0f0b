"""What the API answers about guests and their links (flatfile-api.md, sections 8 and 11)."""

from rest_framework import serializers

from lib.shapes import Shape, flag, free, ident, number, text, texts, when
from spaces.shapes import DocumentOut, SpaceOut, WorkbookOut


class ExchangedOut(Shape):
    """What a link was exchanged for, or whom a new one was sent to."""

    valid = flag("Whether there is a token.")
    token = text("An access token of the guest, for one hour.", optional=True, pattern="^eyJ")
    sentTo = text("The address, whether or not there is such a guest.", optional=True)


class GivenPartOut(Shape):
    """A workbook or sheet of a space."""

    id = text(examples=["us_wb_0kQ7WcJdT4mZb2RxVnE9aS"])


class GivenSpaceOut(Shape):
    """A space that a guest has: the whole of it, unless workbooks or sheets are listed."""

    id = ident("us_sp_")
    workbooks = GivenPartOut(many=True, required=False)
    sheets = GivenPartOut(many=True, required=False)
    lastAccessed = when("Left out until they have been there.", optional=True)
    expiresAt = when("Left out where it does not end.", optional=True)


class GuestOut(Shape):
    """A guest, with what they have at this moment."""

    id = ident("us_g_")
    environmentId = ident("us_env_")
    email = text("Empty for a visitor by shared link or in an embedded space.")
    name = text()
    spaces = GivenSpaceOut(many=True)
    createdAt = when()
    updatedAt = when()


class GuestTokenOut(Shape):
    """A token that acts as the guest for an hour."""

    token = text(pattern="^eyJ")
    valid = flag()


class GuestRoleOut(Shape):
    """A role that a guest has on an environment or space."""

    id = ident("us_acr_")
    roleId = ident("us_rol_")
    actorId = ident("us_g_")
    resourceId = text(examples=["us_sp_0kQ7WcJdT4mZb2RxVnE9aS"])
    createdAt = when()
    updatedAt = when()


class SharedLinkOut(Shape):
    """The public link of a space."""

    id = ident("us_sl_")
    spaceId = ident("us_sp_")
    url = text("What people open. Whoever has it comes in as an anonymous guest.", format="uri")
    works = flag("False when it has ended or is used up, or the space lets nobody in by shared link.")
    hasPassword = flag("Whether its page asks for a password.")
    expiresAt = when("Left out where it does not end.", optional=True)
    mostUses = number("How often it lets somebody in. Left out without a limit.", optional=True)
    uses = number("How often it has.")
    lastUsedAt = when("Left out until it was.", optional=True)
    createdAt = when()
    updatedAt = when()


class InitEnvironmentOut(Shape):
    """What the browser is told of the environment."""

    id = ident("us_env_")
    accountId = ident("us_acc_")
    name = text()
    isProd = flag()
    guestAuthentication = texts()
    languageOverride = text()
    translationsPath = text()
    hasAccess = flag()


class InitOut(Shape):
    """An embedded space, ready to be opened."""

    space = SpaceOut()
    workbooks = WorkbookOut(many=True, allow_null=True)
    documents = DocumentOut(many=True, allow_null=True)
    actor = GuestOut()
    entitlements = serializers.ListField(child=free(), help_text="Always empty.")
    environment = InitEnvironmentOut()
