"""Every page of guests under scanners and hostile inputs: looking leaves no trace, nothing odd is an error of ours."""

import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.test import Client

from access.actors import Grant, Role
from config.paths import GUESTS
from config.routes import routes
from config.setup import open_account
from conftest import session_actor
from guests.actions import create_shared_link, invite_guest, make_clip_link
from guests.clip_links import secret_of
from guests.models import ClipLink, Guest, MagicLink, SharedLink
from guests.tests.browsing import NAME, link_for, newest
from spaces.models import DataClip, Document, Record, Sheet, Workbook
from tests import nasty
from tests.knock import whole
from tests.matrix.table import PLACEHOLDER
from tests.places import come_in, furnish, give, make_clip, make_guest, share
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

ROUTES = [route for route in routes() if f"{route['path']}/".startswith(GUESTS)]
DOORS = ("/invite", "/sign-in-link", "/shared", "/clip-link")
POSTS = [route["path"] for route in ROUTES if "POST" in route["methods"]]
WRITTEN = (Record, Sheet, DataClip, Workbook, Document, MagicLink, SharedLink, ClipLink)
OURS = {"accounts", "environments", "spaces", "tokens", "guests", "events"}
LOOKS = [
    ("get", {}),
    ("head", {"HTTP_USER_AGENT": "SafeLinks/1"}),
    ("get", {"HTTP_SEC_PURPOSE": "prefetch;prerender"}),
    ("options", {}),
]
FIELDS = ("password", "code", "email", "space", "name", "message", "version", NAME)
PASSWORD = "open sesame"


class Scene:
    """A guest of a space and of a clip in it; and the four links that lead somewhere there."""

    def __init__(self, admin, environment):
        self.place = furnish(environment, "Onboarding data")
        self.space, self.sheet = self.place.space, self.place.sheets[0]
        self.record = self.sheet.records.order_by("position").first()
        self.gus = make_guest(environment, "gus@guest.example")
        give(self.gus, self.space)
        self.clip = make_clip(admin, self.sheet, self.record)
        share(self.clip, self.gus)
        self.shared = create_shared_link(admin, self.space, most_uses=1)
        self.locked = create_shared_link(admin, furnish(environment, "Locked").space, password=PASSWORD)
        invite_guest(admin, self.gus, space=self.space)
        links = [newest()[0], link_for(self.gus, self.space), f"/shared/{self.shared.secret}"]
        self.links = [*links, f"/clip-link/{secret_of(make_clip_link(admin, self.clip))}"]

    def things(self, path):
        """What stands in the braces of a page: of the clip, or of the space."""
        is_clip = path.startswith("/clip")
        found = {"space_id": self.space, "workbook_id": self.place.workbooks[0], "clip_id": self.clip}
        found |= {"sheet_id": self.clip.sheet if is_clip else self.sheet, "document_id": self.place.documents[0]}
        found["record_id"] = self.clip.sheet.records.get() if is_clip else self.record
        return {name: one.pk for name, one in found.items()} | {"secret": "x", "rest": "x"}

    def filled(self, path, **instead):
        return path.format(**(self.things(path) | instead))

    def comer(self, path):
        """Whoever such a page is for: somebody with the links, or the guest inside."""
        browser = self.scanner() if path.startswith((*DOORS, "/s/")) else come_in(self.gus)
        browser.raise_request_exception = False
        if path == "/shared":
            browser.get(f"/shared/{self.locked.secret}")
        return browser

    def scanner(self):
        """A browser that has opened each of the links and pressed nothing."""
        browser = Client(raise_request_exception=False)
        for link in self.links:
            assert browser.get(link).status_code == 302
        return browser


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Built once; whatever is done in it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        opened = open_account(
            name="Northwind", email="ada@northwind.example", password=PASSWORD, person="Ada", reason=""
        )
        yield Scene(session_actor(opened.member, Grant(Role.ADMIN)), opened.environments[0])
        transaction.set_rollback(True)


def some(table, path):
    """A third of a table, another one for each page, so that all pages together meet all of it."""
    return list(table)[len(path) % 3 :: 3]


def rows(models=None):
    """Every row of ours as it is; of the named models alone, where some are named."""
    ours = models or [model for model in apps.get_models() if model._meta.app_label in OURS]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in ours}


