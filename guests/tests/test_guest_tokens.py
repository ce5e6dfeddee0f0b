"""A guest's access token: what it opens, what it shows of the guest to others, and what that costs."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from access.actions import Action
from access.actors import Kind
from access.policy import can
from access.queries import visible
from accounts.models import RoleAssignment
from guests.models import Guest
from guests.tests.exchanging import actor_of
from spaces.actions import insert_records
from spaces.models import Document, Sheet, Space, Workbook
from tests.knock import call
from tests.places import add_sheet, furnish, give, make_guest, token_of
from tokens.actions import create_token
from tokens.credentials.guests import SPACE_LIFETIME
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(development):
    return furnish(development)


@pytest.fixture
def room(place):
    return place


def seen(actor):
    return {
        model.__name__: set(visible(model, actor).values_list("name" if model is not Document else "title", flat=True))
        for model in (Space, Workbook, Sheet, Document)
    } | {"sheets": set(visible(Sheet, actor).values_list("pk", flat=True))}


def test_a_guest_of_a_space_sees_it_and_all_that_is_in_it(gus, room, development):
    furnish(development, "Another")

    actor = actor_of(token_of(gus))

    assert (actor.kind, actor.id, actor.environment_id) == (Kind.GUEST, gus.pk, development.pk)
    assert seen(actor)["Space"] == {"Furnished"}
    assert seen(actor)["sheets"] == {sheet.pk for sheet in room.sheets}
    assert seen(actor)["Document"] == {"Read me"}


def test_a_guest_of_a_workbook_sees_that_and_no_sibling(wes, room):
    found = seen(actor_of(token_of(wes)))

    assert found["Space"] == {"Furnished"}
    assert found["Workbook"] == {"Workbook 1"}
    assert found["sheets"] == {sheet.pk for sheet in room.sheets[:2]}
    assert found["Document"] == set()


def test_a_guest_of_a_sheet_sees_its_workbook_with_that_sheet_alone(development, room):
    guest = make_guest(development, "one@guest.example")
    give(guest, room.space, sheets=[room.sheets[2]])

    found = seen(actor_of(token_of(guest)))

    assert found["Workbook"] == {"Workbook 2"}
    assert found["sheets"] == {room.sheets[2].pk}


def test_sheets_narrow_what_the_workbooks_give(development, room):
    guest = make_guest(development, "both@guest.example")
    give(guest, room.space, workbooks=room.workbooks[:1], sheets=[room.sheets[0], room.sheets[2]])

    assert seen(actor_of(token_of(guest)))["sheets"] == {room.sheets[0].pk}


def test_an_empty_list_gives_nothing_of_the_space(development, room):
    guest = make_guest(development, "none@guest.example")
    give(guest, room.space, workbooks=[])

    found = seen(actor_of(token_of(guest)))

    assert found == {"Space": {"Furnished"}, "Workbook": set(), "Sheet": set(), "Document": set(), "sheets": set()}


def test_a_limited_grant_does_not_widen_when_what_it_lists_is_deleted(wes, room):
    room.workbooks[0].delete()

    assert seen(actor_of(token_of(wes)))["Workbook"] == set()


def test_no_guest_reaches_the_copy_that_was_made_for_a_clip(gus, wes, room):
    copy = add_sheet(room.workbooks[0], "copy", is_clip=True)

    for guest in (gus, wes):
        assert copy.pk not in seen(actor_of(token_of(guest)))["sheets"]


def test_a_new_grant_counts_on_the_next_request_and_a_withdrawn_one_no_more(gus, development):
    other, text = furnish(development, "Another"), token_of(gus)
    grant = give(gus, other.space)
    assert seen(actor_of(text))["Space"] == {"Furnished", "Another"}

    grant.delete()

    assert seen(actor_of(text))["Space"] == {"Furnished"}


def test_an_expired_grant_and_an_archived_space_give_nothing(gus, room):
    text = token_of(gus)
    gus.grants.update(expires_at=timezone.now())
    assert seen(actor_of(text))["Space"] == set()
    gus.grants.update(expires_at=None)
    Space.objects.update(archived_at=timezone.now())
    assert seen(actor_of(text))["Space"] == set()


def test_a_space_token_holds_its_own_space_alone(gus, room, development):
    other = furnish(development, "Another")
    give(gus, other.space)

    actor = actor_of(token_of(gus, kind=AccessToken.Kind.SPACE, space_id=other.space.pk, lifetime=SPACE_LIFETIME))

    assert actor.kind is Kind.SPACE
    assert seen(actor)["Space"] == {"Another"}


def test_a_role_given_to_a_guest_is_capped_by_what_guests_may_do(gus, room, northwind, development):
    admin = northwind.account.roles.get(name="Admin")
    other = furnish(development, "Another")
    RoleAssignment.objects.create(account=northwind.account, role=admin, guest=gus, space=other.space)

    actor = actor_of(token_of(gus))

    assert seen(actor)["Space"] == {"Furnished", "Another"}
    assert not can(actor, Action.CREATE_SPACE, development.resource)
    assert not can(actor, Action.VIEW_KEY, development.keys.first().resource)


def test_a_guest_is_seen_by_each_minute_they_ask_in(gus):
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False) as clock:
        text = token_of(gus)
        seen_at = []
        for seconds in (0, 30, 31):
            clock.shift(seconds)
            actor_of(text)
            seen_at.append(Guest.objects.get(pk=gus.pk).last_seen_at)

    assert seen_at[0] == seen_at[1]
    assert seen_at[2] - seen_at[0] == timedelta(seconds=61)


def test_opening_a_space_is_noted_beside_what_was_given_of_it(gus, room, development):
    give(gus, furnish(development, "Another").space)

    assert call("GET", f"/v1/spaces/{room.space.pk}", token_of(gus)).status_code == 200

    assert gus.grants.exclude(last_accessed_at=None).get().space_id == room.space.pk


def test_another_guest_reads_in_the_log_that_it_was_a_guest_and_no_address(gus, wes, room, ada):
    give_whole = wes.grants.get()
    give_whole.has_workbook_limit = False
    give_whole.save()
    insert_records(actor_of(token_of(wes)), room.sheets[0], [{"name": {"value": "x"}}])

    def names(text):
        return {
            event["actor"]["name"]
            for event in call("GET", f"/v1/events?spaceId={room.space.pk}", text).json()["data"]
            if event["actor"]["type"] == "guest"
        }

    assert names(token_of(gus)) == {"A guest"}
    assert names(token_of(wes)) == {"wes@guest.example"}
    assert names(create_token(ada.actor, name="CI").secret) == {"wes@guest.example"}


def test_a_guest_token_is_resolved_in_two_queries(gus, django_assert_num_queries):
    text = token_of(gus)
    actor_of(text)

    with django_assert_num_queries(2):
        assert actor_of(text)


def test_five_hundred_grants_are_judged_like_one(gus, development):
    spaces = [Space(account_id=gus.account_id, environment=development, name=f"Space {n}") for n in range(499)]
    for space in Space.objects.bulk_create(spaces):
        give(gus, space)

    actor = actor_of(token_of(gus))

    assert visible(Space, actor).count() == 500
    assert Guest.objects.count() == 1
