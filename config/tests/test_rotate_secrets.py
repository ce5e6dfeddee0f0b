"""New secrets for the server: every step of docs/operations.md, what stops it half-way, what is changed meanwhile."""

from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from django.contrib.sessions.models import Session
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from access.actions import Action
from access.actors import Actor
from accounts.models import User
from config.actions import rotate_secrets
from config.rotation import SEALED, digested
from config.tests.turning import NEW, OLD, VALUE, exchanged, is_in, printed, refusals, run
from environments.actions import create_key, revoke_key, set_secret
from environments.models import ApiKey, Environment, Secret
from events.models import Event
from guests.actions import create_shared_link, make_clip_link
from guests.clip_links import find_clip_link, secret_of
from guests.links import mint_secret, renew_link
from guests.models import Grant, Guest, MagicLink
from lib import crypto, mail, renewal
from spaces.models import Space
from tests.knock import call, work
from tests.places import furnish, give, make_clip, make_guest
from tokens.actions import create_token, revoke_token
from tokens.models import ClientCredential, PersonalAccessToken, SigningKey

pytestmark = pytest.mark.django_db

MINUTE = timedelta(seconds=61)


def due():
    """How many values of each kind an older field key still has to open."""
    return {one.name: tally.due for one in SEALED if (tally := renewal.remaining(one)).due}


def under_an_old_pepper():
    mark = crypto.pepper_marks()[0]
    return {name: count for name, rows in digested().items() if (count := rows.exclude(pepper_mark=mark).count())}


def everything(counted):
    return counted.keys() == {one.name for one in SEALED}


# The runbook


def test_nothing_is_refused_at_any_step_of_the_runbook_nor_after_it(accept, clock, world):
    for accepted in ((OLD,), (OLD, NEW), (NEW, OLD)):
        accept(*accepted)
        clock.shift(MINUTE)
        assert refusals(world) == []
    run()
    assert refusals(world) == []
    _, found = run("--check")
    assert (found["TOKEN_PEPPER"]["can_go"], found["FIELD_KEYS"]["can_go"]) == (True, True)

    accept(NEW)

    assert refusals(world) == ["session"]  # SECRET_KEY_FALLBACKS went before the 24 hours were over
    accept(NEW, OLD)
    assert refusals(world) == []


def test_without_the_runbook_everything_is_refused_but_signed_tokens(accept, world):
    accept(NEW)

    assert refusals(world) == ["key", "pat", "pair", "session", "sealed"]


def test_the_answer_is_yes_when_the_last_old_access_token_has_ended(accept, clock, world):
    accept(NEW, OLD)
    refusals(world)
    assert run()[0] == 1
    assert run("--check")[1]["signing_key"]["need_old"] == {"access tokens": 2}

    clock.shift(timedelta(hours=24))

    assert run("--check")[0] == 0


def test_a_single_set_of_secrets_has_nothing_old(accept, world):
    assert run("--check")[0] == 0
    assert "TOKEN_PEPPER has one value. Nothing needs another." in printed("--check")[1]


# Peppers


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


# Field keys


def test_everything_sealed_is_sealed_anew_and_reads_the_same(accept, world, ada, development):
    room = furnish(development, guest_authentication=["shared_link"])
    create_shared_link(ada.actor, room.space)
    link = make_clip_link(ada.actor, make_clip(ada.actor, room.sheets[0]))
    secret = secret_of(link)
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    accept(NEW, OLD)
    assert everything(due())

    run()

    assert due() == {}
    accept(NEW)
    assert Secret.objects.get().value == VALUE
    assert find_clip_link(secret) == link
    assert secret_of(find_clip_link(secret)) == secret
    work()
    assert [(message.subject, message.body) for message in outbox.outbox] == [("Hello", "The text")]


def test_sealing_anew_changes_nothing_else(accept, world):
    def columns():
        rows = [row for model in (Secret, ApiKey, Session) for row in model.objects.order_by("pk").values()]
        secret = {"sealed", "session_data", "digest", "pepper_mark"}
        return [{name: value for name, value in row.items() if name not in secret} for row in rows]

    before = columns()
    accept(NEW, OLD)

    run()

    assert columns() == before


def test_mail_that_has_been_sent_and_sessions_that_have_ended_hold_no_key_back(accept, clock, world):
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    work()
    clock.shift(timedelta(hours=25))
    accept(NEW, OLD)

    assert due().keys() == {"signing keys", "API keys", "secrets of environments"}


def test_what_no_key_opens_is_counted_and_stops_nothing(accept, world):
    Secret.objects.update(sealed=b"junk")
    Session.objects.update(session_data="junk")
    accept(NEW, OLD)

    _, found = run()

    assert found["FIELD_KEYS"]["lost"] == {"secrets of environments": 1, "sessions": 1}
    assert found["FIELD_KEYS"]["can_go"]
    assert "no field key opens 1 of the sessions" in printed("--check")[1]
    assert due() == {}


# Half-way, meanwhile, again


class Killed(BaseException):
    """What ends the command between two statements."""


def killed_at(number):
    """Ends the command before the write of that number, whatever it is in the middle of."""
    left = [number]

    def execute(run, sql, *arguments):
        left[0] -= sql.startswith("UPDATE")
        if left[0] < 0:
            raise Killed
        return run(sql, *arguments)

    return connection.execute_wrapper(execute)


