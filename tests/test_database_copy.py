"""A copy of the database: no value in it opens anything, as a bearer, as a cookie, as a password or as a link."""

import base64
import json
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from access.actors import Origin
from accounts.actions import ask_password_reset
from accounts.sessions import unsigned
from guests.credentials import ask_link, resolve_guest_session, use_link
from guests.links import find_link, is_code_of
from guests.models import Guest, MagicLink
from guests.pages.carried import Carried, carried
from tests.knock import call, work
from tokens.credentials.exchange import _is_proven
from tokens.models import AccessToken, ClientCredential

pytestmark = pytest.mark.django_db


def tables():
    """Every row of every table there is, ours or not, as the driver gives it."""
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", value) for name, value in zip(columns, row, strict=True))


def texts(value):
    """A value in every form somebody would try it in."""
    if isinstance(value, (bytes, memoryview)):
        raw = bytes(value)
        yield from (raw.decode("latin-1"), raw.hex(), base64.urlsafe_b64encode(raw).decode())
        return
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    yield text
    if text[:1] in "[{":
        yield from (str(inner) for inner in leaves(json.loads(text)))
    for decode in (bytes.fromhex, base64.urlsafe_b64decode):
        try:
            yield decode(text).decode("latin-1")
        except ValueError:
            continue


def leaves(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        yield value
    else:
        for one in inner:
            yield from leaves(one)


def come_in(world):
    """A guest has been invited, has come in, and has a sign-in link that is still good."""
    space, guest = (world.things["own"][name] for name in ("space_id", "guest_id"))
    mails = len(mail.outbox)
    invited = {"guestId": guest, "spaceId": space}
    assert call("POST", "/v1/invitations", body=invited, **world.api["ada"]["pat"]).status_code == 200
    address = Guest.objects.get(pk=guest).email
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        ask_link(address, space, Origin("203.0.113.9"))
        work()
        use_link(MagicLink.objects.get(kind="sign_in").pk, Origin(), kind=AccessToken.Kind.GUEST_SESSION)
    ask_link(address, space, Origin("203.0.113.9"))
    work()
    assert len(mail.outbox) >= mails + 3


@pytest.fixture
def copy(world):
    """Column and text of everything in the database, each text once; a reset of Ada's password is on its way."""
    come_in(world)
    ask_password_reset(world.people["ada"].email, "203.0.113.9")
    found = {}
    for column, value in tables():
        for text in texts(value) if value not in (None, "") else ():
            found.setdefault(text, column)
    return found


def test_the_copy_holds_what_there_is(copy, world):
    columns = set(copy.values())

    assert {"environments_apikey.digest", "tokens_personalaccesstoken.digest", "django_session.session_data"} <= columns
    assert world.people["ada"].member.user.password in copy
    assert len(copy) > 500


def test_what_is_not_in_the_copy_opens_as_it_should(copy, world):
    bearer, cookie = world.api["fresh"]["access token"], world.pages["ada"]["session"]
    key = unsigned(cookie["HTTP_COOKIE"].partition("=")[2])

    assert call("GET", "/v1/auth/whoami", **bearer).status_code == 200
    assert Client().get("/dashboard/environments", **cookie).status_code == 200
    assert key in copy
    assert not [text for text in (*bearer.values(), *cookie.values()) if text.split("=")[-1].split(" ")[-1] in copy]


def test_no_value_is_a_credential_of_the_api(copy):
    expected = call("GET", "/v1/auth/whoami", "junk").content

    opened = {}
    for text, column in copy.items():
        header = text.encode("utf-8", "surrogatepass").decode("latin-1")
        answer = call("GET", "/v1/auth/whoami", header)
        if answer.status_code == 200 or (answer.content != expected and "," not in header):
            opened[column] = text

    assert opened == {}


def test_no_value_is_a_session(copy):
    browser = Client(raise_request_exception=False)
    opened = {}
    for text, column in copy.items():
        if not text.isascii() or not text.isprintable():
            continue  # no server hands such a cookie on
        browser.cookies[settings.SESSION_COOKIE_NAME] = text
        if browser.get("/dashboard/environments").status_code != 302:
            opened[column] = text
        browser.cookies.clear()

    assert opened == {}


def test_no_value_is_a_link_of_a_guest(copy):
    assert MagicLink.objects.live().filter(kind="sign_in").exclude(digest=None).exists()

    assert [column for text, column in copy.items() if find_link(text)] == []
    link = MagicLink.objects.live().get(kind="sign_in")
    assert [column for text, column in copy.items() if is_code_of(link, text)] == []


def test_no_value_is_a_session_of_a_guest_nor_what_a_browser_carries(copy):
    browser = RequestFactory().get("/space/x")
    opened = {}
    for text, column in copy.items():
        browser.COOKIES = {settings.GUEST_COOKIE_NAME: text, settings.LINK_COOKIE_NAME: text}
        if resolve_guest_session(browser) or carried(browser) != Carried():
            opened[column] = text

    assert opened == {}


def test_no_value_is_even_a_signed_cookie(copy):
    assert [column for text, column in copy.items() if unsigned(text)] == []


def test_no_value_is_a_proof(copy, world):
    """Passwords, client secrets and reset links, checked where they are checked and past the budget for guessing."""
    user = world.people["ada"].member.user
    pairs = list(ClientCredential.objects.select_related("member__user"))

    assert [column for text, column in copy.items() if user.check_password(text)] == []
    assert [column for text, column in copy.items() if any(_is_proven(pair, text) for pair in pairs)] == []


def test_no_value_contains_a_secret_in_the_clear(copy, world):
    secrets = {name: text for name, text in world.secrets.items() if text}

    found = {name: column for name, text in secrets.items() for held, column in copy.items() if text in held}

    assert found == {}


def test_the_queue_holds_an_address_and_no_link(copy):
    queued = [text for text, column in copy.items() if column.startswith("django_tasks")]

    assert any("ada@northwind.example" in text for text in queued)
    assert not [text for text in queued if "reset-password" in text or "inv_" in text or "link_" in text]


def test_every_secret_of_the_product_was_in_this_copy(copy):
    """So that a new model is looked at here before it keeps something as it is."""
    names = {f"{model._meta.db_table}" for model in apps.get_models() if model.objects.exists()}
    seen = {column.partition(".")[0] for column in copy.values()}

    assert {
        name for name in names if name.startswith(("accounts", "environments", "tokens", "spaces", "guests"))
    } <= seen
