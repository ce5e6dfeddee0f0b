"""An explanation is kept: what is said to be allowed is done, what is said to be refused is refused, in the same words.

And a token of one scope does over every route just what the tables say.
"""

import json
import random

import pytest
from django.test import Client
from django.utils import timezone

from access.actors import Actor
from access.scopes import SCOPE_WORDS, SCOPES, in_scope
from guests.actions import make_clip_link
from guests.credentials import guest_principals
from spaces.models import DataClip
from tests.matrix import table
from tests.matrix.deeds import BLOCKS, DEEDS
from tests.matrix.guests import beyond
from tests.matrix.table import Block, things
from tests.places import give, make_clip, make_guest, share, token_of
from tokens.actions import create_token

pytestmark = pytest.mark.django_db

SEED, DRAWS = 20260417, 200
QUESTION = Block("POST", "/v1/access/explain", "", '{"action": "{action}", "resource": "{resource}"}')
OF_ANOTHER = Block(
    "POST", "/v1/access/explain", "", '{"action": "{action}", "resource": "{resource}", "actor": "{actor}"}'
)
PLACES = ("environment_id", "space_id", "workbook_id", "sheet_id", "document_id", "clip_id")
# A list is asked about the place it is of, and shows what may be seen there; the new clip has no conflict to settle.
ELSEWISE = {
    "GET /v1/sheets",
    "GET /v1/spaces/{space_id}/documents",
    "GET /v1/data-clips/{clip_id}/resolutions/index",
    "PATCH /v1/data-clips/{clip_id}/resolutions",
}
RELATIONS = ("own", "own", "beside", "foreign", "missing")
DONE = (200, 409)  # 409: it may be done, and there is nothing to do


def drawn(world):
    """Who, what and where, at random and the same every time."""
    dice = random.Random(SEED)  # noqa: S311
    knocks = [(name, headers) for column in sorted(world.api) if column not in ("none", "dead")
              for name, headers in ((f"{column}: {name}", h) for name, h in world.api[column].items())]  # fmt: skip
    named = [route for route, (_, about) in DEEDS.items() if about]
    for _ in range(DRAWS):
        route = dice.choice(named)
        yield dice.choice(knocks), route, "own" if "{" not in route + BLOCKS[route].query else dice.choice(RELATIONS)


def test_what_is_explained_is_what_happens(world):
    wrong, seen = [], set()
    for (name, headers), route, relation in drawn(world):
        action, about = DEEDS[route]
        here = things(world, relation)
        if about == "account_id":  # such a request names none: it is about the caller's own
            here = here | {"account_id": shown_whoami(headers)["accountId"]}
        asked = table.ask(QUESTION, {"action": action.value, "resource": here[about]}, headers)
        deed = table.ask(BLOCKS[route], here, headers)
        seen.add(verdict(asked))
        wrong += [f"{route} {relation} {name}: {fault}" for fault in faults(asked, deed)]

    assert not wrong, "\n" + "\n".join(wrong)
    assert seen == {"yes", "no", "unknown"}


def verdict(asked):
    if asked.status == 404:
        return "unknown"
    assert asked.status == 200, asked.response.content
    return "yes" if json.loads(asked.response.content)["data"]["allowed"] else "no"


def faults(asked, deed):
    """Where deed and explanation differ."""
    said = verdict(asked)
    if (said == "yes") != (deed.status in DONE):
        yield f"said {said}, answered {deed.status}: {deed.response.content[:200]!r}"
    if said == "no" and deed.status == 403:
        told, error = json.loads(asked.response.content)["data"], json.loads(deed.response.content)["errors"][0]
        if any(told[fact] != error[fact] for fact in ("action", "rule", "reason")):
            yield f"said {told['rule']}, answered {error}"


def shown_whoami(headers):
    return json.loads(Client().get("/v1/auth/whoami", **headers).content)["data"]


# One scope


@pytest.mark.parametrize("scope", SCOPE_WORDS)
def test_a_token_of_one_scope_does_on_every_route_what_the_tables_say(world, scope):
    """Within its scope as the whole token of its owner; outside of it a 403 that names the scope."""
    narrow = bearer(create_token(world.people["ada"].actor, name=scope, scopes=[scope]).secret)
    whole = next(iter(world.api["ada"].values()))
    for route, (action, _) in DEEDS.items():
        here = things(world, "own")
        found, wanted = (table.ask(BLOCKS[route], here, headers) for headers in (narrow, whole))
        if in_scope(action, frozenset({scope})):
            assert found.status == wanted.status, (route, scope, found.response.content)
        else:
            error = json.loads(found.response.content)["errors"][0]
            rule = "kind" if wanted.status == 403 else "scope"
            assert (found.status, error["rule"], error["action"]) == (403, rule, action.value), (route, scope)
            assert rule == "kind" or SCOPES[action] in error["reason"]


def bearer(text):
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}


# Guests


@pytest.fixture(scope="module")
def guests(world, django_db_blocker):
    """Guest → what they present: who came by the link of a clip, who was named on one, and who made one."""
    with django_db_blocker.unblock():
        world.things.update(beyond(world))
        clip = DataClip.objects.select_related("environment").get(pk=world.things["own"]["clip_id"])
        system = Actor.system("test", timezone.now(), clip.account_id)
        by_link = make_clip_link(system, clip).guest
        named, maker = (make_guest(clip.environment, f"{name}@guest.example") for name in ("named", "maker"))
        give(named, clip.space, workbooks=[])
        share(clip, named)
        give(maker, clip.space, sheets=[clip.source])
        made = make_clip(guest_principals([maker.pk])[maker.pk].actor, clip.source, name="Made by a guest")
        world.things["made"] = world.things["own"] | {"clip_id": made.pk, "sheet_id": made.sheet_id}
        return {guest.pk: bearer(token_of(guest)) for guest in (by_link, named, maker)}


def test_what_an_administrator_is_told_of_a_guest_is_what_that_guest_may_do(world, guests):
    """Of those who were given a data clip above all, which is no part of what they were given of its space."""
    ada, wrong, seen = next(iter(world.api["ada"].values())), [], set()
    for (guest, headers), here, route in drawn_of_guests(world, guests):
        action, about = DEEDS[route]
        asked = table.ask(OF_ANOTHER, {"action": action.value, "resource": here[about], "actor": guest}, ada)
        deed = table.ask(BLOCKS[route], here, headers)
        seen |= {grant["rule"] for grant in told(asked)["trail"] if grant["part"] == "grant" and grant["passed"]}
        if (verdict(asked) == "yes") != (deed.status not in (403, 404)):
            wrong.append(f"{route} {here[about]} {guest}: said {told(asked)}, answered {deed.response.content[:200]!r}")

    assert not wrong, "\n" + "\n".join(wrong)
    assert {"A guest of the data clip", "It is their own", "A guest of the sheet"} <= seen


def drawn_of_guests(world, guests):
    """For each of the guests, and for what they were given and what lies beside it, some of the routes."""
    dice = random.Random(SEED)  # noqa: S311
    routes = [route for route, (_, about) in DEEDS.items() if about in PLACES and route not in ELSEWISE]
    for guest in guests.items():
        for relation in ("own", "clip", "made", "second", "beside"):
            yield from ((guest, things(world, relation), route) for route in dice.sample(routes, 15))


def told(asked):
    return json.loads(asked.response.content)["data"]
