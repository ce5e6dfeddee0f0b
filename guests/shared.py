"""How the secret of a shared link is found again, and what address it has."""

from django.conf import settings
from django.urls import reverse

from guests.models import SharedLink
from lib import crypto
from lib.ids import is_id

PREFIX = "share_"


def find_shared_link(secret: str) -> SharedLink | None:
    """The link of this secret, good or not. What could not be ours is no query."""
    if not crypto.is_well_formed(secret, PREFIX):
        return None
    return SharedLink.objects.whole().filter(digest__in=crypto.digests(secret)).first()


def get_shared_link(id: str) -> SharedLink | None:
    return SharedLink.objects.whole().filter(pk=id).first() if is_id(id) else None


def address_of(link: SharedLink) -> str:
    """What people open, secret included: for the eyes of whoever may share the space."""
    return settings.PUBLIC_URL + reverse("guest_shared_link", args=[link.secret])
