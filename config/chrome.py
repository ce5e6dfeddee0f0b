"""What stands around every dashboard page: the account, the environments, the actor. Read only when a template asks."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.conf import settings

from access.actors import Actor
from access.requests import Request
from accounts.models import Account, Member
from environments.models import Environment
from environments.pages.current import current, environments_of

SWITCHER = 12


def chrome(request: Request) -> dict[str, Any]:
    """Context processor. Nothing is looked up here: an error page must come without a database."""
    return {
        "chrome": Chrome(request),
        "actor": getattr(request, "actor", None),
        "proven": lambda: proven(request.actor),
    }


def proven(actor: Actor) -> Actor:
    """The same actor had it just given its password: a template offers what the dialog's proof will allow."""
    return actor.but(credential=replace(actor.credential, proven_at=actor.at)) if actor.is_known else actor


class Chrome:
    """What the layout shows; two queries, for the memberships and the environments."""

    def __init__(self, request: Request) -> None:
        self._request = request

    @cached_property
    def memberships(self) -> list[Member]:
        """The accounts of this person, by name."""
        mine = Member.objects.filter(user__email=self._request.actor.email, deactivated_at=None)
        return list(mine.select_related("account").order_by("account__name", "pk"))

    @cached_property
    def account(self) -> Account | None:
        here = self._request.actor.account_id
        return next((member.account for member in self.memberships if member.account_id == here), None)

    @cached_property
    def _all_environments(self) -> list[Environment]:
        return environments_of(self._request)

    @cached_property
    def environment(self) -> Environment | None:
        return current(self._request, self._all_environments)

    @property
    def environments(self) -> list[Environment]:
        """What the switcher offers; the list of environments has them all."""
        return self._all_environments[:SWITCHER]

    @property
    def has_more_environments(self) -> bool:
        return len(self._all_environments) > SWITCHER

    @property
    def is_registration_open(self) -> bool:
        return settings.REGISTRATION == "open"

    @property
    def public_url(self) -> str:
        return settings.PUBLIC_URL

    @property
    def initials(self) -> str:
        """Of the first and the last word of the actor's name."""
        words = self._request.actor.name.split()
        return "".join(word[0] for word in dict.fromkeys([*words[:1], *words[-1:]])).upper()
