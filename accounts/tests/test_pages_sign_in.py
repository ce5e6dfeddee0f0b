"""Signing in, up and out, and passwords, through the pages."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.actions import add_member
from accounts.mail import reset_url, send_password_reset
from accounts.models import Account, User
from config.setup import open_account
from conftest import PASSWORD, REASON, Browser, bearer
from tests.knock import work
from tokens.actions import create_token

pytestmark = pytest.mark.django_db

NEW = "a quite different long phrase"


def path_of(url):
    return re.sub(r"^https?://[^/]+", "", url)


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def test_the_right_password_leads_to_the_dashboard(ada, client):
    answer = client.post("/account/sign-in", {"login": ada.email, "password": ada.password})

    assert answer["Location"] == "/dashboard"


def test_the_page_goes_on_where_one_wanted_to_go(ada, client):
    wanted = client.get("/dashboard/logs")["Location"]

    answer = client.post(wanted, {"login": ada.email, "password": ada.password, "next": "/dashboard/logs"})

    assert wanted == "/account/sign-in?next=%2Fdashboard%2Flogs"
    assert answer["Location"] == "/dashboard/logs"


@pytest.mark.parametrize("next_url", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_address_elsewhere_is_followed(ada, client, next_url):
    answer = client.post("/account/sign-in", {"login": ada.email, "password": ada.password, "next": next_url})

    assert answer["Location"] == "/dashboard"


def test_a_wrong_password_and_an_unknown_address_get_the_same_page(ada, client):
    wrong = client.post("/account/sign-in", {"login": ada.email, "password": "wrong"}).content.decode()
    unknown = client.post("/account/sign-in", {"login": "no@northwind.example", "password": "wrong"}).content.decode()

    same = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+|ada@|no@')
    assert "E-mail and password do not match" in wrong
    assert same.sub("", wrong) == same.sub("", unknown)


def test_too_many_attempts_are_answered_with_429(ada, client):
    answers = [client.post("/account/sign-in", {"login": ada.email, "password": "wrong"}) for _ in range(11)]

    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Try again in" in answers[-1].content.decode()


def test_signing_out_is_a_post(browser):
    asked = browser.get("/account/sign-out")
    browser.post("/account/sign-out")

    assert "Sign out?" in asked.content.decode()
    assert browser.get("/dashboard/logs")["Location"].startswith("/account/sign-in")


def test_whoever_is_signed_in_needs_no_sign_in(browser):
    assert browser.get("/account/sign-in")["Location"] == "/dashboard"


def test_no_form_without_its_csrf_token_is_accepted(ada):
    answer = Browser(enforce_csrf_checks=True).post("/account/sign-in", {"login": ada.email, "password": ada.password})

    assert answer.status_code == 403
    assert "csrf_failed" in answer.content.decode()


# Forgotten passwords


def test_the_answer_is_the_same_whether_the_address_exists_or_not(ada, client):
    known = client.post("/account/forgot-password", {"email": ada.email})
    unknown = client.post("/account/forgot-password", {"email": "no@northwind.example"})

    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"] == "/account/forgot-password/sent"


def test_the_mail_holds_the_link_as_text_and_html(ada):
    send_password_reset.call(ada.email)

    message = mail.outbox[-1]
    html = message.alternatives[0].content
    assert message.subject == "Choose a new password for Latchkey"
    assert re.search(r"/account/reset-password/\w+-[\w-]+", message.body)
    assert re.search(r'href="[^"]+/account/reset-password/\w+-[\w-]+"', html)
    assert "60 minutes" in message.body


def test_the_link_sets_a_new_password_and_ends_everything(ada, client, browser):
    token = create_token(ada.actor, name="Nightly").secret
    clean = client.get(path_of(reset_url(User.objects.get())))["Location"]

    answer = client.post(clean, {"password1": NEW, "password2": NEW})

    assert clean.endswith("-set-password")
    assert answer["Location"] == reverse("account_reset_password_from_key_done")
    assert browser.get("/dashboard/logs")["Location"].startswith("/account/sign-in")
    assert client.get("/v1/spaces", headers=bearer(token)).status_code == 401
    assert client.post("/account/sign-in", {"login": ada.email, "password": NEW})["Location"] == "/dashboard"


def test_the_link_works_once(ada, client):
    link = path_of(reset_url(ada.member.user))
    client.post(client.get(link)["Location"], {"password1": NEW, "password2": NEW})

    assert "no longer good" in Browser().get(link).content.decode()


def test_a_short_password_is_refused_with_its_reason(ada, client):
    clean = client.get(path_of(reset_url(ada.member.user)))["Location"]

    answer = client.post(clean, {"password1": "short", "password2": "short"})

    assert "at least 15" in answer.content.decode()


# Changing one's own


def test_the_session_that_changes_the_password_goes_on_and_others_end(ada, browser, browser_of):
    elsewhere = browser_of(ada)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    answer = browser.post("/account/change-password", given, follow=True)

    assert "Your password is changed" in answer.content.decode()
    assert browser.get("/dashboard/logs").status_code == 200
    assert elsewhere.get("/dashboard/logs")["Location"].startswith("/account/sign-in")


def test_a_stale_session_proves_itself_with_the_old_password(browser):
    browser.grow_stale()

    answer = browser.post("/account/change-password", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert answer.status_code == 302
    assert User.objects.get().check_password(NEW)


def test_the_wrong_old_password_changes_nothing(browser):
    answer = browser.post("/account/change-password", {"oldpassword": "wrong", "password1": NEW, "password2": NEW})

    assert "That is not your password" in answer.content.decode()
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(("ticked", "status"), [({}, 200), ({"end_tokens": "on"}, 401)])
def test_tokens_end_when_asked_to(ada, browser, client, ticked, status):
    token = create_token(ada.actor, name="Nightly").secret

    browser.post("/account/change-password", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | ticked)

    assert client.get("/v1/spaces", headers=bearer(token)).status_code == status


# Signing up


def test_there_is_no_sign_up_while_registration_is_closed(client):
    assert client.get("/account/sign-up").status_code == 404
    assert "Ask one of your administrators" in client.get("/account/sign-in").content.decode()


def test_an_open_registration_makes_an_account_after_the_code(settings, client):
    settings.REGISTRATION = "open"
    given = {"account": "Acme", "name": "Noor Haddad", "email": "noor@acme.example", "password1": PASSWORD}

    asked = client.post("/account/sign-up", given)
    work()
    code = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    answer = client.post(asked["Location"], {"code": code})

    assert asked["Location"] == "/account/confirm-email"
    assert answer["Location"] == "/dashboard"
    assert Account.objects.get().name == "Acme"
    assert "Noor Haddad" in client.get("/dashboard", follow=True).content.decode()


def test_a_sign_up_with_a_known_address_looks_the_same(settings, ada, client):
    settings.REGISTRATION = "open"
    given = {"account": "Acme", "name": "Eve", "email": ada.email, "password1": NEW}

    answer = client.post("/account/sign-up", given)

    assert answer["Location"] == "/account/confirm-email"
    work()
    assert "You already have a login" in mail.outbox[-1].subject
    assert Account.objects.count() == 1


def test_the_confirmation_page_has_nothing_for_others(browser, client):
    assert browser.get("/account/confirm-email")["Location"] == "/dashboard"
    assert client.get("/account/confirm-email")["Location"] == "/account/sign-in"


# Several accounts


def test_one_goes_on_in_another_account_of_ones_own(ada, browser):
    from django.utils import timezone

    from access.actors import Actor

    other = open_account(name="Lumen", email="sam@lumen.example", password=PASSWORD, person="Sam", reason=REASON)
    system = Actor.system(REASON, timezone.now(), other.account.pk)
    add_member(system, other.account, ada.member.user, other.account.roles.get(name="Admin"))

    offered = browser.get("/dashboard/logs").content.decode()
    browser.post("/account/switch", {"account_id": other.account.pk})

    assert f'value="{other.account.pk}"' in offered
    assert browser.get("/dashboard", follow=True).context["chrome"].account == other.account


def test_nobody_goes_on_in_a_strangers_account(browser, lumen):
    assert browser.post("/account/switch", {"account_id": lumen.account.pk}).status_code == 404


def test_every_login_made_here_can_sign_in_at_once(ada):
    assert EmailAddress.objects.get(user=ada.member.user).verified
