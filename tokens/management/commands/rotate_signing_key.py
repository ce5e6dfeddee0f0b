"""`manage.py rotate_signing_key`: sign access tokens with a fresh key from now on; nobody is logged out."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from access.actors import Actor
from tokens.actions import rotate_signing_key


class Command(BaseCommand):
    help = "Sign access tokens with a fresh key. The old one verifies what it signed for 25 hours more."

    def handle(self, *args: Any, **options: Any) -> None:
        key = rotate_signing_key(Actor.system("manage.py rotate_signing_key", timezone.now()))
        self.stdout.write(f"Access tokens are now signed with {key.pk}.")