def ids():
    return {name: {row.get("id") for row in found} for name, found in rows().items()}


def judge(answer, told):
    """A page of ours or a way on to one: never a bug, never JSON, never to another site."""
    assert answer.status_code < 500, told
    if answer.status_code == 302:
        assert re.match(r"/(?![/\\])", answer["Location"]), told
    elif answer.status_code != 405:
        assert answer["Content-Type"].startswith(("text/html", "text/csv")), told
    assert answer.headers.get("Cache-Control") == "no-store" or answer.status_code == 405, told


def test_the_pages_that_links_lead_to_are_in_the_sweep():
    found = {route["path"] for route in ROUTES}

    assert {*DOORS, *(f"{door}/{{secret}}" for door in DOORS), "/space-init", "/s/space-init"} <= found
    assert {"/shared", "/clip-link", "/sign-in-link"} <= set(POSTS)


@pytest.mark.parametrize(("method", "headers"), LOOKS)
def test_looking_at_any_page_leaves_no_trace_and_lets_nobody_in(scene, method, headers):
    scanner, before = scene.scanner(), rows()

    for link in scene.links:
        getattr(scanner, method)(link, **headers)
        for route in ROUTES:
            getattr(scanner, method)(scene.filled(route["path"]), **headers)

    assert rows() == before
    assert not AccessToken.objects.exists()
    assert settings.GUEST_COOKIE_NAME not in scanner.cookies


def test_what_scanners_have_seen_lets_a_person_in_all_the_same(scene):
    """The sweep above would pass on links that never worked."""
    for number, (link, page) in enumerate(zip(scene.links[1:], DOORS[1:], strict=True), start=1):
        scene.scanner()
        person = Client()
        person.get(link)
        assert person.post(page)["Location"].startswith(("/space/", "/clip/"))
        assert AccessToken.objects.count() == number
    assert Guest.objects.count() == 3  # Gus, the visitor, and whoever has the link of the clip


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_guest_who_looks_around_changes_nothing(scene, method):
    browser = come_in(scene.gus)
    before, written = ids(), rows(WRITTEN)

    for route in ROUTES:
        answer = getattr(browser, method)(scene.filled(route["path"]))
        judge(answer, route["path"])
        whole(answer)

    assert ids() == before
    assert rows(WRITTEN) == written


@pytest.mark.parametrize("path", [route["path"] for route in ROUTES if "{" in route["path"]])
def test_what_is_no_id_leads_nowhere(scene, path):
    browser = scene.comer(path)
    for name in PLACEHOLDER.findall(path):
        for id in some(nasty.IDS, path):
            answer = browser.get(scene.filled(path, **{name: id}))
            judge(answer, (path, name, id[:40], answer.status_code))
            assert answer.status_code in (302, 404), (path, name, id[:40])


@pytest.mark.parametrize("path", POSTS)
def test_an_odd_form_is_a_form(scene, path):
    """Each field with each text, then what is no form at all."""
    browser, at = scene.comer(path), scene.filled(path)
    for text in some(nasty.TEXTS, path):
        answer = browser.post(at, dict.fromkeys(FIELDS, text))
        judge(answer, (path, text[:40], answer.status_code))
        assert "<script>alert" not in answer.content.decode()
    kinds = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json")
    for number, (name, raw) in enumerate(some(nasty.BODIES.items(), path)):
        answer = browser.post(at, raw, content_type=kinds[number % len(kinds)])
        judge(answer, (path, name, answer.status_code))


@pytest.mark.parametrize("door", DOORS)
def test_a_cookie_that_is_not_ours_carries_no_link(scene, door):
    before = rows()
    for text in [*nasty.TEXTS, scene.scanner().cookies[settings.LINK_COOKIE_NAME].value[:-1]]:
        browser = Client(raise_request_exception=False)
        browser.cookies[settings.LINK_COOKIE_NAME] = quote(text)
        for answer in (browser.get(door), browser.post(door, {"password": PASSWORD})):
            judge(answer, (door, text[:40]))

    after = rows()
    assert not AccessToken.objects.exists()
    assert {name: found for name, found in after.items() if name != "Event"} == {
        name: found for name, found in before.items() if name != "Event"
    }
