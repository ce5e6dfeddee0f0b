"""What nobody can use any more is deleted, some time after it ended: links, and visitors who never came back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from access.actors import Actor
from accounts.models import RoleAssignment
from guests.actions import delete_guest
from guests.models import Grant, Guest, MagicLink
from tokens.models import AccessToken

KEPT_FOR = timedelta(days=30)
BATCH = 500  # visitors at a time; the next ones are due five minutes later
REASON = "A visitor who did not come back"


def forget_ended_links() -> int:
    """Delete links that were used, replaced or expired a month ago; how many. Until then a guest's page shows them."""
    before = timezone.now() - KEPT_FOR
    ended = MagicLink.objects.filter(created_at__lt=before).exclude(pk__in=MagicLink.objects.live().values("pk"))
    return ended.delete()[0]


def forget_visitors(kept_for: timedelta = KEPT_FOR) -> int:
    """Delete guests without an address whom no credential brings back, so long after they were last here; how many.

    On record, one by one, as when an administrator deletes a guest; what they put into the space stays.
    """
    now = timezone.now()
    due = over(now - kept_for).order_by("created_at", "pk").values_list("pk", flat=True)[:BATCH]
    return sum(_forget(guest_id, now, kept_for) for guest_id in list(due))


def over(before: datetime) -> QuerySet[Guest]:
    """Guests without an address who were not here since, and have held no token since.

    Whom a product knows by an id may return by it, so they stay while anything they were given lasts. Whoever has an
    administrator's role stays, and the guest of a data clip's link, who ends with that.
    """
    holding = AccessToken.objects.filter(guest=OuterRef("pk"), expires_at__gt=before)
    lasting = Grant.objects.lasting(before).filter(guest=OuterRef("pk"))
    assigned = RoleAssignment.objects.filter(guest=OuterRef("pk"))
    away = Q(last_seen_at=None) | Q(last_seen_at__lt=before)
    strange = Q(external_actor_id="") | ~Exists(lasting)
    return Guest.objects.filter(
        away, strange, ~Exists(holding), ~Exists(assigned), email="", clip=None, created_at__lt=before
    )


@transaction.atomic
def _forget(guest_id: str, now: datetime, kept_for: timedelta) -> bool:
    """Held before it is asked again: a token that is made for them at this moment is seen, or finds nobody."""
    if not Guest.objects.select_for_update().filter(pk=guest_id).values("pk"):
        return False
    guest = over(now - kept_for).select_related("environment").filter(pk=guest_id).first()
    if guest:
        delete_guest(Actor.system(REASON, now, guest.account_id), guest)
    return guest is not None
