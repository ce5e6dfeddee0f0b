"""Fill the others' tables and print credentials that work: `python -m tools.bench.peers.seed ROWS`."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tools.bench.peers.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402  needs the apps to be loaded
from django.core.management import call_command  # noqa: E402

from tools.bench import rows  # noqa: E402

PEOPLE = 100


def main() -> None:
    number = int(sys.argv[1])
    call_command("migrate", verbosity=0, interactive=False)
    people = User.objects.bulk_create(User(username=f"person{n}", password="!") for n in range(PEOPLE))  # noqa: S106
    rows.multiply(people[0], number, id="DEFAULT", username="'other' || n")
    print(json.dumps(fill(people, number)))
    rows.settle()


def fill(people: list[User], number: int) -> dict[str, list[str]]:
    """Authorization headers of each kind, one for each person, among `number` others."""
    from knox.models import AuthToken
    from rest_framework.authtoken.models import Token
    from rest_framework_api_key.models import APIKey

    tokens = [Token.objects.create(user=person) for person in people]
    knox = [AuthToken.objects.create(user=person) for person in people]
    keys = [APIKey.objects.create_key(name=f"key {n}") for n in range(PEOPLE)]
    last = people[-1].pk
    rows.multiply(tokens[0], number, key=rows.text(length=40), user_id=f"{last} + n")
    digest = rows.text(length=128)
    rows.multiply(knox[0][0], number, digest=digest, token_key=rows.text(length=15), user_id=f"{last} + n")
    rows.multiply(keys[0][0], number, id=digest, prefix="'_' || lpad(to_hex(n), 7, '0')", hashed_key=digest)
    return {
        "token": [f"Token {token.key}" for token in tokens],
        "knox": [f"Token {text}" for _, text in knox],
        "key": [f"Api-Key {text}" for _, text in keys],
        "jwt": [f"Bearer {jwt(person)}" for person in people],
    }


def jwt(person: Any) -> str:
    from rest_framework_simplejwt.tokens import AccessToken

    token = AccessToken.for_user(person)
    token.set_exp(lifetime=timedelta(hours=12))
    return str(token)


if __name__ == "__main__":
    main()
