"""The official embed in a page of another site: it opens a space in its frame, with one call and one cookie.

The page is on `localhost`, the server on `127.0.0.1`. The embed's bundle is what `make sdk` installs.
"""

import json
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import requests
from playwright.sync_api import expect

from guests.models import Guest
from spaces.models import Space, Workbook
from tokens.models import AccessToken

BUNDLE = Path("tools/sdk/node_modules/@flatfile/javascript/dist/index.js").resolve()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
PAGE = """<!doctype html><title>A product</title><link rel="icon" href="data:,"><div id="here">{inside}</div>
<script src="flatfile.js"></script>"""
SHEET = {"name": "People", "slug": "people", "fields": [{"key": "name", "type": "string", "label": "Name"}]}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def server(live_server, settings):
    """Our address as another site than the host page's."""
    settings.PUBLIC_URL = live_server.url.replace("localhost", "127.0.0.1")
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    return settings.PUBLIC_URL


@pytest.fixture
def host(tmp_path, server):
    """A site of somebody else, and its page with the official embed."""
    if not BUNDLE.exists():
        pytest.fail("The official embed is not here. `make sdk` installs it, and needs node.")
    (tmp_path / "flatfile.js").write_bytes(BUNDLE.read_bytes())
    (tmp_path / "index.html").write_text(PAGE.format(inside=""))
    waiting = f'<iframe src="{server}/s/space-init"></iframe>'
    (tmp_path / "preloaded.html").write_text(PAGE.format(inside=waiting))
    site = ThreadingHTTPServer(("localhost", 0), partial(Quiet, directory=str(tmp_path)))
    Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://localhost:{site.server_address[1]}"
    site.shutdown()


@pytest.fixture
def product(browser, host):
    """Opens a page of the host, and at the end has heard no refusal of the browser's."""
    context, said = browser.new_context(viewport={"width": 1280, "height": 844}), []
    context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    def visit(path=""):
        page = context.new_page()
        page.goto(f"{host}/{path}")
        return page

    yield visit
    context.close()
    assert said == []


def start(page, server, **options):
    given = {"apiUrl": f"{server}/api", "spaceUrl": f"{server}/s", "mountElement": "here", "displayAsModal": False}
    script = f"FlatFileJavaScript.startFlatfile({json.dumps(given | options)})"
    return page.evaluate(script)["spaceId"]


def inside(page):
    return page.frame_locator("#here iframe")


def test_the_official_embed_opens_a_new_space(product, server, publishable_key):
    page = product()
    workbook = {"name": "Import", "sheets": [SHEET | {"defaultPage": True}]}

    space_id = start(page, server, publishableKey=publishable_key, name="Your import", workbook=workbook)

    expect(inside(page).get_by_text("Your import").first).to_be_visible()
    space = Space.objects.get(pk=space_id)
    sheet = Workbook.objects.get(space=space).sheets.get()
    assert space.metadata["sidebarConfig"]["defaultPage"]["workbook"]["sheetId"] == sheet.pk
    frame = next(frame for frame in page.frames if frame.url.startswith(server))
    assert "token" not in frame.url
    cookie = next(one for one in page.context.cookies() if one["name"] == "fsid")
    assert (cookie["path"], cookie["sameSite"], cookie["secure"]) == (f"/space/{space_id}", "None", True)
    assert "localhost" in cookie["partitionKey"]


def test_a_frame_that_was_loaded_before_goes_to_the_space(product, server, publishable_key):
    page = product("preloaded.html")
    expect(inside(page).get_by_text("Your space is being opened")).to_be_visible()

    start(page, server, publishableKey=publishable_key, name="Preloaded")

    expect(inside(page).get_by_text("Preloaded").first).to_be_visible()


def test_a_server_has_its_space_opened_again(product, server, secret_key, call_json):
    made = call_json("POST", f"{server}/v1/spaces", secret_key, {"name": "Once more"})
    again = call_json("GET", f"{server}/v1/spaces/{made['id']}", secret_key)
    page = product()

    start(page, server, space={"id": again["id"], "accessToken": again["accessToken"]})

    expect(inside(page).get_by_text("Once more").first).to_be_visible()
    assert (Guest.objects.count(), AccessToken.objects.filter(kind="space").count()) == (1, 1)


def test_an_account_that_names_its_sites_is_framed_by_no_other(browser, host, server, publishable_key, northwind):
    northwind.account.allowed_origins = [host]
    northwind.account.save()
    context = browser.new_context()
    page = context.new_page()
    page.goto(host)
    space_id = start(page, server, publishableKey=publishable_key, name="Ours alone")
    expect(inside(page).get_by_text("Ours alone").first).to_be_visible()
    link = f"{server}/space/{space_id}?token={page.evaluate('window.CROSSENV_FLATFILE_API_KEY')}"

    northwind.account.allowed_origins = ["https://app.northwind.example"]
    northwind.account.save()
    page.goto(host)
    page.set_content(f'<div id="here"><iframe src="{link}"></iframe></div>')

    page.wait_for_timeout(1000)
    assert inside(page).get_by_text("Ours alone").count() == 0
    context.close()


@pytest.fixture
def call_json():
    def ask(method, url, bearer, body=None):
        answer = requests.request(method, url, json=body, headers={"Authorization": f"Bearer {bearer}"}, timeout=10)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    return ask
