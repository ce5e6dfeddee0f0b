"""The pages as a guest uses them: links asked for, read in the mail and opened, then sheets, read and written."""

import html
import re

from django.conf import settings
from django.core import mail
from django.test import Client

from guests.pages.cells import Column
from guests.pages.controls import name_of
from tests.knock import call, work
from tests.places import FIELDS

HOST = "http://127.0.0.1:8000"
GUEST, LINK = settings.GUEST_COOKIE_NAME, settings.LINK_COOKIE_NAME
NAME, AGE = (name_of(Column(field)) for field in FIELDS)


def newest():
    """The address in the newest mail, and the code beside it."""
    work()
    body = mail.outbox[-1].body
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", body)
    return re.search(rf"{HOST}(/\S+)", body)[1], code and code[0]


def ask(browser, email, space=""):
    return browser.post("/invite/ask", {"email": email, "space": space})


def link_for(gus, room):
    ask(Client(), gus.email, room.pk)
    return newest()[0]


def follow(link, browser=None):
    """Open the link, and press the button behind it."""
    browser = browser or Client()
    page = browser.get(link)
    assert (page.status_code, page["Location"]) == (302, "/sign-in-link")
    return browser.post("/sign-in-link")


def is_exchanged(link):
    """The same by API."""
    answer = call("POST", "/v1/invitations/exchange", body={"token": link.rpartition("/")[2]})
    return "token" in answer.json()["data"]


def session_of(response):
    return response.cookies[GUEST].value if GUEST in response.cookies else ""


def is_inside(browser, room):
    return browser.get(f"/space/{room.pk}").status_code == 200


def at(sheet, *more):
    return "/".join([f"/space/{sheet.space_id}/sheets/{sheet.pk}", *more])


def text_of(response):
    """What a person reads on the page."""
    assert response.status_code == 200, (response.status_code, response.content[:500])
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def configure(sheet, **config):
    sheet.config = sheet.config | config
    sheet.save()
