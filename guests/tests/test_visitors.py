"""Guests without an address are deleted some time after nothing can bring them back, and nobody else is."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from access.actors import Origin
from access.actors import Role as RoleName
from accounts.models import RoleAssignment
from config.worker import tidy
from environments.actions import set_secret
from environments.models import Secret
from events.models import Event
from guests import upkeep
from guests.actions import create_shared_link, make_clip_link, open_embed
from guests.credentials import use_shared_link
from guests.models import Grant, Guest
from guests.upkeep import forget_visitors
from tests.knock import at_once, call
from tests.places import furnish, give, make_clip, make_guest, token_of
from tokens.credentials.guests import text_of
from tokens.models import AccessToken

db = pytest.mark.django_db
START = "2030-01-01T12:00:00Z"


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def link(ada, room):
    return create_shared_link(ada.actor, room.space)


def visitor(link):
    return use_shared_link(link.pk, Origin()).guest


@db
def test_a_visitor_goes_a_month_after_they_were_last_here_and_their_token_opens_nothing(link, room):
    with time_machine.travel(START, tick=False) as clock:
        token = use_shared_link(link.pk, Origin())
        clock.shift(timedelta(days=29, hours=23))
        assert forget_visitors() == 0
        clock.shift(timedelta(hours=2))
        AccessToken.objects.update(expires_at=timezone.now() - timedelta(days=31))

        assert forget_visitors() == 1

    assert not Guest.objects.exists()
    assert not Grant.objects.exists()
    assert call("GET", "/v1/spaces", text_of(token)).status_code == 401


@db
def test_it_is_on_record_as_done_by_the_system(link, room):
    guest = visitor(link)
    Guest.objects.update(last_seen_at=None, created_at=timezone.now() - timedelta(days=40))
    AccessToken.objects.all().delete()

    forget_visitors()

    event = Event.objects.get(topic="guest:deleted", subject_id=guest.pk)
    assert (event.actor_kind, event.account_id) == ("system", guest.account_id)
    assert (event.actor_label, event.rule) == (upkeep.REASON, f"The system: {upkeep.REASON}")
    assert Event.objects.filter(topic="space:guestRemoved", space_id=room.space.pk).count() == 1


@db
def test_whoever_may_come_back_or_was_given_something_by_hand_stays(ada, link, room, development):
    named = make_guest(development, "gus@guest.example")
    holding, inside, given, known = (visitor(link) for _ in range(4))
    role = development.account.roles.get(name=RoleName.GUEST.value)
    RoleAssignment.objects.create(account=development.account, guest=given, role=role, space=room.space)
    Guest.objects.filter(pk=known.pk).update(external_actor_id="customer-7")
    by_link = make_clip_link(ada.actor, make_clip(ada.actor, room.sheets[0])).guest
    AccessToken.objects.all().delete()
    Guest.objects.update(last_seen_at=None, created_at=timezone.now() - timedelta(days=400))
    token_of(holding)
    Guest.objects.filter(pk=inside.pk).update(last_seen_at=timezone.now())

    assert forget_visitors() == 0
    assert Guest.objects.filter(pk__in=[one.pk for one in (named, holding, inside, given, known, by_link)]).count() == 6


@db
def test_whom_a_product_knows_goes_when_all_has_ended_and_returns_as_somebody_new(ada, development):
    config = {"name": "Embedded", "guest_authentication": ["shared_link"]}
    with time_machine.travel(START, tick=False) as clock:
        first = open_embed(ada.actor, development, space=config, external_actor_id="customer-7")
        set_secret(ada.actor, development, name="TOKEN", value="x", owner=first.guest.resource)
        Grant.objects.update(expires_at=timezone.now() + timedelta(days=1))
        AccessToken.objects.all().delete()
        clock.shift(timedelta(days=30, hours=12))
        assert forget_visitors() == 0
        clock.shift(timedelta(days=1))

        assert forget_visitors() == 1
        again = open_embed(ada.actor, development, space=config, external_actor_id="customer-7")

    assert again.guest.pk != first.guest.pk
    assert list(again.guest.grants.values_list("space_id", flat=True)) == [again.space.pk]
    assert not Secret.objects.exists()


@db
def test_they_go_some_at_a_time(link, room, monkeypatch):
    monkeypatch.setattr(upkeep, "BATCH", 2)
    for _ in range(3):
        visitor(link)
    AccessToken.objects.all().delete()
    Guest.objects.update(last_seen_at=None, created_at=timezone.now() - timedelta(days=40))

    assert [forget_visitors() for _ in range(3)] == [2, 1, 0]


@db
@pytest.mark.parametrize(("days", "kept"), [(0, 1), (45, 1), (30, 0)])
def test_the_background_work_keeps_them_as_long_as_the_settings_say(link, settings, days, kept):
    settings.VISITORS_KEPT_DAYS = days
    visitor(link)
    AccessToken.objects.all().delete()
    Guest.objects.update(last_seen_at=None, created_at=timezone.now() - timedelta(days=40))

    tidy()

    assert Guest.objects.filter(email="", clip=None).count() == kept


@pytest.mark.django_db(transaction=True)
def test_several_that_tidy_up_at_once_delete_each_visitor_once(development):
    room = furnish(development)
    guests = [make_guest(development) for _ in range(3)]
    for guest in guests:
        give(guest, room.space)
    Guest.objects.update(created_at=timezone.now() - timedelta(days=40))

    deleted = at_once([forget_visitors] * 4)

    assert sum(deleted) == 3
    assert Event.objects.filter(topic="guest:deleted").count() == 3
