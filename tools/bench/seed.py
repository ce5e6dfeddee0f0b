"""Fill a database of ours and print credentials that work: `python -m tools.bench.seed ROWS`.

Around one account as the product opens it: other accounts and people, their tokens, keys and access tokens, and a
long log. With ROWS 0 nothing but one account with one person and one token.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  needs the apps to be loaded
from django.utils import timezone  # noqa: E402

from access.actors import Actor  # noqa: E402
from accounts.models import Member, Role, RoleAssignment  # noqa: E402
from config.setup import Opened, open_account  # noqa: E402
from environments.actions import create_key  # noqa: E402
from environments.models import ApiKey, Environment  # noqa: E402
from events.models import Event  # noqa: E402
from lib import crypto  # noqa: E402
from lib.ids import new_id  # noqa: E402
from lib.paging import keyset  # noqa: E402
from tokens import signing  # noqa: E402
from tokens.credentials.exchange import signed  # noqa: E402
from tokens.models import AccessToken, PersonalAccessToken  # noqa: E402
from tools.bench import rows  # noqa: E402
from tools.run import collect_static  # noqa: E402

MEASURED = 100  # credentials of each kind, of as many accounts, that requests take turns with
VICTIMS = 5  # of each kind, made to be revoked
CROWD = 1000  # tokens of one person
PAGE = 50
DEEPEST = 10_000  # the page of the log that is compared with the first
USER = "('00000000-0000-4000-8000-' || lpad(to_hex({}), 12, '0'))::uuid"


def main() -> None:
    number = int(sys.argv[1])
    call_command("migrate", verbosity=0, interactive=False)
    collect_static()
    password = crypto.random_text(20)
    opened = open_account(name="Bench", email="ada@bench.example", password=password, person="Ada", reason="bench")
    print(json.dumps(many(opened, number) if number else one(opened)))
    rows.settle()


def one(opened: Opened) -> dict[str, Any]:
    return {"alone": [pair(opened.environments[0], token(opened.member))]}


def many(opened: Opened, number: int) -> dict[str, Any]:
    """Pairs of path and Authorization header for everything that is measured."""
    others = max(number // 100, 2 * MEASURED)
    accounts(opened, others)
    found = list(Environment.objects.filter(id__startswith="us_env_000").order_by("id")[:MEASURED])
    people = {member.account_id: member for member in Member.objects.filter(account__in=[e.account for e in found])}
    given: dict[str, Any] = {
        "pat": [pair(place, token(people[place.account_id])) for place in found],
        "key": [pair(place, key(place)) for place in found],
        "access": [pair(place, access(people[place.account_id])) for place in found],
        "crowd": [pair(opened.environments[0], token(opened.member)) for _ in range(MEASURED)],
    }
    given["victims"] = victims(opened, given["crowd"][0][1])
    strangers(others, number)
    log(opened, DEEPEST * PAGE * number // 1_000_000)
    return given | {"logs": logs(opened, given["crowd"][0][1], number)}


def accounts(opened: Opened, others: int) -> None:
    """Other accounts with one administrator and one environment each."""
    first = opened.member
    role = Role.objects.get(account=opened.account, name="Admin")
    rows.multiply(opened.account, others, id=rows.number("us_acc_"))
    rows.multiply(first.user, others, id=USER.format("n"), email="'person' || n || '@bench.example'")
    mine = {"account_id": rows.number("us_acc_")}
    rows.multiply(role, others, id=rows.number("us_rol_"), **mine)
    rows.multiply(first, others, id=rows.number("us_usr_"), user_id=USER.format("n"), **mine)
    assignment = RoleAssignment.objects.get(member=first)
    its = {"role_id": rows.number("us_rol_"), "member_id": rows.number("us_usr_")}
    rows.multiply(assignment, others, id=rows.number("us_acr_"), **its, **mine)
    rows.multiply(opened.environments[0], others, id=rows.number("us_env_"), **mine)


def strangers(others: int, number: int) -> None:
    """Tokens of people that are not measured, a tenth as many keys and access tokens, and a crowd of one person's."""
    whose = f"{MEASURED} + 1 + mod(n, {others - MEASURED})"
    theirs = {"account_id": rows.number("us_acc_", whose), "digest": rows.text()}
    member = {"member_id": rows.number("us_usr_", whose)}
    pat, text = PersonalAccessToken.objects.first(), rows.number("us_pat_")
    rows.multiply(pat, number, id=text, **theirs, **member)  # type: ignore[arg-type]
    own = PersonalAccessToken.objects.order_by("-created_at", "-pk")[0]
    rows.multiply(own, CROWD - MEASURED, id=rows.number("us_pat_", "n + 2000000000"), digest=rows.text("'own' || n"))
    environment = {"environment_id": rows.number("us_env_", whose)}
    any_key = ApiKey.objects.all()[0]
    rows.multiply(any_key, number // 10, id=rows.number("us_key_"), **theirs, **environment)
    at = {"id": rows.number("us_at_"), "account_id": theirs["account_id"]}
    rows.multiply(AccessToken.objects.all()[0], number // 10, **at, **member)


def log(opened: Opened, number: int) -> None:
    """A log that is long enough for the deepest page, a second between its events."""
    event = Event.objects.filter(account_id=opened.account.pk, audience="data").order_by("created_at")[0]
    at = "one.created_at - n * interval '1 second'"
    rows.multiply(event, number + 2 * PAGE, id=rows.number("us_evt_"), created_at=at)


def logs(opened: Opened, authorization: str, number: int) -> dict[str, Any]:
    """The same page of the log by cursor and by number, and its first page."""
    deepest = max(DEEPEST * number // 1_000_000, 2)
    mine = Event.objects.filter(account_id=opened.account.pk).order_by("-created_at", "-pk")
    before = mine.filter(created_at__lte=mine[(deepest - 2) * PAGE].created_at)
    path = f"/v1/events?pageSize={PAGE}"
    return {
        "first": [(f"{path}&after=", authorization)],
        "late": [(f"{path}&after={keyset(before, size=PAGE).next}", authorization)],
        "offset": [(f"{path}&pageNumber={deepest}", authorization)],
    }


def victims(opened: Opened, revoker: str) -> dict[str, Any]:
    """Credentials made to be revoked, as tools/bench/revoking.py takes them: by the API, and in the database alone."""
    place, member = opened.environments[0], opened.member

    def one(kind: str, model: Any, secret: str) -> dict[str, str]:
        path, authorization = pair(place, secret)
        made = model.objects.order_by("-created_at", "-pk")[0]
        return {"kind": kind, "id": made.pk, "path": path, "authorization": authorization, "revoker": revoker}

    def some() -> list[dict[str, str]]:
        tokens = [one("pat", PersonalAccessToken, token(member)) for _ in range(VICTIMS)]
        return tokens + [one("key", ApiKey, key(place)) for _ in range(VICTIMS)]

    signed_in = [one("access", AccessToken, access(member)) for _ in range(VICTIMS)]
    return {"api": some(), "sql": some() + signed_in}


def pair(place: Environment, secret: str) -> tuple[str, str]:
    return f"/v1/environments/{place.pk}", f"Bearer {secret}"


def token(member: Member) -> str:
    secret = crypto.mint_token("pat_")
    PersonalAccessToken.objects.create(
        account_id=member.account_id, member=member, name="bench", hint="pat_…", **crypto.peppered(secret)
    )
    return secret


def key(place: Environment) -> str:
    maker = Actor.system("bench", timezone.now(), place.account_id)
    return create_key(maker, place, type="SECRET").secret


def access(member: Member) -> str:
    """An access token by password, without the slow hash."""
    now, signer, id = timezone.now(), signing.current(), new_id("us_at_")
    made = AccessToken(
        id=id, kind="password", chain_id=id, auth_time=now, account_id=member.account_id, member=member,
        signing_key=signer, created_at=now, expires_at=now + timedelta(hours=24),
    )  # fmt: skip
    made.save(force_insert=True)
    return signed(made, signer.private)


if __name__ == "__main__":
    main()
