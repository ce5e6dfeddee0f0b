"""Dead credentials: whatever they died of, the same answer, on the next request; on record at most once an hour."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from access.actors import Actor
from accounts.actions import reset_password
from accounts.models import Member, User
from environments.actions import delete_environment, revoke_key
from environments.models import ApiKey
from events.models import Event
from lib import crypto
from tests.knock import alike, call, refused, shown
from tokens.actions import create_client, create_token, revoke_client, revoke_token
from tokens.models import AccessToken, PersonalAccessToken

pytestmark = pytest.mark.django_db

NOON = "2030-01-01T12:00:00Z"
PATHS = ("/v1/auth/whoami", "/v1/spaces", "/api/v1/environments")


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def five(clock, ada, development, client_token, password_token):
    """One live credential of each kind, and what it takes to end each."""
    token, pair = create_token(ada.actor, name="CI"), create_client(ada.actor)
    return {
        "pat": token.secret,
        "password": password_token(ada),
        "client": client_token(pair),
        "secret key": development.keys.get(type=ApiKey.Type.SECRET).text,
        "publishable key": development.keys.get(type=ApiKey.Type.PUBLISHABLE).text,
    }


def revoke_each(ada, development):
    for key in development.keys.all():
        revoke_key(ada.actor, key)
    revoke_token(ada.actor, ada.member.tokens.get())
    revoke_client(ada.actor, ada.member.clients.get())
    AccessToken.objects.update(revoked_at=timezone.now())


def delete_the_environment(ada, development):
    delete_environment(Actor.system("test", timezone.now()), development)


def deactivate_the_member(ada, development):
    Member.objects.filter(pk=ada.member.pk).update(deactivated_at=timezone.now())


def remove_the_member(ada, development):
    Member.objects.filter(pk=ada.member.pk).delete()


def switch_the_login_off(ada, development):
    User.objects.filter(pk=ada.member.user_id).update(is_active=False)


def reset_the_password(ada, development):
    reset_password(ada.actor, User.objects.get(pk=ada.member.user_id), "an entirely different long password")


def let_them_expire(ada, development):
    PersonalAccessToken.objects.update(expires_at=timezone.now())
    AccessToken.objects.update(expires_at=timezone.now())


KEYS, PEOPLE = {"secret key", "publishable key"}, {"pat", "password", "client"}
DEATHS = [
    (revoke_each, KEYS | PEOPLE),
    (delete_the_environment, KEYS),
    (deactivate_the_member, PEOPLE),
    (remove_the_member, PEOPLE),
    (switch_the_login_off, PEOPLE),
    (reset_the_password, PEOPLE),
    (let_them_expire, PEOPLE),
]


@pytest.mark.parametrize(("die", "dead"), DEATHS)
def test_the_next_request_is_refused_like_that_of_a_stranger(clock, five, ada, development, die, dead):
    stranger = {path: alike(call("GET", path, crypto.mint_token("sk_"))) for path in PATHS}
    assert {kind for kind, text in five.items() if call("GET", PATHS[0], text).status_code == 200} == KEYS | PEOPLE
    clock.shift(1)

    die(ada, development)

    for kind in dead:
        assert {path: alike(call("GET", path, five[kind])) for path in PATHS} == stranger, kind
    living = {kind for kind, text in five.items() if call("GET", PATHS[0], text).status_code == 200}
    assert living == (KEYS | PEOPLE) - dead


def test_every_kind_of_nonsense_gets_the_very_same_answer(db, pat, secret_key):
    mistyped = pat[:-1] + ("a" if pat[-1] != "a" else "b")
    texts = ["x", "sk_", "pk_", "pat_", "eyJ", "sk_%", pat.upper(), pat + "a", pat[:-1], mistyped]
    texts += [crypto.mint_token(prefix) for prefix in ("sk_", "pk_", "pat_", "gt_", "SK_")]
    texts += ["pat_" + secret_key[3:], "sk_" + pat[4:], "\xe9" * 40, "a" * 10_000, "us_key_" + "a" * 22]

    answers = {alike(call("GET", "/v1/spaces", text)) for text in texts}

    assert len(answers) == 1
    assert answers.pop()[0] == 401


def test_the_answer_is_the_same_on_every_method_and_for_open_bodies(db):
    dead = crypto.mint_token("pat_")

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        refused(call(method, "/v1/spaces", dead, b"{not json" if method == "POST" else {}), 401, "invalid_credential")


def test_the_use_of_a_deleted_key_is_on_record_for_administrators(clock, ada, development, pat):
    key = development.keys.get(type=ApiKey.Type.SECRET)
    text = key.text
    revoke_key(ada.actor, key)

    call("GET", "/v1/spaces", text, REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="curl/8")

    (event,) = shown(call("GET", "/v1/events?topic=credential:refused", pat))
    assert event["context"]["environmentId"] == development.pk
    assert event["outcome"] == {
        "refused": True,
        "action": "",
        "rule": "dead_credential",
        "reason": "Used after retirement: the key has been deleted or has ended.",
    }
    row = Event.objects.get(topic="credential:refused")
    assert (row.subject_id, row.ip, row.client, row.audience) == (key.pk, "203.0.113.9", "curl/8", "security")
    assert text not in str(list(Event.objects.values()))


@pytest.mark.parametrize("kind", sorted(KEYS | PEOPLE))
def test_a_dead_credential_is_on_record_once_an_hour(clock, five, ada, development, kind):
    revoke_each(ada, development)
    clock.move_to("2030-01-01T14:00:00Z")

    rows = []
    for _ in range(3):
        for _ in range(5):
            call("GET", "/v1/spaces", five[kind])
        rows.append(Event.objects.filter(topic="credential:refused").count())
        clock.shift(timedelta(hours=1))

    assert rows == [1, 2, 3]


# Of a member that is gone nothing is left that could tell whose the credential was.
@pytest.mark.parametrize(("die", "dead"), [death for death in DEATHS[2:] if death[0] is not remove_the_member])
def test_the_record_says_that_a_person_or_a_term_has_ended(clock, five, ada, development, die, dead):
    clock.shift(1)
    die(ada, development)

    for kind in dead:
        call("GET", "/v1/spaces", five[kind])

    rows = Event.objects.filter(topic="credential:refused")
    assert {row.account_id for row in rows} == {ada.member.account_id}
    assert len({row.subject_id for row in rows}) == len(dead)


def test_what_never_was_ours_leaves_no_row(db, pat):
    before = Event.objects.count()

    for text in ("junk", crypto.mint_token("sk_"), crypto.mint_token("pat_"), "eyJhbGciOiJub25lIn0.e30."):
        refused(call("GET", "/v1/spaces", text), 401)

    assert Event.objects.count() == before


def test_a_dead_credential_does_not_even_note_its_use(clock, ada, development):
    key = development.keys.get(type=ApiKey.Type.SECRET)
    token = create_token(ada.actor, name="CI")
    revoke_key(ada.actor, key)
    revoke_token(ada.actor, token.token)

    call("GET", "/v1/spaces", key.text)
    call("GET", "/v1/spaces", token.secret)

    assert ApiKey.objects.get(pk=key.pk).last_used_at is None
    assert PersonalAccessToken.objects.get().last_used_at is None
