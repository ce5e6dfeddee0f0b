"""Access tokens of guests: their rows, and the text that is made anew from a row as often as it must be shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from access.actors import Actor, Kind
from lib.ids import new_id
from lib.locks import hold
from tokens import signing
from tokens.credentials.exchange import signed
from tokens.models import AccessToken, SigningKey

GUEST_LIFETIME = timedelta(hours=1)
SPACE_LIFETIME = timedelta(hours=24)
GUEST_CHAIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class WayIn:
    """How a guest came in: by magic link or shared link, through which space, under which version of that way.

    The version is the space's `version_of(via)`.
    """

    via: str
    space_id: str
    version: int


def mint_guest_token(
    guest_id: str,
    account_id: str,
    now: datetime,
    *,
    kind: AccessToken.Kind = AccessToken.Kind.GUEST,
    way_in: WayIn | None = None,
    space_id: str | None = None,
    shared_link_id: str | None = None,
    parent: Actor | None = None,
    lifetime: timedelta = GUEST_LIFETIME,
) -> AccessToken:
    """A token's row, for whoever has proven to be this guest or may speak for them; what is recorded is the caller's.

    It ends with the way in or the link it came by, and with what minted it. A space token names its space.
    """
    id = new_id("us_at_")
    return AccessToken.objects.create(
        id=id,
        account_id=account_id,
        guest_id=guest_id,
        kind=kind,
        via=way_in.via if way_in else "",
        space_id=way_in.space_id if way_in else space_id,
        via_version=way_in.version if way_in else 0,
        shared_link_id=shared_link_id,
        signing_key=signing.current(),
        chain_id=id,
        auth_time=now,
        created_at=now,
        expires_at=now + lifetime,
        **_parent(parent),
    )


@transaction.atomic
def next_guest_token(token_id: str, now: datetime) -> AccessToken | None:
    """The row of a sibling of a live token, in its chain; None when the chain is over, 24 hours after it began.

    The guest is held, as by whoever ends all their tokens: a sibling made at that moment would outlive them.
    """
    old = AccessToken.objects.select_related("guest").get(pk=token_id)
    if old.guest is None:
        return None
    hold(old.guest)
    old.refresh_from_db()
    ends_at = old.auth_time + GUEST_CHAIN
    if old.revoked_at or ends_at <= now:
        return None
    lifetime = SPACE_LIFETIME if old.kind == AccessToken.Kind.SPACE else GUEST_LIFETIME
    old.pk, old.signing_key, old.created_at = new_id("us_at_"), signing.current(), now
    old.expires_at = min(now + lifetime, ends_at)
    old.save(force_insert=True)
    return old


def text_of(token: AccessToken) -> str:
    """The token itself, signed anew: the same text each time, as long as its signing key is kept."""
    key = SigningKey.objects.get(pk=token.signing_key_id)
    return signed(token, key.private)


def _parent(actor: Actor | None) -> dict[str, str]:
    """What a token dies with. A session is no lasting credential, so what it mints lives by itself."""
    if actor is None:
        return {}
    if actor.kind.is_key:
        return {"parent_key_id": actor.credential.id}
    if actor.kind is Kind.PAT:
        return {"parent_token_id": actor.credential.id}
    if actor.kind in (Kind.PASSWORD, Kind.CLIENT):
        return {"parent_access_token_id": actor.credential.id}
    return {}
