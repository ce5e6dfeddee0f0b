"""The budget for guessing: exact, one for page and API, silent about who exists, open to the owner."""

import re

import pytest
import time_machine
from django.test import Client

from conftest import PASSWORD
from environments.models import ApiKey
from events.models import Event
from tests.knock import at_once, call, refused

NOON = "2026-03-01T12:00:00Z"
HOME, ELSEWHERE = "192.0.2.10", "203.0.113.10"
WRONG = "not the password of anybody"


def exchange(email, password=WRONG, ip=ELSEWHERE, **extra):
    return call("POST", "/v1/auth", body={"email": email, "password": password}, REMOTE_ADDR=ip, **extra)


def sign_in(email, password=WRONG, ip=ELSEWHERE):
    return Client().post("/account/sign-in", {"login": email, "password": password}, REMOTE_ADDR=ip)


def page(answer):
    """What the page says, without what is new in every page."""
    return re.sub(r'value="[\w-]{60,}"', "", answer.content.decode())


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.mark.django_db
def test_ten_tries_for_one_login_from_one_network_and_no_more(clock, ada):
    statuses = [exchange(ada.email).status_code for _ in range(12)]

    assert statuses == [401] * 10 + [429] * 2


@pytest.mark.django_db
def test_the_refusal_says_when_to_come_back_and_that_is_true(clock, ada):
    for _ in range(10):
        exchange(ada.email)
    answer = exchange(ada.email)

    refused(answer, 429, "too_many_attempts")
    wait = int(answer["Retry-After"])
    clock.shift(wait - 1)
    refused(exchange(ada.email), 429)
    clock.shift(1)
    refused(exchange(ada.email), 401, "bad_proof")


@pytest.mark.django_db
def test_the_page_and_the_api_spend_the_same_budget(clock, ada):
    for _ in range(5):
        assert exchange(ada.email).status_code == 401
        assert sign_in(ada.email).status_code == 200

    answer = sign_in(ada.email)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    refused(exchange(ada.email), 429)


@pytest.mark.django_db
def test_the_right_password_is_refused_too_once_the_budget_is_spent(clock, ada):
    for _ in range(10):
        exchange(ada.email)

    refused(exchange(ada.email, PASSWORD), 429)


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", ["ADA@northwind.example", " ada@northwind.example ", "ａda@northwind.example"])
def test_another_spelling_is_the_same_login(clock, ada, spelling):
    for _ in range(10):
        exchange(ada.email)

    refused(exchange(spelling), 429)


@pytest.mark.django_db
def test_an_address_nobody_has_is_counted_and_answered_alike(clock, ada):
    known = [exchange(ada.email) for _ in range(12)]
    unknown = [exchange("nobody@northwind.example") for _ in range(12)]

    assert [one.status_code for one in known] == [one.status_code for one in unknown]
    assert [one.content for one in known] == [one.content for one in unknown]
    assert [one.get("Retry-After") for one in known] == [one.get("Retry-After") for one in unknown]


@pytest.mark.django_db
def test_the_page_says_the_same_to_an_address_nobody_has(clock, ada):
    known = [page(sign_in("ada@northwind.example")) for _ in range(12)]
    unknown = [page(sign_in("eve@northwind.example")) for _ in range(12)]

    assert known == [one.replace("eve@", "ada@") for one in unknown]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["inactive", "deactivated", "unusable password"])
def test_nobody_learns_the_state_of_a_login(clock, ada, state):
    user = ada.member.user
    if state == "inactive":
        user.is_active = False
    if state == "unusable password":
        user.set_unusable_password()
    user.save()
    if state == "deactivated":
        type(ada.member).objects.update(deactivated_at=user.created_at)

    answers = [exchange(email, PASSWORD) for email in (ada.email, "nobody@northwind.example")]

    assert answers[0].status_code == answers[1].status_code == 401
    assert answers[0].content == answers[1].content


@pytest.mark.django_db
def test_a_thousand_networks_get_twenty_tries_at_one_login_and_no_more(clock, ada):
    statuses = [exchange(ada.email, ip=f"198.18.{number}.1").status_code for number in range(40)]

    assert statuses == [401] * 20 + [429] * 20


@pytest.mark.django_db
def test_no_hour_holds_more_than_a_hundred_guesses_at_one_login(clock, ada):
    homes = [f"192.0.{number}.10" for number in range(4)]
    for home in homes:
        exchange(ada.email, PASSWORD, ip=home)
    clock.move_to("2026-03-01T12:29:00Z")

    passed = 0
    for minute in range(0, 60, 2):
        for ip in (*homes, *(f"198.{number}.{minute}.1" for number in range(18, 21))):
            passed += exchange(ada.email, ip=ip).status_code == 401
        clock.shift(120)

    assert 33 <= passed <= 100


@pytest.mark.django_db
def test_one_network_gets_thirty_tries_at_all_logins_together(clock, ada):
    statuses = [exchange(f"person{number}@northwind.example").status_code for number in range(40)]

    assert statuses == [401] * 30 + [429] * 10


