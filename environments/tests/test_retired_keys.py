"""Keys that have ended and are still tried: by API and in the log. Their page is in test_pages_rotation.py."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from environments.actions import create_key, revoke_key
from environments.models import ApiKey
from tests.knock import call, refused, shown

pytestmark = pytest.mark.django_db
KNOCK = {"REMOTE_ADDR": "203.0.113.4", "HTTP_USER_AGENT": "curl/8.5.0"}


def knock(secret):
    refused(call("GET", "/v1/spaces", secret, **KNOCK), 401)


def knocking(credential, environment):
    return shown(call("GET", f"/v1/auth/api-keys?environmentId={environment.pk}&usedAfterEnd=true", credential))


@pytest.fixture
def dead(ada, development):
    issued = create_key(ada.actor, development, type="SECRET", name="Nightly")
    revoke_key(ada.actor, issued.key)
    return issued


def test_a_key_used_after_its_end_is_listed_with_who_used_it(pat, development, dead):
    knock(dead.secret)

    (key,) = knocking(pat, development)

    assert (key["id"], key["hint"]) == (dead.key.pk, dead.key.hint)
    assert (key["usedAfterEndBy"], key["usedAfterEndFrom"]) == ("curl/8.5.0", "203.0.113.4")
    assert key["endedAt"] <= key["usedAfterEndAt"]
    assert "rawKey" not in key


def test_what_works_and_what_nobody_tried_is_not_listed(secret_key, pat, development, dead):
    shown(call("GET", "/v1/spaces", secret_key))

    assert knocking(pat, development) == []


def test_a_fresh_proof_reveals_no_key_that_has_ended(ada, password_token, development, dead):
    knock(dead.secret)

    (key,) = knocking(password_token(ada), development)

    assert "rawKey" not in key


def test_the_latest_stands_first_and_a_month_later_it_is_forgotten(ada, pat, development, dead):
    other = create_key(ada.actor, development, type="SECRET", expires_at=timezone.now() + timedelta(days=1))
    knock(dead.secret)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        knock(other.secret)
        assert [key["id"] for key in knocking(pat, development)] == [other.key.pk, dead.key.pk]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert [key["id"] for key in knocking(pat, development)] == [other.key.pk]


def test_the_keys_that_work_are_listed_as_ever_without_the_question(pat, development, dead):
    knock(dead.secret)

    for rest in ("", "&usedAfterEnd=false"):
        keys = shown(call("GET", f"/v1/auth/api-keys?environmentId={development.pk}{rest}", pat))
        assert {key["id"] for key in keys} == set(development.keys.live().values_list("pk", flat=True))


def test_a_stranger_and_another_environment_see_none(pat, sam, password_token, development, production, dead):
    knock(dead.secret)

    address = f"/v1/auth/api-keys?environmentId={development.pk}&usedAfterEnd=true"
    refused(call("GET", address, password_token(sam)), 404, "not_found")
    assert knocking(pat, production) == []


@pytest.mark.parametrize("kind", ApiKey.Type.values)
def test_the_log_tells_of_a_use_after_retirement(browser_of, ada, development, kind):
    issued = create_key(ada.actor, development, type=kind, name="Nightly")
    revoke_key(ada.actor, issued.key)
    knock(issued.secret)

    html = browser_of(ada).get("/dashboard/logs").content.decode()

    assert "use after retirement of the key <b>Nightly</b>" in html
    assert "Used after retirement: the key has been deleted or has ended." in html
