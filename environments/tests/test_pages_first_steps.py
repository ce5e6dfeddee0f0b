"""The first steps on an environment's home: what to do first, ticked by doing it."""

from datetime import UTC, datetime, timedelta

import pytest

from environments.actions import create_key, reveal_key
from environments.models import ApiKey
from environments.tests.homes import shown, used
from events.usage import meter
from spaces.actions import create_space
from tests.knock import call

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def test_where_nothing_was_asked_yet_stands_what_to_do_first(browser, development, secret_key):
    html = shown(browser, development)

    assert "Get development going" in html
    assert "0 of 3 done" in html
    assert "Bearer $SECRET_KEY" in html
    assert secret_key not in html


def test_the_steps_tick_themselves(browser, ada, development, secret_key):
    reveal_key(ada.actor, development.keys.get(type=ApiKey.Type.SECRET))
    assert "1 of 3 done" in shown(browser, development)

    create_space(ada.actor, development, name="First")
    assert "2 of 3 done" in shown(browser, development)

    call("GET", "/v1/spaces", secret_key)
    assert "3 of 3 done" in shown(browser, development)

    meter.flush()
    assert "of 3 done" not in shown(browser, development)


def test_a_key_of_ones_own_making_was_copied(browser, ada, development):
    ApiKey.objects.filter(environment=development).update(created_at=NOW - timedelta(days=1))
    type(development).objects.filter(pk=development.pk).update(created_at=NOW - timedelta(days=1))
    assert "0 of 3 done" in shown(browser, development)

    create_key(ada.actor, development, type=ApiKey.Type.SECRET)

    assert "1 of 3 done" in shown(browser, development)


def test_what_was_done_elsewhere_ticks_nothing(browser, ada, development, production, sam, lumen):
    for actor, environment in ((ada.actor, production), (sam.actor, lumen.environments[0])):
        reveal_key(actor, environment.keys.get(type=ApiKey.Type.SECRET))
        create_space(actor, environment, name="Elsewhere")
        used(environment, f"Of {environment.pk}")

    assert "0 of 3 done" in shown(browser, development)
