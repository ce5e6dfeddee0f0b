"""What nobody can use any more is deleted, some time after it ended."""

from datetime import timedelta

from django.utils import timezone

from tokens.models import AccessToken, SigningKey

KEPT_FOR = timedelta(days=7)


def forget_expired_tokens() -> int:
    """Delete access tokens a week after their end, with what died with them, and dead signing keys; how many."""
    before = timezone.now() - KEPT_FOR
    tokens = AccessToken.objects.filter(expires_at__lt=before).delete()[0]
    return tokens + SigningKey.objects.filter(dies_at__lt=before).delete()[0]
