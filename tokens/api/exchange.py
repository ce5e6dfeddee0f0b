"""/auth, /auth/refresh-token, /auth/whoami and the published keys (flatfile-api.md, section 6)."""

from typing import Any

from rest_framework.response import Response

from access.drf import Api, OpenApi, Request
from access.effective import effective
from access.origins import origin_of
from guests.credentials import is_of_guest, refresh_guest_token
from lib.drf import data
from lib.operations import bare, one, operation, twice
from lib.problems import InvalidInput
from tokens import credentials, signing
from tokens.credentials import Issued
from tokens.serializers import CredentialsIn, access_token_out, actor_out
from tokens.shapes import AccessTokenOut, JwksOut, WhoAmIOut

TOKEN = {"type": "string", "maxLength": 4096, "description": "The access token itself."}


class Auth(OpenApi):
    """/auth"""

    @operation("exchange_credentials", body=CredentialsIn, answers=twice(AccessTokenOut), refuses=(401, 429))
    def post(self, request: Request) -> Response:
        """Get an access token for e-mail and password, or for a client id and secret."""
        given = CredentialsIn.of(request.data)
        origin = origin_of(request._request)
        if given.get("type", "userCredentials") == "userCredentials" and "email" in given and "password" in given:
            account = given.get("accountId")
            return _issued(credentials.exchange_password(given["email"], given["password"], origin, account_id=account))
        return _issued(credentials.exchange_client(given["clientId"], given["secret"], origin))


class Refresh(OpenApi):
    """/auth/refresh-token. The body is the token itself, as a JSON string."""

    @operation("refresh_access_token", body=TOKEN, answers=twice(AccessTokenOut), refuses=(401,))
    def post(self, request: Request) -> Response:
        """Get a new access token for one that lives; the old one lives on."""
        if not isinstance(request.data, str) or len(request.data) > 4096:
            raise InvalidInput("Send the access token as a JSON string, and nothing else.")
        refresh = refresh_guest_token if is_of_guest(request.data) else credentials.refresh_access_token
        return _issued(refresh(request.data, origin_of(request._request)))


class WhoAmI(Api):
    """/auth/whoami"""

    @operation("who_am_i", answers=one(WhoAmIOut))
    def get(self, request: Request) -> Response:
        """Say who the credential is, what it may do and until when."""
        return data(actor_out(request.actor, list(effective(request.actor))))


class Jwks(OpenApi):
    """/.well-known/jwks.json"""

    @operation("list_signing_keys", answers=bare(JwksOut))
    def get(self, request: Request) -> Response:
        """List the public keys of access tokens."""
        return Response(signing.published())


def _issued(issued: Issued) -> Response:
    """Flat for the current SDK, under `data` for older ones."""
    shown: dict[str, Any] = access_token_out(issued)
    return data(shown, **shown)
