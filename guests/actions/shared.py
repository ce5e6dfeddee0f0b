"""The public link of a space: making, changing and revoking it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.limits import check_expiry
from access.policy import require
from accounts.actions import hashed
from events.actions import record
from guests.models import SharedLink, why_not_shared
from guests.shared import PREFIX
from lib import crypto
from lib.changes import put
from lib.ids import new_id
from lib.locks import hold
from lib.problems import InvalidInput, NotFound, Problem
from lib.times import moment
from spaces.models import Space

MOST_USES = 1_000_000
SHORTEST_PASSWORD = 8
CHANGEABLE = ("expires_at", "most_uses", "password")


class SharedLinkOff(Problem):
    code, status = "shared_link_off", 409
    message = (
        "Guests do not come into this space by shared link: it is archived, or its guestAuthentication is without it."
    )
    field = "spaceId"


class LinkPasswordTooShort(InvalidInput):
    code, message = "link_password_too_short", f"The password of a link has at least {SHORTEST_PASSWORD} characters."
    field = "password"


class BadMostUses(InvalidInput):
    code, message = "bad_most_uses", f"A link lets in 1 to {MOST_USES:,} visitors, or as many as come."
    field = "mostUses"


def create_shared_link(
    actor: Actor,
    space: Space,
    *,
    expires_at: datetime | None = None,
    most_uses: int | None = None,
    password: str = "",
) -> SharedLink:
    """A fresh public link for the space. The one it had is revoked, and whoever came in by that is out.

    Raises SharedLinkOff, BadExpiry, BadMostUses, LinkPasswordTooShort, PasswordTooLong.
    """
    require(actor, Action.CREATE_SHARED_LINK, space.resource)
    wanted = _checked({"expires_at": expires_at, "most_uses": most_uses, "password": password})
    with transaction.atomic():
        held = hold(space)
        held.environment = space.environment
        if why_not_shared(held):
            raise SharedLinkOff
        SharedLink.objects.live().filter(space=held).update(revoked_at=timezone.now())
        link = new_link(actor, held, **wanted)
        record(actor, Action.CREATE_SHARED_LINK, link.resource, payload=_facts(link))
    return link


def new_link(actor: Actor, space: Space, **given: Any) -> SharedLink:
    """The row of a link, for a space that is held and has none."""
    id, secret = new_id("us_sl_"), crypto.mint_token(PREFIX)
    return SharedLink.objects.create(
        id=id,
        account_id=space.account_id,
        environment=space.environment,
        space=space,
        version=space.version_of("shared_link"),
        sealed=crypto.seal(secret, id),
        created_by_id=actor.id,
        created_by_label=actor.name[:255],
        **crypto.peppered(secret),
        **given,
    )


def update_shared_link(actor: Actor, link: SharedLink, **changes: Any) -> SharedLink:
    """Change until when, how often and with which password it lets people in; None or empty takes that away.

    Whoever is inside stays. Raises BadExpiry, BadMostUses, LinkPasswordTooShort, PasswordTooLong, NotFound.
    """
    require(actor, Action.UPDATE_SHARED_LINK, link.resource)
    wanted = _checked({name: value for name, value in changes.items() if name in CHANGEABLE})
    with transaction.atomic():
        place = link.space, link.environment
        link = hold(link)
        link.space, link.environment = place
        if link.revoked_at:
            raise NotFound
        if changed := list(put(link, wanted, CHANGEABLE)):
            link.save(update_fields=[*changed, "updated_at"])
            record(actor, Action.UPDATE_SHARED_LINK, link.resource, payload=_facts(link) | {"changes": changed})
    return link


@transaction.atomic
def revoke_shared_link(actor: Actor, link: SharedLink) -> None:
    """Stop the link for ever, and with it everybody who came in by it. Twice is not an error."""
    require(actor, Action.REVOKE_SHARED_LINK, link.resource)
    if SharedLink.objects.live().filter(pk=link.pk).update(revoked_at=timezone.now()):
        record(actor, Action.REVOKE_SHARED_LINK, link.resource, payload=_facts(link))


def _checked(wanted: dict[str, Any]) -> dict[str, Any]:
    """The columns to write; the slow hash of a password is made here, outside of any transaction."""
    check_expiry(wanted.get("expires_at"))
    most = wanted.get("most_uses")
    if most is not None and not 1 <= most <= MOST_USES:
        raise BadMostUses
    password = wanted.get("password") or ""
    if password and len(password) < SHORTEST_PASSWORD:
        raise LinkPasswordTooShort
    return wanted | ({"password": hashed(password) if password else ""} if "password" in wanted else {})


def _facts(link: SharedLink) -> dict[str, Any]:
    end = {"expiresAt": moment(link.expires_at)} if link.expires_at else {}
    limit = {"mostUses": link.most_uses} if link.most_uses is not None else {}
    return {"sharedLinkId": link.pk, "spaceId": link.space_id, "hasPassword": link.has_password} | end | limit
