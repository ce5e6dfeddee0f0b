"""Links that nobody can use any more are deleted, some time after they ended."""

from datetime import timedelta

from django.utils import timezone

from guests.models import MagicLink

KEPT_FOR = timedelta(days=30)


def forget_ended_links() -> int:
    """Delete links that were used, replaced or expired a month ago; how many. Until then a guest's page shows them."""
    before = timezone.now() - KEPT_FOR
    ended = MagicLink.objects.filter(created_at__lt=before).exclude(pk__in=MagicLink.objects.live().values("pk"))
    return ended.delete()[0]
