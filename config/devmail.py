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


def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails, newest first."""
    found = sorted(_folder().glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return render(request, "dev/mails.html", {"mails": [_read(file) for file in found[:SHOWN]]})


def one_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail as text. The name is compared with the ones there are, never made into a path."""
    file = next((file for file in _folder().glob("*.log") if file.name == name), None)
    if file is None:
        raise NotFound("There is no such mail.")
    return render(request, "dev/mail.html", {"mail": _read(file)})


def _folder() -> Path:
    to_files = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    if not to_files or not is_loopback(urlsplit(settings.PUBLIC_URL).hostname or ""):
        raise NotFound("There is nothing at this address.")
    return Path(settings.EMAIL_FILE_PATH)


def _read(file: Path) -> dict[str, object]:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "name": file.name,
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "text": body.get_content() if body else "",
        "at": datetime.fromtimestamp(file.stat().st_mtime, UTC),
    }
