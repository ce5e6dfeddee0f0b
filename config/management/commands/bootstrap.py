"""`manage.py bootstrap`: a new account with its first administrator, environments, keys and tokens, printed once."""

import json
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from access.actors import Actor, Credential, Grant, Kind, Role
from accounts.models import User
from config.setup import Opened, open_account
from environments.models import ApiKey, Environment
from lib.problems import Problem
from tokens.actions import create_client, create_token

REASON = "manage.py bootstrap"


class Command(BaseCommand):
    help = "Open an account with its first administrator and both environments, and print its credentials once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--account", required=True, help="name of the account")
        parser.add_argument("--email", required=True, help="e-mail address of the first administrator")
        parser.add_argument("--password", required=True, help="password of the first administrator")
        parser.add_argument("--name", default="", help="name of the first administrator")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_password(options["password"], User(email=options["email"], name=options["name"]))
            opened = open_account(
                name=options["account"],
                email=options["email"],
                password=options["password"],
                person=options["name"],
                reason=REASON,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except Problem as problem:
            raise CommandError(problem.message) from None
        shown = everything(opened)
        self.stdout.write(json.dumps(shown, indent=None if options["json"] else 2))


def everything(opened: Opened) -> dict[str, Any]:
    """The account with every credential a program could start with. Nothing of it can be shown again but the keys."""
    actor = first_administrator(opened)
    issued = create_client(actor, description="bootstrap")
    return {
        "account": {"id": opened.account.pk, "name": opened.account.name},
        "user": {"id": opened.member.pk, "email": opened.member.user.email, "name": opened.member.name},
        "environments": [_environment(environment) for environment in opened.environments],
        "personalAccessToken": create_token(actor, name="bootstrap").secret,
        "client": {"clientId": issued.client.client_id, "secret": issued.secret},
    }


def first_administrator(opened: Opened) -> Actor:
    """The new administrator, as if just signed in: whoever runs the command holds the password."""
    now = timezone.now()
    return Actor(
        id=opened.member.pk,
        name=opened.member.name,
        account_id=opened.account.pk,
        credential=Credential(Kind.SESSION, proven_at=now),
        at=now,
        grants=(Grant(Role.ADMIN),),
        email=opened.member.user.email,
    )


def _environment(environment: Environment) -> dict[str, Any]:
    keys = {key.type: key.text for key in environment.keys.live()}
    return {
        "id": environment.pk,
        "name": environment.name,
        "isProd": environment.is_prod,
        "secretKey": keys[ApiKey.Type.SECRET],
        "publishableKey": keys[ApiKey.Type.PUBLISHABLE],
    }
