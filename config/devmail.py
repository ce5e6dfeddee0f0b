"""/dev/mail: the mails a newcomer's server has written to files, on a loopback address and nowhere else."""

import email
import email.policy
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.required import is_loopback
from lib.problems import NotFound

SHOWN = 50
BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django's file backend writes after each mail


def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails, newest first."""
    return render(request, "dev/mails.html", {"mails": _mails()[:SHOWN]})


def one_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text. The name is compared with the ones there are, never made into a path."""
    mail = next((mail for mail in _mails() if mail["name"] == name), None)
    if mail is None:
        raise NotFound("There is no such mail.")
    return render(request, "dev/mail.html", {"mail": mail})


def _mails() -> list[dict[str, object]]:
    """All mails, newest first. One file may hold several: its name tells no two mails of one second apart."""
    files = sorted(_folder().glob("*.log"), key=lambda file: file.stat().st_mtime)
    found = [_read(file, place, text) for file in files for place, text in enumerate(_texts(file))]
    return found[::-1]


def _texts(file: Path) -> list[bytes]:
    return [text for text in file.read_bytes().split(BETWEEN) if text.strip()]


def _folder() -> Path:
    to_files = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    if not to_files or not is_loopback(urlsplit(settings.PUBLIC_URL).hostname or ""):
        raise NotFound("There is nothing at this address.")
    return Path(settings.EMAIL_FILE_PATH)


def _read(file: Path, place: int, text: bytes) -> dict[str, object]:
    message = email.message_from_bytes(text, policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "name": f"{place}-{file.name}",
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "text": body.get_content() if body else "",
        "at": datetime.fromtimestamp(file.stat().st_mtime, UTC),
    }
