"""Roles of guests: given by an Admin of the place, on the guest's environment or a space of it."""

import pytest

from tests.knock import call, refused, shown
from tests.places import furnish, make_guest, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gus(development):
    return make_guest(development, "gus@guest.example")


def assign(credential, guest, role, place):
    body = {"roleId": role.pk, "resourceId": place.pk}
    return call("POST", f"/v1/guests/{guest.pk}/roles", credential, body)


def test_a_role_opens_its_space_to_the_guest_until_it_is_taken(pat, gus, development, northwind):
    room, role, token = furnish(development), northwind.account.roles.get(name="Guest"), token_of(gus)
    path = f"/v1/spaces/{room.space.pk}"
    refused(call("GET", path, token), 404)

    made = shown(assign(pat, gus, role, room.space))

    assert (made["actorId"], made["roleId"], made["resourceId"]) == (gus.pk, role.pk, room.space.pk)
    assert shown(call("GET", f"/v1/guests/{gus.pk}/roles", pat)) == [made]
    assert call("GET", path, token).status_code == 200
    shown(call("DELETE", f"/v1/guests/{gus.pk}/roles/{made['id']}", pat))
    refused(call("GET", path, token), 404)
    refused(call("DELETE", f"/v1/guests/{gus.pk}/roles/{made['id']}", pat), 404)


def test_a_role_is_given_once_and_only_in_the_guests_environment(pat, gus, development, production, northwind):
    role = northwind.account.roles.get(name="User")

    shown(assign(pat, gus, role, development))

    refused(assign(pat, gus, role, development), 409, "role_already_assigned")
    refused(assign(pat, gus, role, production), 400, "no_place_for_guest")
    refused(assign(pat, gus, role, northwind.account), 400, "no_place_for_guest")
    refused(assign(pat, gus, role, furnish(production).space), 400, "no_place_for_guest")


def test_a_role_of_another_account_does_not_exist(pat, gus, development, lumen):
    refused(assign(pat, gus, lumen.account.roles.get(name="Guest"), development), 404)
