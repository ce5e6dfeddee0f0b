"""Callers to count, and what has been counted of them."""

from datetime import UTC, datetime

from access.actors import Actor, Credential, Kind
from events.models import Usage
from lib.ids import new_id


def caller(environment, id="", at=None):
    """A secret key of the environment as it comes through the door."""
    id = id or new_id("us_key_")
    now = at or datetime.now(UTC)
    return Actor(id, "Web", environment.account_id, Credential(Kind.SECRET_KEY, id), now, environment_id=environment.pk)


def counted(**which):
    return {(row.credential_id, row.day): row.count for row in Usage.objects.filter(**which)}
