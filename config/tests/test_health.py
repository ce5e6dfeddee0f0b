"""What a load balancer and a monitor ask."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config import health
from tests.knock import call, refused

TOKEN = "a-monitor-may-read-metrics"


def away(*_):
    raise OperationalError("the database is away")


@pytest.fixture
def _unknown_migrations(monkeypatch):
    monkeypatch.setattr(health, "_known_migrated", False)


def test_a_process_that_answers_is_healthy_without_a_database():
    answer = call("GET", "/healthz")

    assert answer.json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_process_is_healthy_while_the_database_is_away():
    with connection.execute_wrapper(away):
        assert call("GET", "/healthz").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("_unknown_migrations")
def test_a_migrated_database_is_ready():
    answer = call("GET", "/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
def test_a_database_that_is_away_is_not_ready_and_says_when_to_ask_again():
    call("GET", "/readyz")

    with connection.execute_wrapper(away):
        answer = call("GET", "/readyz")

    refused(answer, 503, "not_ready")
    assert answer["Retry-After"] == "2"


@pytest.mark.django_db
@pytest.mark.usefixtures("_unknown_migrations")
def test_a_database_that_lacks_a_migration_is_not_ready():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'tokens'")

    refused(call("GET", "/readyz"), 503, "not_ready")


@pytest.mark.django_db
def test_metrics_are_not_there_without_a_token(settings):
    settings.METRICS_TOKEN = ""

    refused(call("GET", "/metrics", TOKEN), 404, "not_found")


@pytest.mark.django_db
def test_metrics_are_for_the_bearer_of_their_token_alone(settings, pat):
    settings.METRICS_TOKEN = TOKEN

    for wrong in ("", "wrong", pat, TOKEN + "x", TOKEN[:-1], TOKEN.upper()):
        refused(call("GET", "/metrics", wrong), 401, "invalid_credential")
    answer = call("GET", "/metrics", TOKEN)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    assert "latchkey_requests_total" in answer.content.decode()


@pytest.mark.django_db
def test_metrics_name_no_path_and_no_credential(settings, pat):
    settings.METRICS_TOKEN = TOKEN
    call("GET", f"/v1/spaces?key={pat}", pat)
    call("BREW" + "X" * 50, "/v1/spaces", pat)

    text = call("GET", "/metrics", TOKEN).content.decode()

    assert pat not in text
    assert "/v1/spaces" not in text
    assert "BREW" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/.well-known/jwks.json"])
def test_watchers_set_no_cookie_and_disclose_no_version(path):
    answer = Client().get(path)

    assert not answer.cookies
    assert "Server" not in answer
    assert "django" not in answer.content.decode().lower()
