"""How a magic link comes to be and is found again. Who may have one made, and what one opens, is decided elsewhere."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guests.models import Grant, MagicLink
from lib import crypto
from lib.ids import is_id
from lib.locks import hold

SIGN_IN_LIFETIME = timedelta(minutes=10)
PREFIXES = {MagicLink.Kind.INVITATION: "inv_", MagicLink.Kind.SIGN_IN: "link_"}
CODE_LENGTH = 8
MOST_SPACES = 20  # that are looked through for somebody who does not say which one


@transaction.atomic
def renew_link(grant: Grant, kind: MagicLink.Kind, **given: Any) -> MagicLink:
    """The next link of this kind for the grant; the ones before it open nothing any more.

    It has no secret yet: see `mint_secret`. Raises NotFound when the grant has just been withdrawn.
    """
    hold(grant)
    now = timezone.now()
    grant.links.filter(kind=kind, used_at=None, replaced_at=None).update(replaced_at=now)
    return MagicLink.objects.create(
        account_id=grant.account_id,
        grant=grant,
        kind=kind,
        email=grant.guest.email,
        version=grant.space.version_of("magic_link"),
        created_at=now,
        **given,
    )


def mint_secret(link: MagicLink) -> tuple[str, str]:
    """A fresh secret for the link, and a code to type instead; whatever it had before opens nothing any more.

    Called when the mail is sent, so that no queue and no copy of the database ever holds one. A sign-in link is good
    for 10 minutes from now on, an invitation as long as its grant (security.md, ruling 9).
    """
    secret, code = crypto.mint_token(PREFIXES[MagicLink.Kind(link.kind)]), crypto.random_code(CODE_LENGTH)
    is_short = link.kind == MagicLink.Kind.SIGN_IN
    MagicLink.objects.filter(pk=link.pk).update(
        **crypto.peppered(secret),
        code_digest=crypto.peppered(spelled(link.pk, code))["digest"] if is_short else "",
        expires_at=timezone.now() + SIGN_IN_LIFETIME if is_short else None,
        attempts=F("attempts") + 1,
    )
    return secret, code


def find_link(secret: str) -> MagicLink | None:
    """The link of this secret, good or not. What could not be ours is no query."""
    if not any(crypto.is_well_formed(secret, prefix) for prefix in PREFIXES.values()):
        return None
    link = MagicLink.objects.whole().filter(digest__in=crypto.digests(secret)).first()
    if link and link.pepper_mark != crypto.pepper_marks()[0]:
        MagicLink.objects.filter(pk=link.pk, digest=link.digest).update(**crypto.peppered(secret))
    return link


def get_link(id: str) -> MagicLink | None:
    return MagicLink.objects.whole().filter(pk=id).first() if is_id(id) else None


def is_code_of(link: MagicLink, typed: str) -> bool:
    """Whether this is the code of the link, however it was typed. A code is good for its own link alone."""
    text = spelled(link.pk, typed)
    return any(crypto.same(link.code_digest, digest) for digest in crypto.digests(text))


def open_grant(email: str, space_id: str) -> Grant | None:
    """What lets the guest of that address into the space by magic link; without a space, into the one opened last."""
    found = Grant.objects.filter(guest__email=email, space__archived_at=None).select_related(
        "guest__environment", "space__environment"
    )
    if space_id:
        found = found.filter(space_id=space_id if is_id(space_id) else "")
    newest = found.order_by(F("last_accessed_at").desc(nulls_last=True), "-created_at")[:MOST_SPACES]
    now = timezone.now()
    return next((grant for grant in newest if not grant.why_closed(now)), None)


def spelled(link_id: str, code: str) -> str:
    """A code with what it is bound to, in one spelling: capital letters and digits alone."""
    return f"{link_id}:{''.join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())}"
