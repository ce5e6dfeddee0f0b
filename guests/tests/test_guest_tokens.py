"""A guest's access token: what it opens, and everything that ends it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from access.actions import Action
from access.actors import Actor, Kind
from access.policy import can
from access.queries import visible
from accounts.models import RoleAssignment
from config.door import api_actor
from conftest import bearer
from environments.actions import create_key, revoke_key, update_environment
from environments.models import ApiKey
from guests.models import Guest
from lib.problems import BadCredential
from spaces.actions import insert_records, update_space
from spaces.models import Document, Sheet, Space, Workbook
from tests.knock import call
from tests.places import add_sheet, furnish, give, make_guest, token_of
from tokens import signing
from tokens.actions import create_token, revoke_token, rotate_signing_key
from tokens.credentials.guests import SPACE_LIFETIME, WayIn, mint_guest_token, text_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


def actor_of(text: str) -> Actor:
    return api_actor(RequestFactory().get("/v1/", headers=bearer(text)))


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def gus(development, room):
    """A guest of a whole space."""
    guest = make_guest(development, "gus@guest.example", name="Gus")
    give(guest, room.space)
    return guest


@pytest.fixture
def wes(development, room):
    """A guest of one workbook."""
    guest = make_guest(development, "wes@guest.example")
    give(guest, room.space, workbooks=room.workbooks[:1])
    return guest


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


# What ends it


def dead(text):
    with pytest.raises(BadCredential):
        actor_of(text)
    return True


def test_a_deleted_guest_is_gone_and_the_same_address_is_somebody_new(gus, development, room):
    text = token_of(gus)

    gus.delete()
    make_guest(development, "gus@guest.example")

    assert dead(text)


def test_it_lives_an_hour(gus):
    token = mint_guest_token(gus.pk, gus.account_id, timezone.now())

    assert token.expires_at - token.created_at == timedelta(hours=1)
    text = token_of(gus)
    AccessToken.objects.update(expires_at=timezone.now())
    assert dead(text)


@pytest.mark.parametrize("via", ["magic_link", "shared_link"])
def test_closing_the_way_in_ends_it_for_ever(gus, room, via, ada, development):
    text = token_of(gus, way_in=WayIn(via, room.space.pk, room.space.version_of(via)))
    assert actor_of(text).id == gus.pk

    update_environment(ada.actor, development, guest_authentication=[])
    assert dead(text)
    update_environment(ada.actor, development, guest_authentication=[via])
    assert dead(text)
    assert actor_of(token_of(gus, way_in=WayIn(via, room.space.pk, Space.objects.get().version_of(via))))


@pytest.mark.parametrize("via", ["magic_link", "shared_link"])
def test_a_space_with_its_own_say_is_not_closed_by_its_environment(gus, room, via, ada, development):
    Space.objects.update(guest_authentication=[via])
    text = token_of(gus, way_in=WayIn(via, room.space.pk, Space.objects.get().version_of(via)))

    update_environment(ada.actor, development, guest_authentication=[])

    assert actor_of(text).id == gus.pk
    Space.objects.update(**{f"{via}_version": 2})
    assert dead(text)


@pytest.mark.parametrize("via", ["magic_link", "shared_link"])
def test_a_space_that_followed_its_environment_meanwhile_revives_nothing(gus, room, via, ada, development):
    """The environment closed the way while the space had no say of its own."""
    space = update_space(ada.actor, room.space, guest_authentication=[via])
    text = token_of(gus, way_in=WayIn(via, space.pk, space.version_of(via)))
    assert actor_of(text).id == gus.pk

    update_space(ada.actor, space, guest_authentication=None)
    update_environment(ada.actor, development, guest_authentication=[])
    update_space(ada.actor, Space.objects.get(pk=space.pk), guest_authentication=[via])

    assert dead(text)


def test_it_ends_with_the_key_that_minted_it(gus, ada, development):
    issued = create_key(ada.actor, development, type=ApiKey.Type.SECRET)
    text = token_of(gus, parent=actor_of(issued.secret))
    assert actor_of(text).id == gus.pk

    revoke_key(ada.actor, issued.key)

    assert dead(text)


def test_it_ends_with_the_token_that_minted_it(gus, ada, password_token):
    issued = create_token(ada.actor, name="Nightly")
    of_token = token_of(gus, parent=actor_of(issued.secret))
    of_access_token = token_of(gus, parent=actor_of(password_token(ada)))
    assert actor_of(of_token)
    assert actor_of(of_access_token)

    revoke_token(ada.actor, issued.token)
    AccessToken.objects.filter(kind="password").update(revoked_at=timezone.now())

    assert dead(of_token)
    assert dead(of_access_token)


def test_it_ends_with_whatever_made_the_token_that_minted_it(gus, ada, password_token):
    """A personal access token that another one made, or an access token, is dead as soon as that one is."""
    lasting = create_token(ada.actor, name="Nightly")
    by_token = create_token(actor_of(lasting.secret), name="Its child")
    stale = actor_of(password_token(ada))
    stale = stale.but(at=stale.at + timedelta(minutes=11))
    by_access_token = create_token(stale, name="Its child")
    of_token, of_access_token = (token_of(gus, parent=actor_of(one.secret)) for one in (by_token, by_access_token))
    assert actor_of(of_token)
    assert actor_of(of_access_token)

    revoke_token(ada.actor, lasting.token)
    AccessToken.objects.filter(kind="password").update(revoked_at=timezone.now())

    assert dead(of_token)
    assert dead(of_access_token)


def test_a_session_of_the_guest_pages_is_no_bearer(gus):
    assert dead(token_of(gus, kind=AccessToken.Kind.GUEST_SESSION))


def test_a_token_in_the_name_of_another_guest_opens_nothing(gus, wes):
    token = mint_guest_token(gus.pk, gus.account_id, timezone.now())
    token.guest_id = wes.pk  # signed so, but the row says otherwise

    assert dead(text_of(token))


def test_a_token_that_another_key_of_ours_signed_opens_nothing(gus):
    token = mint_guest_token(gus.pk, gus.account_id, timezone.now())
    rotate_signing_key(Actor.system("test", timezone.now()))
    token.signing_key = signing.current()  # signed so, but the row says otherwise

    assert dead(text_of(token))


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
