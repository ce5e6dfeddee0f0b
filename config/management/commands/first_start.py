"""`manage.py first_start`: on an empty database, the first account and how to get in; afterwards just the address."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import Account
from config.management.commands.bootstrap import first_administrator
from config.setup import open_account
from lib import crypto
from tokens.actions import create_token

EMAIL = "admin@example.com"
WELCOME = """
  Latchkey is ready.

  Sign in    {url}/account/sign-in
  E-mail     {email}
  Password   {password}   (shown only now)

  Try it     curl -H "Authorization: Bearer {token}" {url}/api/v1/spaces
"""


class Command(BaseCommand):
    help = "On an empty database, open the first account and print how to sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        if Account.objects.exists():
            self.stdout.write(f"\n  Latchkey is at {settings.PUBLIC_URL}\n")
            return
        password = "-".join(crypto.random_text(5) for _ in range(4))
        opened = open_account(
            name="Latchkey", email=EMAIL, password=password, person="First administrator", reason="first start"
        )
        token = create_token(first_administrator(opened), name="First start").secret
        self.stdout.write(WELCOME.format(url=settings.PUBLIC_URL, email=EMAIL, password=password, token=token))
