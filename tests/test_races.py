"""What must hold when requests meet, in several threads and several processes, on both databases."""

import multiprocessing
from collections import Counter
from datetime import timedelta
from threading import Event as Flag
from threading import Thread

import pytest
from django.db import connection, connections

from access.actions import Action
from environments.actions import (
    cancel_rotation,
    complete_rotation,
    create_environment,
    create_key,
    delete_environment,
    revoke_key,
)
from environments.actions import keys as deeds
from environments.actions.environments import EnvironmentNameTaken, LastEnvironment
from environments.actions.rotation import AlreadyRotating, NotRotating, rotate_key
from environments.models import ApiKey, Environment
from events.models import Event
from lib import limits
from lib.problems import TooManyAttempts
from tests.knock import at_once, call
from tokens.actions import create_token, revoke_token

pytestmark = pytest.mark.django_db(transaction=True)

FORK = multiprocessing.get_context("fork")
PROCESSES, USES, ROUNDS = 2, 50, 5


def statuses(credential, times=USES):
    """What that many requests with a credential are answered, counted."""
    return Counter(call("GET", "/v1/spaces", credential).status_code for _ in range(times))


def serve(pipe):
    """A worker of a server: its own process, connection and memory."""
    while credential := pipe.recv():
        pipe.send(statuses(credential))
    connections.close_all()


@pytest.fixture
def used():
    """Has all workers use a credential at once; tells what they were answered in sum."""
    pipes, workers = [], []

    def use(credential):
        if not workers:
            connections.close_all()  # one connection must not be in two processes
            for _ in range(PROCESSES):
                here, there = FORK.Pipe()
                pipes.append(here)
                workers.append(FORK.Process(target=serve, args=(there,), daemon=True))
                workers[-1].start()
        for pipe in pipes:
            pipe.send(credential)
        return sum((pipe.recv() for pipe in pipes), Counter())

    yield use
    for pipe, worker in zip(pipes, workers, strict=True):
        pipe.send(None)
        worker.join(10)


ALL = PROCESSES * USES


def test_a_deleted_key_is_refused_by_every_worker_from_the_next_request_on(used, ada, development):
    """Two keys live together, then one (security.md, rows 17 and 18)."""
    old, new = (create_key(ada.actor, development, type=ApiKey.Type.SECRET) for _ in range(2))
    assert used(old.secret) == used(new.secret) == {200: ALL}

    revoke_key(ada.actor, old.key)

    assert used(old.secret) == {401: ALL}
    assert used(new.secret) == {200: ALL}


def test_a_deleted_token_is_refused_by_every_worker_with_what_it_made(used, ada):
    parent = create_token(ada.actor, name="Parent")
    child = call("POST", "/v1/auth/personal-access-tokens", parent.secret, {"name": "Child"}).json()["data"]["token"]
    assert used(parent.secret) == used(child) == {200: ALL}

    revoke_token(ada.actor, parent.token)

    assert used(parent.secret) == used(child) == {401: ALL}


def test_a_program_that_swaps_its_key_during_a_rotation_meets_no_refusal(ada, development):
    """It takes the new key when told of it; only then is the old one ended. Not one 401, however often."""
    current, stop, met = [create_key(ada.actor, development, type=ApiKey.Type.SECRET)], Flag(), Counter()

    def program():
        while not stop.is_set():
            met[call("GET", "/v1/spaces", current[0].secret).status_code] += 1
        connection.close()

    thread = Thread(target=program)
    thread.start()
    try:
        for _ in range(ROUNDS):
            old = current[0]
            current[0] = rotate_key(ada.actor, old.key, overlap="1h")
            wait_for_more(met, 2)  # whatever was on its way with the old key has been answered
            complete_rotation(ada.actor, current[0].key)
            assert call("GET", "/v1/spaces", old.secret).status_code == 401
    finally:
        stop.set()
        thread.join()

    assert set(met) == {200}
    assert development.keys.live().filter(type=ApiKey.Type.SECRET).count() == 2


def wait_for_more(met, requests):
    wanted = met.total() + requests
    while met.total() < wanted:
        pass


def test_the_last_environment_outlives_two_simultaneous_deletions(ada, northwind):
    for number in range(ROUNDS):
        one, two = Environment.objects.filter(account=northwind.account)

        said = at_once([lambda one=one: delete(ada, one), lambda two=two: delete(ada, two)])

        assert Environment.objects.filter(account=northwind.account).count() == 1
        assert sorted(type(result) for result in said if result) == [LastEnvironment]
        create_environment(ada.actor, name=f"round {number}")
    assert Event.objects.filter(action=Action.DELETE_ENVIRONMENT).count() == ROUNDS


def delete(ada, environment):
    delete_environment(ada.actor, environment, typed_name=environment.name)


