"""What the tests of a turn to new secrets share: two sets of secrets, and one of everything that is kept under them."""

import base64
import io
import json
from types import SimpleNamespace
from typing import Any

from django.conf import settings as configured
from django.core.management import call_command

from config.rotation import SEALED
from conftest import Browser
from environments.models import ApiKey, Secret
from lib import crypto, renewal
from tests.knock import call

OLD = SimpleNamespace(pepper=configured.TOKEN_PEPPERS[0], key=configured.FIELD_KEYS[0], secret=configured.SECRET_KEY)
NEW = SimpleNamespace(
    pepper="another-pepper-that-is-long-enough-for-this",
    key=base64.urlsafe_b64encode(bytes(range(32))).decode(),
    secret="another-one-for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz",
)
VALUE = "open sesame"
PAGE = "/dashboard/environments"


def accept(settings: Any, first: Any, *others: Any) -> None:
    """Set the secrets of the server: the first writes, all are accepted."""
    settings.TOKEN_PEPPERS = [one.pepper for one in (first, *others)]
    settings.FIELD_KEYS = [one.key for one in (first, *others)]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = first.secret, [one.secret for one in others]


def refusals(world: Any) -> list[str]:
    """What of the world does not work any more: nothing, at every step of the runbook."""
    tried = {
        "key": call("GET", "/v1/spaces", world.key).status_code == 200,
        "pat": call("GET", "/v1/spaces", world.pat).status_code == 200,
        "token": call("GET", "/v1/spaces", world.token).status_code == 200,
        "pair": exchanged(world.pair).status_code == 200,
        "session": is_in(world.cookie),
        "sealed": can_be_read(world),
    }
    return [name for name, works in tried.items() if not works]


def exchanged(pair: Any) -> Any:
    return call("POST", "/v1/auth", body={"clientId": pair.client.client_id, "secret": pair.secret})


def is_in(cookie: str) -> bool:
    """Whether the cookie opens the dashboard, in a browser that forgets what it is answered."""
    browser = Browser()
    browser.cookies[configured.SESSION_COOKIE_NAME] = cookie
    return browser.get(PAGE).status_code == 200


def can_be_read(world: Any) -> bool:
    try:
        return Secret.objects.get(name="LIBRARY").value == VALUE and world.key in {
            key.text for key in ApiKey.objects.all()
        }
    except crypto.Unreadable:
        return False


def run(*arguments: str) -> tuple[int, Any]:
    """The exit status of `manage.py rotate_secrets` and what it prints as JSON."""
    status, text = printed("--json", *arguments)
    return status, json.loads(text)


def printed(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("rotate_secrets", *arguments, stdout=out, stderr=io.StringIO())
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


def due():
    """How many values of each kind an older field key still has to open."""
    return {one.name: tally.due for one in SEALED if (tally := renewal.remaining(one)).due}
