"""What the API reads and shows of shared links."""

from typing import Any

from django.utils import timezone

from accounts.models import LONGEST_PASSWORD
from guests.actions.shared import MOST_USES
from guests.models import SharedLink
from guests.shared import address_of
from lib.drf import Moment, Paged, Strict, Text, Whole, present
from lib.times import moment


class SharedLinksIn(Paged, Strict):
    """Query of GET /shared-links."""

    spaceId = Text(max_length=40, required=False)


class SharedLinkChange(Strict):
    """Body of PATCH /shared-links/{sharedLinkId}; null takes away."""

    expiresAt = Moment(required=False, allow_null=True)
    mostUses = Whole(least=1, most=MOST_USES, required=False, allow_null=True)
    password = Text(max_length=LONGEST_PASSWORD, required=False, allow_null=True)


class NewSharedLink(Strict):
    """Body of POST /shared-links."""

    spaceId = Text(max_length=40)
    expiresAt = Moment(required=False)
    mostUses = Whole(least=1, most=MOST_USES, required=False)
    password = Text(max_length=LONGEST_PASSWORD, required=False)


def shared_link_out(link: SharedLink) -> dict[str, Any]:
    return present(
        id=link.pk,
        spaceId=link.space_id,
        url=address_of(link),
        works=not link.why_dead(timezone.now()),
        hasPassword=link.has_password,
        expiresAt=moment(link.expires_at),
        mostUses=link.most_uses,
        uses=link.uses,
        lastUsedAt=moment(link.last_used_at),
        createdAt=moment(link.created_at),
        updatedAt=moment(link.updated_at),
    )
