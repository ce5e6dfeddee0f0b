"""Requests about guests that meet: one guest of an address, never a grant too many, and nothing left of the deleted."""

import time
from collections import Counter
from functools import partial

import pytest
from django.db import IntegrityError

from access.actors import Origin
from environments.credentials import resolve_api_key
from guests.actions import (
    Given,
    create_guest,
    delete_guest,
    embedding,
    give_space,
    issue_guest_token,
    open_embed,
    update_guest,
    withdraw_space,
)
from guests.actions import grants as deeds
from guests.credentials import LinkExpired, links, use_link
from guests.links import mint_secret, renew_link
from guests.models import Grant, Guest, MagicLink
from lib.problems import NotFound
from spaces.models import Space
from tests.knock import at_once
from tests.places import give, make_guest
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 3


@pytest.fixture
def spaces(development):
    at = {"account_id": development.account_id, "environment": development}
    return [Space.objects.create(**at, name=f"Space {number}") for number in range(6)]


def copy(guest):
    return Guest.objects.select_related("environment").get(pk=guest.pk)


def test_two_requests_for_one_address_make_one_guest_with_the_spaces_of_both(ada, development, spaces):
    for number in range(ROUNDS):
        spellings = (f"guest{number}@example.com", f"GUEST{number}@EXAMPLE.COM")
        jobs = [
            lambda email=email, space=space: create_guest(ada.actor, development, email=email, spaces=[Given(space)])
            for email, space in zip(spellings * 2, spaces, strict=False)
        ]

        made = at_once(jobs)

        assert len({guest.pk for guest in made}) == 1
        assert Grant.objects.filter(guest=made[0]).count() == len(jobs)


def test_of_many_spaces_at_once_never_one_too_many_is_given(ada, development, spaces, monkeypatch):
    monkeypatch.setattr(deeds, "MOST_GRANTS", 4)
    for number in range(ROUNDS):
        guest = make_guest(development, f"guest{number}@example.com")
        jobs = [partial(give_space, ada.actor, copy(guest), Given(space)) for space in spaces]

        said = at_once(jobs)

        assert Counter(type(one) for one in said) == {Grant: 4, deeds.TooManyGrants: 2}
        assert guest.grants.count() == 4


def test_a_guest_deleted_while_they_are_given_something_keeps_nothing(ada, development, spaces):
    for number in range(ROUNDS):
        guest = make_guest(development, f"guest{number}@example.com")
        give(guest, spaces[0])
        jobs = [partial(give_space, ada.actor, copy(guest), Given(space)) for space in spaces[1:3]]
        jobs.append(partial(issue_guest_token, ada.actor, copy(guest)))
        jobs.append(partial(withdraw_space, ada.actor, copy(guest), spaces[0]))
        jobs.append(partial(delete_guest, ada.actor, copy(guest)))

        said = at_once(jobs)

        met = [one for one in said if isinstance(one, Exception)]
        assert all(isinstance(one, NotFound | IntegrityError) for one in met), met  # a 404 or a 409
        assert not Guest.objects.filter(pk=guest.pk).exists()
        assert not Grant.objects.filter(guest_id=guest.pk).exists()
        assert not AccessToken.objects.filter(guest_id=guest.pk).exists()


def test_a_guest_deleted_twice_at_once_is_deleted_once(ada, development, spaces):
    guest = make_guest(development, "guest@example.com")
    give(guest, spaces[0])
    copies = [copy(guest) for _ in range(3)]

    said = at_once([lambda one=one: delete_guest(ada.actor, one) for one in copies])

    assert said == [None] * 3


def slowly(plain):
    def deed(*args, **kwargs):
        made = plain(*args, **kwargs)
        time.sleep(0.4)
        return made

    return deed


def later(deed):
    time.sleep(0.2)
    return deed()


def test_a_new_address_and_a_sign_in_from_the_old_mailbox_wait_for_each_other(ada, development, spaces, monkeypatch):
    guest = make_guest(development, "old@guest.example")
    grant = give(guest, spaces[0])
    link = renew_link(
        Grant.objects.select_related("guest__environment", "space__environment").get(pk=grant.pk),
        MagicLink.Kind.SIGN_IN,
    )
    mint_secret(link)
    monkeypatch.setattr(links, "mint_guest_token", slowly(links.mint_guest_token))
    change = partial(update_guest, ada.actor, copy(guest), email="new@guest.example")

    said = at_once([partial(use_link, link.pk, Origin()), partial(later, change)])

    assert not [one for one in said if isinstance(one, Exception) and not isinstance(one, LinkExpired)], said
    assert Guest.objects.get(pk=guest.pk).email == "new@guest.example"
    assert not AccessToken.objects.filter(guest=guest, revoked_at=None).exists()


def test_a_publishable_key_becomes_nobody_who_is_given_an_address_meanwhile(
    ada, development, publishable_key, monkeypatch
):
    guest = Guest.objects.create(
        environment=development, account_id=development.account_id, external_actor_id="customer-7"
    )
    key = resolve_api_key(publishable_key, Origin(ip="192.0.2.1"))
    monkeypatch.setattr(embedding, "_guest", slowly(embedding._guest))
    change = partial(update_guest, ada.actor, copy(guest), email="vip@guest.example")

    opened, changed = at_once(
        [
            partial(open_embed, key, development, space={"name": "Import"}, external_actor_id="customer-7"),
            partial(later, change),
        ]
    )

    assert not isinstance(opened, Exception)
    assert not isinstance(changed, Exception)
    assert not AccessToken.objects.filter(guest=guest, revoked_at=None).exists()
