"""When something last happened in a space."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from spaces.models import Space

NOTED_EVERY = timedelta(minutes=1)


def note_activity(space_id: str) -> None:
    """At most one write a minute and space: writers of records would wait for each other on its row."""
    now = timezone.now()
    quiet = Q(last_activity_at=None) | Q(last_activity_at__lt=now - NOTED_EVERY)
    Space.objects.filter(quiet, pk=space_id).update(last_activity_at=now)
