"""A new pepper: what is hashed anew and when, and what still needs the old one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.rotation import digested
from config.tests.turning import NEW, OLD, exchanged, printed, refusals, run
from environments.actions import create_key, revoke_key
from environments.models import ApiKey, Environment
from guests.links import mint_secret, renew_link
from guests.models import Grant, Guest, MagicLink
from lib import crypto
from spaces.models import Space
from tests.knock import call
from tests.places import furnish, give, make_guest
from tokens.actions import create_token, revoke_token
from tokens.models import ClientCredential, PersonalAccessToken

pytestmark = pytest.mark.django_db
MINUTE = timedelta(seconds=61)


def under_an_old_pepper():
    mark = crypto.pepper_marks()[0]
    return {name: count for name, rows in digested().items() if (count := rows.exclude(pepper_mark=mark).count())}


def test_a_row_says_which_pepper_made_its_digest(accept, world, ada, development):
    assert under_an_old_pepper() == {}
    accept(NEW, OLD)
    assert under_an_old_pepper() == {"API keys": 4, "personal access tokens": 1, "client pairs": 1}

    create_key(ada.actor, development, type=ApiKey.Type.SECRET)
    create_token(ada.actor, name="New")

    assert under_an_old_pepper() == {"API keys": 4, "personal access tokens": 1, "client pairs": 1}


def test_keys_are_rehashed_at_once_and_the_rest_when_it_is_used(accept, world):
    accept(NEW, OLD)
    run()
    assert under_an_old_pepper() == {"personal access tokens": 1, "client pairs": 1}

    call("GET", "/v1/spaces", world.pat)
    exchanged(world.pair)

    assert under_an_old_pepper() == {}
    assert PersonalAccessToken.objects.get().digest == crypto.digest(world.pat)
    assert ClientCredential.objects.get().digest == crypto.digest(world.pair.secret)


def test_rehashing_is_part_of_the_one_write_a_minute(accept, clock, world):
    for credential in (world.pat, world.key):
        accept(OLD)
        call("GET", "/v1/spaces", credential)
        accept(NEW, OLD)
        assert [writes(credential) for _ in range(2)] == [0, 0]
        clock.shift(MINUTE)

        assert [writes(credential) for _ in range(3)] == [1, 0, 0]
    assert under_an_old_pepper().keys() == {"API keys", "client pairs"}


def writes(credential):
    with CaptureQueriesContext(connection) as captured:
        assert call("GET", "/v1/spaces", credential).status_code == 200
    return sum(query["sql"].lstrip().startswith("UPDATE") for query in captured)


def test_what_is_dead_does_not_hold_a_pepper_back(accept, world, ada, development):
    revoke_token(ada.actor, PersonalAccessToken.objects.get())
    revoke_key(ada.actor, create_key(ada.actor, development, type=ApiKey.Type.SECRET).key)
    accept(NEW, OLD)

    assert under_an_old_pepper() == {"API keys": 4, "client pairs": 1}


@pytest.mark.parametrize(
    "end",
    [
        lambda link: Grant.objects.update(expires_at=timezone.now()),
        lambda link: Space.objects.update(archived_at=timezone.now()),
        lambda link: Space.objects.update(magic_link_version=2),
        lambda link: Environment.objects.update(magic_link_version=2),
        lambda link: Guest.objects.update(email="other@guest.example"),
    ],
)
def test_a_link_that_what_is_around_it_has_ended_does_not_hold_a_pepper_back(accept, development, end):
    accept(OLD)
    grant = give(make_guest(development, "gwen@guest.example"), furnish(development).space)
    mint_secret(renew_link(grant, MagicLink.Kind.INVITATION))
    accept(NEW, OLD)
    assert under_an_old_pepper()["magic links"] == 1

    end(grant)

    assert "magic links" not in under_an_old_pepper()


def test_the_check_names_what_waits_by_owner_and_last_use_and_no_secret(accept, clock, world, ada):
    call("GET", "/v1/spaces", world.pat)
    accept(NEW, OLD)
    run()

    _, text = printed("--check")

    token = PersonalAccessToken.objects.get()
    owner = f"of {ada.member.pk} in {token.account_id}"
    assert f"  {token.pk}  {token.hint}  {owner}  last used 2030-03-01T12:00:00" in text
    assert "last used never" in text
    needed = "an old one is needed by personal access tokens (1) and client pairs (1)"
    assert f"TOKEN_PEPPER's last value cannot go yet because {needed}" in text
    assert "FIELD_KEYS's last value can go" in text
    secrets = [OLD.pepper, NEW.pepper, OLD.key, NEW.key, world.pat, world.pair.secret, token.digest]
    assert [secret for secret in secrets if secret in text + str(run("--check"))] == []


def test_many_are_counted_and_fifty_shown(accept, ada):
    for number in range(52):
        create_token(ada.actor, name=f"Token {number}")
    accept(NEW, OLD)
    run()

    assert "… and 2 more: --json lists all" in printed("--check")[1]
    assert len(run("--check")[1]["TOKEN_PEPPER"]["waiting_for"]) == 52


def test_a_lost_pepper_is_named_and_keys_come_back_from_their_sealed_text(accept, settings, world):
    settings.TOKEN_PEPPERS = [NEW.pepper]
    assert refusals(world) == ["key", "pat", "pair"]
    assert run("--check")[0] == 1
    assert "It is set no more" in printed("--check")[1]

    run()

    assert refusals(world) == ["pat", "pair"]
