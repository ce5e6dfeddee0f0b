"""The link of a reset mail: it sets one new password, once, and ends what was opened with the old one."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.actions import ResetLinkSpent, change_password, reset_password
from accounts.mail import reset_url
from accounts.models import User
from conftest import PASSWORD
from events.models import Event
from tests.knock import at_once, call, refused
from tokens.actions import create_client, create_token
from tokens.credentials import exchange_client, exchange_password

NEW = "an entirely different long password"
HOST = "http://127.0.0.1:8000"


@pytest.fixture
def url(ada):
    """The address in a mail to Ada, as the worker would write it."""
    return reset_url(User.objects.get(pk=ada.member.user_id))


def choose(url, password=NEW):
    """Follow the link in a browser of its own and send the form behind it."""
    browser = Client(raise_request_exception=False)
    form = browser.get(url.removeprefix(HOST))
    if form.status_code != 302:
        return form
    return browser.post(form["Location"], {"password1": password, "password2": password})


def opens(email, password):
    return call("POST", "/v1/auth", body={"email": email, "password": password}).status_code == 200


@pytest.mark.django_db
def test_the_link_sets_a_new_password_once(ada, url):
    assert choose(url).status_code == 302
    assert opens(ada.email, NEW)
    assert not opens(ada.email, PASSWORD)
    assert choose(url, "yet another quite long password").status_code == 200
    assert opens(ada.email, NEW)


@pytest.mark.django_db
def test_the_secret_leaves_the_address_before_a_page_is_shown(url):
    browser = Client()
    first = browser.get(url.removeprefix(HOST))
    page = browser.get(first["Location"])

    secret = url.rpartition("-")[2]
    assert first.status_code == 302
    assert secret not in first["Location"]
    assert secret not in page.content.decode()


@pytest.mark.django_db
def test_looking_at_the_link_spends_nothing(ada, url):
    for _ in range(20):
        browser = Client()
        browser.head(url.removeprefix(HOST))
        browser.get(browser.get(url.removeprefix(HOST))["Location"])

    assert choose(url).status_code == 302
    assert opens(ada.email, NEW)


@pytest.mark.django_db
def test_a_link_is_good_for_an_hour(ada):
    with time_machine.travel("2030-03-01T12:00:00Z", tick=False) as clock:
        user = User.objects.get(pk=ada.member.user_id)
        late, early = reset_url(user), reset_url(user)
        clock.shift(timedelta(minutes=59))
        assert choose(early, "short").status_code == 200  # the form is there, the password too short
        clock.shift(timedelta(minutes=2))

        assert choose(late).status_code == 200
        assert opens(ada.email, PASSWORD)


@pytest.mark.django_db
def test_a_link_dies_with_any_change_of_the_password(ada, url):
    change_password(ada.actor, User.objects.get(), "chosen in the dashboard, long enough")

    assert choose(url).status_code == 200
    assert not opens(ada.email, NEW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [lambda key: key[:-1] + ("a" if key[-1] != "a" else "b"), lambda key: key + "a", str.upper]
)
def test_a_link_that_was_changed_opens_nothing(ada, url, change):
    base, _, rest = url.rpartition("/")

    assert choose(f"{base}/{change(rest)}").status_code in (200, 404)
    assert opens(ada.email, PASSWORD)


@pytest.mark.django_db
def test_a_reset_ends_tokens_pairs_and_access_tokens(ada, url):
    origin = ada.actor.origin
    pat, pair = create_token(ada.actor, name="CI").secret, create_client(ada.actor)
    tokens = [
        pat,
        exchange_password(ada.email, PASSWORD, origin).text,
        exchange_client(pair.client.client_id, pair.secret, origin).text,
    ]

    choose(url)

    for token in tokens:
        refused(call("GET", "/v1/auth/whoami", token), 401, "invalid_credential")
    refused(call("POST", "/v1/auth", body={"clientId": pair.client.client_id, "secret": pair.secret}), 401, "bad_proof")


@pytest.mark.django_db
def test_a_reset_leaves_api_keys_and_other_people_alone(ada, uma, secret_key, password_token, url):
    hers = password_token(uma)

    choose(url)

    assert call("GET", "/v1/spaces", secret_key).status_code == 200
    assert call("GET", "/v1/spaces", hers).status_code == 200


@pytest.mark.django_db
def test_a_reset_is_on_record_and_gives_the_whole_budget_back(ada, url):
    for number in range(20):
        call("POST", "/v1/auth", body={"email": ada.email, "password": "x"}, REMOTE_ADDR=f"198.18.{number}.1")

    choose(url)

    assert Event.objects.get(topic="password:reset").subject_id == ada.member.pk
    body = {"email": ada.email, "password": NEW}
    assert call("POST", "/v1/auth", body=body, REMOTE_ADDR="198.18.99.1").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_many_uses_of_one_link_at_once_exactly_one_succeeds(ada, url):
    passwords = [f"{NEW} number {number}" for number in range(12)]

    answers = at_once([lambda password=password: choose(url, password).status_code for password in passwords])

    assert answers.count(302) == 1
    user = User.objects.get()
    assert [password for password in passwords if user.check_password(password)] == [passwords[answers.index(302)]]
    assert Event.objects.filter(topic="password:reset").count() == 1


@pytest.mark.django_db
def test_the_slower_of_two_resets_is_refused(ada):
    one, other = User.objects.get(), User.objects.get()
    reset_password(ada.actor, one, NEW)

    with pytest.raises(ResetLinkSpent):
        reset_password(ada.actor, other, "yet another quite long password")


@pytest.mark.django_db
def test_what_the_old_password_opened_while_the_new_one_was_hashed_ends_as_well(ada):
    user = User.objects.get(pk=ada.member.user_id)
    with time_machine.travel("2030-03-01T12:00:00Z", tick=False) as clock:

        def slowly(execute, sql, *rest):
            if sql.startswith("SAVEPOINT"):  # the hash is made by now
                clock.shift(timedelta(seconds=1))
            return execute(sql, *rest)

        begun = timezone.now()
        with connection.execute_wrapper(slowly):
            reset_password(ada.actor, user, NEW)

    user.refresh_from_db()
    assert user.sign_ins_not_before == user.tokens_not_before == begun + timedelta(seconds=1)
