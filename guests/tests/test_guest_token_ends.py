"""Everything that ends a guest's access token."""

from datetime import timedelta

import pytest
from django.utils import timezone

from access.actors import Actor
from environments.actions import create_key, revoke_key, update_environment
from environments.models import ApiKey
from guests.tests.exchanging import actor_of
from lib.problems import BadCredential
from spaces.actions import update_space
from spaces.models import Space
from tests.places import make_guest, token_of
from tokens import signing
from tokens.actions import create_token, revoke_token, rotate_signing_key
from tokens.credentials.guests import WayIn, mint_guest_token, text_of
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(place):
    return place


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