def test_an_environment_deleted_twice_at_once_is_deleted_once(ada, northwind):
    for number in range(ROUNDS):
        environment = create_environment(ada.actor, name=f"round {number}")
        copies = [Environment.objects.get(pk=environment.pk) for _ in range(3)]

        at_once([lambda copy=copy: delete(ada, copy) for copy in copies])

        assert Event.objects.filter(action=Action.DELETE_ENVIRONMENT, subject_id=environment.pk).count() == 1
    assert Environment.objects.filter(account=northwind.account).count() == 2


def test_of_two_environments_of_one_name_at_once_one_is_made(ada, northwind):
    said = at_once([lambda: create_environment(ada.actor, name="staging")] * 5)

    assert Counter(type(result) for result in said) == {Environment: 1, EnvironmentNameTaken: 4}
    assert northwind.account.environments.filter(name="staging").count() == 1


def test_a_key_revoked_many_times_at_once_is_written_down_once(ada, development):
    key = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    copies = [ApiKey.objects.select_related("environment").get(pk=key.pk) for _ in range(5)]

    said = at_once([lambda copy=copy: revoke_key(ada.actor, copy) for copy in copies])

    assert [type(result) for result in said] == [ApiKey] * 5
    assert Event.objects.filter(action=Action.REVOKE_KEY, subject_id=key.pk).count() == 1


def test_a_key_rotated_many_times_at_once_has_one_successor(ada, development):
    key = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    copies = [ApiKey.objects.select_related("environment").get(pk=key.pk) for _ in range(5)]

    said = at_once([lambda copy=copy: rotate_key(ada.actor, copy) for copy in copies])

    assert sum(isinstance(result, AlreadyRotating) for result in said) == 4
    assert ApiKey.objects.filter(rotated_from=key).count() == 1


def test_rotations_and_new_keys_at_once_never_pass_the_cap(ada, development, monkeypatch):
    olds = [create_key(ada.actor, development, type=ApiKey.Type.SECRET).key for _ in range(4)]
    monkeypatch.setattr(deeds, "MOST_KEYS", development.keys.live().count() + 3)
    copies = [ApiKey.objects.select_related("environment").get(pk=key.pk) for key in olds]
    rotations = [lambda copy=copy: rotate_key(ada.actor, copy) for copy in copies]

    said = at_once([*rotations, *[lambda: create_key(ada.actor, development, type="SECRET")] * 4])

    assert Counter(type(result) for result in said) == {deeds.IssuedKey: 3, deeds.TooManyKeys: 5}
    assert development.keys.live().count() == deeds.MOST_KEYS


def test_a_rotation_completed_and_cancelled_at_once_ends_once(ada, development):
    for _ in range(ROUNDS):
        old = create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
        new = rotate_key(ada.actor, old, overlap="1h").key
        copies = [ApiKey.objects.select_related("environment").get(pk=key.pk) for key in (old, new)]

        said = at_once(
            [
                lambda new=copies[1]: complete_rotation(ada.actor, new),
                lambda old=copies[0]: cancel_rotation(ada.actor, old),
            ]
        )

        assert sum(isinstance(result, NotRotating) for result in said) == 1
        assert ApiKey.objects.live().filter(pk__in=(old.pk, new.pk)).count() == 1


def test_keys_made_while_their_environment_is_deleted_leave_nothing_behind(ada, northwind):
    environment = create_environment(ada.actor, name="short-lived")
    copies = [Environment.objects.get(pk=environment.pk) for _ in range(4)]
    jobs = [lambda copy=copy: create_key(ada.actor, copy, type=ApiKey.Type.SECRET) for copy in copies[1:]]

    said = at_once([lambda: delete(ada, copies[0]), *jobs])

    assert not Environment.objects.filter(pk=environment.pk).exists()
    made = [result.secret for result in said if hasattr(result, "secret")]
    assert all(call("GET", "/v1/spaces", secret).status_code == 401 for secret in made)
    assert not ApiKey.objects.filter(environment_id=environment.pk).exists()


def test_a_counter_is_exact_for_fifty_at_once():
    """A naive counter lets several more pass (security.md, row 74)."""
    limit = limits.Limit("fifty at once", 17, timedelta(days=1))

    said = at_once([lambda: limits.hit(limit, "somebody")] * 50)

    assert sum(isinstance(result, limits.Hit) for result in said) == 17
    assert sum(isinstance(result, TooManyAttempts) for result in said) == 33


def test_what_is_given_back_can_be_had_again_and_no_more():
    limit = limits.Limit("given back", 10, timedelta(days=1))
    first = at_once([lambda: limits.hit(limit, "somebody")] * 10)

    at_once([hit.give_back for hit in first[:4]])
    again = at_once([lambda: limits.hit(limit, "somebody")] * 20)

    # A refused attempt counts as well, so at most the four are had again.
    assert sum(isinstance(result, limits.Hit) for result in again) == 4
