"""/dev/mail: a newcomer's mails, on their own machine and nowhere else."""

import os
import re

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    return tmp_path


def send(subject, text="Hello"):
    message = EmailMultiAlternatives(subject, text, to=["ada@northwind.example"])
    message.attach_alternative(f"<p>{text}</p>", "text/html")
    message.send()


def page(path="/dev/mail"):
    return Client().get(path)


def test_an_empty_box_is_a_page(folder, db):
    assert page().status_code == 200


def test_mails_are_listed_newest_first(folder, db):
    send("The first")
    for file in folder.iterdir():
        os.utime(file, (1, 1))
    send("The second")

    html = page().content.decode()

    assert html.index("The second") < html.index("The first")


def test_two_mails_in_one_file_are_two_mails(folder, db):
    both = [EmailMultiAlternatives(subject, f"{subject} says hello", to=["ada@northwind.example"]) for subject in "AB"]
    get_connection().send_messages(both)

    names = re.findall(r'href="/dev/mail/([^"]+)"', page().content.decode())

    assert len(list(folder.iterdir())) == 1
    assert ["B says hello" in page(f"/dev/mail/{name}").content.decode() for name in names] == [True, False]


def test_one_mail_is_shown_as_text_with_its_link(folder, db):
    send("Choose a new password", "Follow http://127.0.0.1:8000/account/reset-password/x-y")
    name = f"0-{next(folder.iterdir()).name}"

    html = page(f"/dev/mail/{name}").content.decode()

    assert "Choose a new password" in html
    assert "http://127.0.0.1:8000/account/reset-password/x-y" in html


def test_what_a_mail_says_is_escaped(folder, db):
    send("<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    name = f"0-{next(folder.iterdir()).name}"

    for html in (page().content.decode(), page(f"/dev/mail/{name}").content.decode()):
        assert "<script>alert" not in html
        assert "<img src=x" not in html


@pytest.mark.parametrize(
    "name", ["nothing.log", "..%2fsecrets.env", "%2e%2e/%2e%2e/etc/passwd", "../secrets.env", "%00", "x" * 3_000]
)
def test_only_mails_are_shown_whatever_the_name(folder, db, name):
    (folder.parent / "secrets.env").write_text("SECRET_KEY=very")
    send("A mail")

    answer = page(f"/dev/mail/{name}")

    assert answer.status_code == 404
    assert "very" not in answer.content.decode()


@pytest.mark.parametrize(
    "url", ["https://latchkey.example.com", "http://10.0.0.5:8000", "https://localhost.example.com"]
)
def test_it_does_not_exist_on_a_public_address(folder, settings, db, url):
    send("A mail")
    name = f"0-{next(folder.iterdir()).name}"
    settings.PUBLIC_URL = url

    assert page().status_code == page(f"/dev/mail/{name}").status_code == 404


def test_it_does_not_exist_when_mail_is_really_sent(folder, settings, db):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert page().status_code == 404
