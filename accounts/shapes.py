"""What the API answers about accounts and people (flatfile-api.md, sections 7 to 9)."""

from lib.shapes import Shape, free, ident, number, one_of, text, texts, when


class AccountOut(Shape):
    """The account of the credential."""

    id = ident("us_acc_")
    name = text()
    metadata = free()
    embeddedDomainWhitelist = texts("Origins whose pages may call the API.")
    createdAt = when()
    updatedAt = when()
    defaultAppId = text("Left out if not set.", optional=True)


class UserOut(Shape):
    """A person as a member of an account."""

    id = ident("us_usr_")
    email = text(format="email")
    name = text()
    accountId = ident("us_acc_")
    idp = one_of(["LATCHKEY"], "Who vouches for the identity.")
    metadata = free()
    createdAt = when()
    updatedAt = when()
    lastSeenAt = when("Left out until the first sign-in.", optional=True)
    dashboard = number(optional=True)


class RoleOut(Shape):
    """A role that members can have."""

    id = ident("us_rol_")
    name = text(examples=["Admin"])
    accountId = ident("us_acc_")
    createdAt = when()
    updatedAt = when()


class RoleAssignmentOut(Shape):
    """A role that a member has on a resource."""

    id = ident("us_acr_")
    roleId = ident("us_rol_")
    actorId = ident("us_usr_")
    resourceId = text("The account, environment or space.", examples=["us_acc_0kQ7WcJdT4mZb2RxVnE9aS"])
    createdAt = when()
    updatedAt = when()
