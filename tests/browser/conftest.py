"""A real Chromium on a live server; every page it opens must stay silent on the console."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
import requests
from django.conf import settings
from playwright.sync_api import Browser, Page

from accounts.sessions import SessionStore, unsigned

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 844
# What Chromium says when a test types into a page before the page has put the focus where it wants it.
HASTE = "Autofocus processing was blocked because a document already has a focused element."

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        pytest.fail("No Chromium here. Install one (Debian: apt-get install chromium) or name it in CHROMIUM.")
    return {"executable_path": chromium, "args": FLAGS}


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Visit]:
    """Opens a page of its own; at the end nothing must have been said on any console (CSP reports land there).

    Nothing moves on it unless a test asks for that: a test clicks faster than a menu grows.
    """
    said: list[str] = []
    contexts = []

    def open_page(*, scripts: bool = True, width: int = 1280, scheme: str = "light", **options) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=scripts,
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,
            **{"reduced_motion": "reduce"} | options,
        )
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
        context.on("console", lambda message: said.append(f"{message.page.url}: {message.text}"))
        context.on("weberror", lambda error: said.append(str(error.error)))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert [line for line in said if not line.endswith(HASTE)] == []


@pytest.fixture
def visit_as(visit, browser_of, live_server) -> Visit:
    """A page whose visitor is signed in already."""

    def open_page(person, **options) -> Page:
        page = visit(**options)
        cookie = browser_of(person).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return open_page


@pytest.fixture
def call(live_server) -> Callable[[str], int]:
    """The status that the API answers a credential with."""

    def get(secret: str) -> int:
        headers = {"Authorization": f"Bearer {secret}", "User-Agent": "nightly/1.0"}
        return requests.get(f"{live_server.url}/api/v1/spaces", headers=headers, timeout=10).status_code

    return get


def grow_stale(page: Page) -> None:
    """As if the password had been given more than 10 minutes ago."""
    cookie = next(one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    session = SessionStore(unsigned(cookie["value"]))
    session["proven_at"] = session["proven_at"] - 11 * 60
    session.save()


def sign_in(page: Page, person) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(person.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home")
