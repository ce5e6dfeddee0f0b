"""Where a request came from, as the log and the limits want it."""

from django.http import HttpRequest

from access.actors import Origin
from lib.network import client_ip

CLIENT = 255


def origin_of(request: HttpRequest) -> Origin:
    """Address, client and request id. The client is what it says it is: printable text, cut to 255 characters."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    client = "".join(character for character in agent if character.isprintable())[:CLIENT]
    return Origin(ip=client_ip(request), client=client, request_id=getattr(request, "id", ""))
