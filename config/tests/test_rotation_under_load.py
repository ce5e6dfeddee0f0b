"""The secrets of the server turn while programs and a person are at work: not one request is refused."""

import time
from collections import Counter
from threading import Event as Flag
from threading import Thread

import pytest
from django.db import connection, transaction

from config.rotation import SEALED
from config.tests.turning import NEW, OLD, exchanged, is_in, refusals, run
from environments.actions import create_key, delete_environment, set_secret
from environments.actions.environments import create_environment
from environments.models import ApiKey, Environment, Secret
from lib import crypto, renewal
from tests.knock import at_once, call
from tokens.actions import rotate_signing_key
from tokens.models import ClientCredential, PersonalAccessToken, SigningKey

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("key", "pat", "token", "pair", "person")


@pytest.fixture
def met(world):
    """Programs and a person who never rest; how often each was answered well (True) or not."""
    asked, stop, threads = Counter(), Flag(), []
    asking = {name: lambda name=name: call("GET", "/v1/spaces", vars(world)[name]).status_code == 200 for name in NAMES}
    asking |= {"pair": lambda: exchanged(world.pair).status_code == 200, "person": lambda: is_in(world.cookie)}

    def ask_on(name):
        while not stop.is_set():
            asked[name, asking[name]()] += 1
        connection.close()

    threads = [Thread(target=ask_on, args=(name,)) for name in NAMES]
    for thread in threads:
        thread.start()
    yield asked
    stop.set()
    for thread in threads:
        thread.join()


def let_all_ask_again(met):
    """Until everybody has been answered twice more: then what was on its way before is done."""
    wanted = {name: met[name, True] + met[name, False] + 2 for name in NAMES}
    while any(met[name, True] + met[name, False] < number for name, number in wanted.items()):
        time.sleep(0.01)


def a_minute_passes():
    for model in (ApiKey, PersonalAccessToken, ClientCredential):
        model.objects.update(last_used_at=None)


def test_no_request_is_refused_while_all_secrets_turn(accept, settings, met, ada, development, monkeypatch):
    monkeypatch.setattr(renewal, "BATCH", 3)
    for number in range(20):
        create_key(ada.actor, development, type=ApiKey.Type.SECRET)
        set_secret(ada.actor, development, name=f"SECRET {number}", value="x")
    for accepted in ((OLD, NEW), (NEW, OLD)):
        accept(*accepted)
        let_all_ask_again(met)
        a_minute_passes()
    run("--signing-key-days", "0")
    let_all_ask_again(met)
    found = run("--check")[1]
    assert (found["TOKEN_PEPPER"]["can_go"], found["FIELD_KEYS"]["can_go"]) == (True, True)

    settings.TOKEN_PEPPERS, settings.FIELD_KEYS = [NEW.pepper], [NEW.key]
    let_all_ask_again(met)

    assert {name for name, good in met if not good} == set(), met


def test_two_runs_at_once_do_the_work_once(accept, world, ada, development, monkeypatch):
    monkeypatch.setattr(renewal, "BATCH", 3)
    for number in range(10):
        set_secret(ada.actor, development, name=f"SECRET {number}", value="x")
    accept(NEW, OLD)

    said = at_once([run] * 3)

    assert [result for result in said if isinstance(result, Exception)] == []
    assert run("--check")[1]["FIELD_KEYS"]["can_go"]
    assert SigningKey.objects.count() == 2
    assert refusals(world) == []


def test_values_written_while_the_command_runs_are_kept(accept, world, ada, development, monkeypatch):
    monkeypatch.setattr(renewal, "BATCH", 1)
    names = [f"SECRET {number}" for number in range(10)]
    for name in names:
        set_secret(ada.actor, development, name=name, value="before")
    accept(NEW, OLD)

    said = at_once(
        [run, *[lambda name=name: set_secret(ada.actor, development, name=name, value="after") for name in names]]
    )

    assert [result for result in said if isinstance(result, Exception)] == []
    accept(NEW)
    assert {secret.value for secret in Secret.objects.filter(name__in=names)} == {"after"}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time: nobody holds a row")
def test_a_row_that_a_request_holds_is_left_for_later(accept, world):
    """Waiting for it with other rows in hand could end in a deadlock."""
    accept(NEW, OLD)
    keys = next(one for one in SEALED if one.name == "API keys")
    held, release = Flag(), Flag()

    def request():
        with transaction.atomic():
            ApiKey.objects.select_for_update().order_by("pk").first()
            held.set()
            release.wait(10)
        connection.close()

    thread = Thread(target=request)
    thread.start()
    held.wait(10)
    meanwhile = renewal.renew(keys, lambda: None, lambda tally: None)
    release.set()
    thread.join()

    assert (meanwhile.done, meanwhile.due) == (ApiKey.objects.count() - 1, 1)
    assert renewal.renew(keys, lambda: None, lambda tally: None).done == 1


def test_an_environment_is_deleted_while_its_keys_are_rehashed(accept, world, ada, northwind):
    """Both take many rows, in orders of their own; neither may end in a deadlock."""
    for number in range(5):
        environment = create_environment(ada.actor, name=f"round {number}")
        for _ in range(30):
            create_key(ada.actor, environment, type=ApiKey.Type.SECRET)
        accept(*((NEW, OLD) if number % 2 else (OLD, NEW)))

        said = at_once([run, run, lambda environment=environment: delete(ada, environment)])

        assert [result for result in said if isinstance(result, Exception)] == []
        assert not Environment.objects.filter(pk=environment.pk).exists()


def delete(ada, environment):
    delete_environment(ada.actor, environment, typed_name=environment.name)


def test_a_new_signing_key_is_used_and_believed_by_every_connection_at_once(world, ada):
    for _ in range(5):
        key = rotate_signing_key(ada.actor.system("test", ada.actor.at))

        said = at_once([lambda: exchanged(world.pair).json()["data"]["accessToken"]] * 3)

        assert {crypto.unverified_kid(token) for token in said} == {key.pk}
        answers = at_once([lambda token=token: call("GET", "/v1/spaces", token) for token in said])
        assert [answer.status_code for answer in answers] == [200] * 3
        assert call("GET", "/v1/spaces", world.token).status_code == 200


def test_signing_keys_replaced_many_times_at_once_leave_one_current(world, ada):
    said = at_once([lambda: rotate_signing_key(ada.actor.system("test", ada.actor.at))] * 5)

    assert [result for result in said if isinstance(result, Exception)] == []
    assert SigningKey.objects.filter(is_current=True).count() == 1
    assert call("GET", "/v1/spaces", world.token).status_code == 200
