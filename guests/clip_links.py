"""How the link of a data clip is found and shown again. Who makes one, and what it opens, is decided elsewhere."""

from guests.models import ClipLink
from lib import crypto
from lib.ids import is_id

PREFIX = "clip_"
AROUND = ("clip__environment", "clip__space__account", "guest")


def secret_of(link: ClipLink) -> str:
    """The text of its secret, for whoever may share the clip. Raises crypto.Unreadable."""
    return crypto.unseal(link.sealed, link.pk)


def find_clip_link(secret: str) -> ClipLink | None:
    """The link of this secret, good or not. What could not be ours is no query."""
    if not crypto.is_well_formed(secret, PREFIX):
        return None
    link = ClipLink.objects.select_related(*AROUND).filter(digest__in=crypto.digests(secret)).first()
    if link and link.pepper_mark != crypto.pepper_marks()[0]:
        ClipLink.objects.filter(pk=link.pk, digest=link.digest).update(**crypto.peppered(secret))
    return link


def get_clip_link(id: str) -> ClipLink | None:
    return ClipLink.objects.select_related(*AROUND).filter(pk=id).first() if is_id(id) else None
