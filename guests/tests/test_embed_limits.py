"""How far somebody gets who guesses for whom a publishable key opens spaces: not as far as taking one away."""

from datetime import timedelta

import pytest
import time_machine

from guests.actions import embedding
from guests.models import Grant, Guest
from lib.limits import Limit
from tests.knock import call, shown

pytestmark = pytest.mark.django_db

INIT = "/v1/internal/spaces/init?publishableKey="


def opened(key, actor="jo"):
    return shown(call("POST", INIT + key, body={"space": {"name": "Import"}, "externalActorId": actor}))


def sees(found):
    answer = call("GET", "/v1/spaces", found["space"]["accessToken"])
    return answer.status_code == 200 and [one["id"] for one in answer.json()["data"]] == [found["space"]["id"]]


def test_whoever_guesses_an_external_id_becomes_somebody_else_after_a_while(publishable_key, monkeypatch):
    monkeypatch.setattr(embedding, "PER_ACTOR", Limit("test: of an external actor", 2, timedelta(days=1)))
    with time_machine.travel("2030-01-01T06:00:00Z", tick=False) as clock:
        found = [opened(publishable_key) for _ in range(4)]
        other = opened(publishable_key, "ann")
        clock.shift(timedelta(days=1))
        later = opened(publishable_key)

    one, two, three, four = (each["actor"]["id"] for each in found)
    assert one == two == later["actor"]["id"]
    assert len({one, three, four, other["actor"]["id"]}) == 4
    assert list(Guest.objects.filter(pk__in=[three, four]).values_list("external_actor_id", flat=True)) == ["", ""]


def test_what_a_token_still_opens_is_taken_last(publishable_key, monkeypatch):
    monkeypatch.setattr(embedding, "MOST_GRANTS", 3)
    with time_machine.travel("2030-01-01T06:00:00Z", tick=False) as clock:
        opened(publishable_key)
        clock.shift(timedelta(hours=12))
        in_use = [opened(publishable_key)]
        clock.shift(timedelta(hours=13))
        Grant.objects.filter(space=in_use[0]["space"]["id"]).update(created_at="2029-01-01T00:00:00Z")
        in_use += [opened(publishable_key) for _ in range(2)]

        assert all(sees(found) for found in in_use)
        assert Grant.objects.count() == 3


def test_no_day_has_room_to_take_what_is_in_use():
    assert 2 * embedding.PER_ACTOR.count < embedding.MOST_GRANTS
