"""System checks that refuse a weak production; what is missing altogether is refused by the settings themselves."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

from config.required import is_loopback


@register(deploy=False)
def no_debug_in_public(**_: Any) -> list[Error]:
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    if settings.DEBUG and not is_loopback(host):
        hint = "Unset DEBUG, or set PUBLIC_URL to a loopback address."
        return [Error("DEBUG is on and PUBLIC_URL is not a loopback address.", hint=hint, id="latchkey.E001")]
    return []


@register(deploy=False)
def registration_is_open_or_closed(**_: Any) -> list[Error]:
    if settings.REGISTRATION not in ("open", "closed"):
        return [Error("REGISTRATION is neither open nor closed.", hint="Set it to one of the two.", id="latchkey.E002")]
    return []