@pytest.mark.django_db
def test_addresses_of_one_network_count_together(clock, ada):
    for number in range(10):
        exchange(ada.email, ip=f"203.0.113.{number}")

    refused(exchange(ada.email, ip="203.0.113.99"), 429)


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_a_claimed_address_buys_no_tries(clock, ada, header):
    statuses = [exchange(ada.email, **{header: f"198.18.{number}.1"}).status_code for number in range(12)]

    assert statuses == [401] * 10 + [429] * 2


@pytest.mark.django_db
def test_the_owner_gets_in_from_a_known_network_while_others_guess(clock, ada):
    assert exchange(ada.email, PASSWORD, ip=HOME).status_code == 200
    for number in range(40):
        exchange(ada.email, ip=f"198.18.{number}.1")

    assert exchange(ada.email, PASSWORD, ip=HOME).status_code == 200
    assert sign_in(ada.email, PASSWORD, ip=HOME).status_code == 302


@pytest.mark.django_db
def test_keys_tokens_and_sessions_never_meet_the_budget(clock, ada, pat, browser_of, development):
    browser = browser_of(ada)
    for number in range(40):
        exchange(ada.email, ip=f"198.18.{number}.1")

    assert call("GET", "/v1/spaces", pat, REMOTE_ADDR=ELSEWHERE).status_code == 200
    key = development.keys.get(type=ApiKey.Type.SECRET).text
    assert call("GET", "/v1/spaces", key, REMOTE_ADDR=ELSEWHERE).status_code == 200
    assert browser.get("/dashboard/environments").status_code == 200


@pytest.mark.django_db
def test_success_spends_nothing(clock, ada):
    assert {exchange(ada.email, PASSWORD).status_code for _ in range(50)} == {200}


@pytest.mark.django_db
def test_client_pairs_have_the_same_budget(clock, ada):
    body = {"clientId": "00000000-0000-4000-8000-000000000000", "secret": "x"}

    statuses = [call("POST", "/v1/auth", body=body, REMOTE_ADDR=ELSEWHERE).status_code for _ in range(12)]

    assert statuses == [401] * 10 + [429] * 2


@pytest.mark.django_db
def test_confirming_the_password_in_the_dashboard_is_counted_too(clock, ada, browser_of):
    browser = browser_of(ada)
    browser.grow_stale()
    for _ in range(10):
        browser.post("/dashboard/personal-access-tokens", {"name": "CI", "password": WRONG})

    answer = browser.post("/dashboard/personal-access-tokens", {"name": "CI", "password": PASSWORD})

    assert answer.status_code == 429
    assert not ada.member.tokens.exists()


@pytest.mark.django_db
def test_the_sign_in_page_says_it_itself_and_keeps_the_address(clock, ada):
    for _ in range(10):
        sign_in(ada.email)

    html = sign_in(ada.email).content.decode()

    assert "Too many attempts. Try again in 900 seconds." in html
    assert f'value="{ada.email}"' in html
    assert "Sign in to Latchkey" in html


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["personal-access-tokens", "{}/keys", "environments/{}/delete"])
def test_a_dialog_that_asks_for_the_password_says_it_itself_and_keeps_what_was_typed(
    clock, ada, browser_of, production, address
):
    browser, address = browser_of(ada), f"/dashboard/{address.format(production.pk)}"
    browser.grow_stale()
    typed = {"name": "Storefront", "type": "SECRET", "typed_name": production.name}
    for _ in range(10):
        browser.post(address, typed | {"password": WRONG})

    answer = browser.post(address, typed | {"password": PASSWORD})

    html = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "Too many attempts. Try again in 900 seconds." in html
    assert 'value="Storefront"' in html or f'value="{production.name}"' in html
    assert 'autocomplete="current-password"' in html


@pytest.mark.django_db
def test_the_page_that_changes_the_password_says_it_itself(clock, ada, browser_of):
    browser = browser_of(ada)
    body = {"oldpassword": WRONG, "password1": "a new one of many letters", "password2": "a new one of many letters"}
    for _ in range(10):
        browser.post("/account/change-password", body)

    answer = browser.post("/account/change-password", body | {"oldpassword": PASSWORD})

    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "Too many attempts. Try again in 900 seconds." in answer.content.decode()
    assert ada.member.user.check_password(PASSWORD)


@pytest.mark.django_db
def test_every_failure_is_on_record_and_a_refused_try_is_not(clock, ada):
    for _ in range(12):
        exchange(ada.email)

    rows = Event.objects.filter(topic="sign-in:refused")
    assert rows.count() == 10
    assert {row.account_id for row in rows} == {ada.member.account_id}
    assert {(row.subject_label, row.ip) for row in rows} == {(ada.email, ELSEWHERE)}


@pytest.mark.django_db(transaction=True)
def test_the_budget_is_exact_when_all_tries_come_at_once(ada):
    answers = at_once([lambda: exchange(ada.email).status_code] * 30)

    assert sorted(answers) == [401] * 10 + [429] * 20


@pytest.mark.django_db(transaction=True)
def test_the_budget_is_exact_over_both_pathways_at_once(ada):
    answers = at_once([lambda: exchange(ada.email).status_code, lambda: sign_in(ada.email).status_code] * 12)

    assert len([status for status in answers if status in (200, 401)]) == 10
    assert answers.count(429) == 14
