"""Which link a browser came with: ids in a signed cookie, so that no secret stays in an address and no GET writes."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from lib.ids import is_id

SALT = "latchkey.guest-link"
NAMES = ("link", "asked", "shared", "clip")
LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Carried:
    """`link`: the one whose address was opened; `asked`: the one this browser had mailed, which its code belongs to;
    `shared`: the shared link whose address was opened; `clip`: the link of a data clip.
    """

    link: str = ""
    asked: str = ""
    shared: str = ""
    clip: str = ""


def carried(request: HttpRequest) -> Carried:
    """What the cookie says, if we signed it within a day."""
    try:
        found = signing.loads(request.COOKIES.get(settings.LINK_COOKIE_NAME, ""), salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return Carried()
    return Carried(**{name: id for name, id in found.items() if name in NAMES and is_id(id)})


def carry(request: HttpRequest, response: HttpResponse, **changes: Any) -> HttpResponse:
    """Have the browser carry something else, or nothing of it any more."""
    now = replace(carried(request), **changes)
    response.set_cookie(
        settings.LINK_COOKIE_NAME,
        signing.dumps(asdict(now), salt=SALT),
        max_age=LIFETIME,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def put_down(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(settings.LINK_COOKIE_NAME, samesite="Lax")
    return response