def test_killed_at_any_write_and_begun_again_it_goes_on(accept, clock, monkeypatch, world):
    monkeypatch.setattr(renewal, "BATCH", 2)
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    accept(NEW, OLD)
    kills = 0
    for number in range(50):
        try:
            with killed_at(number):
                run()
            break
        except Killed:
            kills += 1
            clock.shift(MINUTE)
            assert refusals(world) == []

    assert kills > 3
    accept(NEW)
    assert refusals(world) == ["session"]
    assert SigningKey.objects.count() == 2


def test_a_value_that_is_changed_meanwhile_is_not_overwritten(accept, world, ada, development):
    accept(NEW, OLD)
    secrets = next(one for one in SEALED if one.name == "secrets of environments")
    meanwhile = [lambda: accept(OLD, NEW), lambda: set_secret(ada.actor, development, name="LIBRARY", value="changed")]
    meanwhile.append(lambda: accept(NEW, OLD))  # written by a host that has the old order still

    def before():
        while meanwhile:
            meanwhile.pop(0)()

    tally = renewal.renew(secrets, before, lambda tally: None)

    assert (tally.done, tally.due) == (1, 0)
    assert Secret.objects.get().value == "changed"
    assert due().keys() == {"signing keys", "API keys", "sessions"}


def test_a_row_that_is_deleted_meanwhile_stays_deleted(accept, world):
    accept(NEW, OLD)
    secrets = next(one for one in SEALED if one.name == "secrets of environments")

    tally = renewal.renew(secrets, lambda: Secret.objects.all().delete(), lambda tally: None)

    assert (tally.done, tally.due, Secret.objects.count()) == (0, 0, 0)


def test_a_second_run_writes_nothing(accept, world):
    accept(NEW, OLD)
    run()

    with CaptureQueriesContext(connection) as captured:
        run()

    writing = ("UPDATE", "INSERT", "DELETE")
    assert [query["sql"] for query in captured if query["sql"].startswith(writing)] == []


def test_progress_is_told_batch_by_batch(accept, world, northwind, monkeypatch):
    monkeypatch.setattr(renewal, "BATCH", 3)
    accept(NEW, OLD)
    told = []

    rotate_secrets(system(), tell=lambda name, tally: told.append((name, tally.done)))

    assert [done for name, done in told if name == "digests of API keys"] == [3, 4]


def system():
    return Actor.system("test", timezone.now())


# On record


def test_each_account_is_told_once_a_run_that_changed_something(accept, world, northwind, lumen):
    accept(NEW, OLD)

    run()
    run()

    rows = Event.objects.filter(action=Action.ROTATE_SECRETS)
    assert {row.account_id for row in rows} == {northwind.account.pk, lumen.account.pk}
    assert [(row.actor_label, row.topic, row.audience) for row in rows] == [
        ("manage.py rotate_secrets", "server-secrets:rotated", "security")
    ] * 2


# The signing key


def kid(token):
    return crypto.unverified_kid(token)


def test_a_signing_key_that_an_old_field_key_sealed_is_replaced_once(accept, world):
    accept(NEW, OLD)

    for _ in range(3):
        run()

    assert SigningKey.objects.filter(is_current=True).count() == 1
    assert SigningKey.objects.count() == 2
    assert Event.objects.filter(action=Action.ROTATE_SIGNING_KEY).count() == 1
    assert kid(exchanged(world.pair).json()["data"]["accessToken"]) == SigningKey.objects.get(is_current=True).pk
    assert call("GET", "/v1/spaces", world.token).status_code == 200


def test_a_signing_key_is_replaced_by_age(clock, world):
    clock.shift(timedelta(days=89))
    run()
    assert SigningKey.objects.count() == 1

    clock.shift(timedelta(days=1))
    run()
    assert SigningKey.objects.count() == 2

    run("--signing-key-days", "0")
    assert SigningKey.objects.count() == 3


@pytest.mark.parametrize("days", ["-1", "x", "99999999999"])
def test_any_other_age_is_refused(db, days):
    with pytest.raises(CommandError):
        run(f"--signing-key-days={days}")


# SECRET_KEY


def test_a_session_keeps_its_id_under_a_new_secret_key_so_that_two_tabs_stay_in(accept, world):
    before = Session.objects.get().pk

    accept(NEW, OLD)

    assert [is_in(world.cookie), is_in(world.cookie)] == [True, True]
    assert Session.objects.get().pk == before


def test_a_mailed_link_outlives_a_new_secret_key_as_long_as_the_old_one_is_accepted(accept, ada):
    user = User.objects.get(pk=ada.member.user_id)
    link = default_token_generator.make_token(user)

    accept(NEW, OLD)
    assert default_token_generator.check_token(user, link)
    accept(NEW)
    assert not default_token_generator.check_token(user, link)


def test_an_old_queue_is_told_from_other_tasks(accept, world):
    mail.queue(EmailMultiAlternatives("Hello", "The text", to=["ada@northwind.example"]))
    DBTaskResult.objects.update(task_path="accounts.mail.send_password_reset")

    assert not mail.queued().exists()
