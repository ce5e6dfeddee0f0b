"""/auth, /auth/refresh-token, /auth/whoami and the published keys (flatfile-api.md, section 6)."""

from typing import Any

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, OpenApi, Request
from access.origins import origin_of
from access.policy import reach
from guests.credentials import is_of_guest, refresh_guest_token
from lib.drf import data
from lib.problems import InvalidInput
from tokens import credentials, signing
from tokens.credentials import Issued
from tokens.serializers import CredentialsIn, access_token_out, actor_out


class Auth(OpenApi):
    """/auth"""

    def post(self, request: Request) -> Response:
        given = CredentialsIn.of(request.data)
        origin = origin_of(request._request)
        if given.get("type", "userCredentials") == "userCredentials" and "email" in given and "password" in given:
            account = given.get("accountId")
            return _issued(credentials.exchange_password(given["email"], given["password"], origin, account_id=account))
        return _issued(credentials.exchange_client(given["clientId"], given["secret"], origin))


class Refresh(OpenApi):
    """/auth/refresh-token. The body is the token itself, as a JSON string."""

    def post(self, request: Request) -> Response:
        if not isinstance(request.data, str) or len(request.data) > 4096:
            raise InvalidInput("Send the access token as a JSON string, and nothing else.")
        refresh = refresh_guest_token if is_of_guest(request.data) else credentials.refresh_access_token
        return _issued(refresh(request.data, origin_of(request._request)))


class WhoAmI(Api):
    """/auth/whoami"""

    def get(self, request: Request) -> Response:
        actor = request.actor
        may = [action.value for action in Action if not (found := reach(actor, action)).never and found.areas]
        return data(actor_out(actor, may))


class Jwks(OpenApi):
    """/.well-known/jwks.json"""

    def get(self, request: Request) -> Response:
        return Response(signing.published())


def _issued(issued: Issued) -> Response:
    """Flat for the current SDK, under `data` for older ones."""
    shown: dict[str, Any] = access_token_out(issued)
    return data(shown, **shown)
