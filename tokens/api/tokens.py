"""/auth/personal-access-tokens and /users/{userId}/api-token (flatfile-api.md, sections 6 and 8): one's own, always."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from accounts.models import Member
from environments.models import Environment
from lib.drf import data, listing, success
from lib.operations import done, listed, many, one, operation
from lib.problems import NotFound
from tokens import actions
from tokens.models import ClientCredential, PersonalAccessToken
from tokens.serializers import ClientsIn, NewToken, client_out, token_out
from tokens.shapes import ClientOut, IssuedTokenOut, PersonalAccessTokenOut


class Tokens(Api):
    """/auth/personal-access-tokens"""

    @operation("list_tokens", answers=many(PersonalAccessTokenOut))
    def get(self, request: Request) -> Response:
        """List one's own personal access tokens that work."""
        tokens = visible(PersonalAccessToken, request.actor).live().order_by("-created_at", "-pk")  # type: ignore[attr-defined]
        return data([token_out(token) for token in tokens])

    @operation("create_token", body=NewToken, answers=one(IssuedTokenOut))
    def post(self, request: Request) -> Response:
        """Create a personal access token, which is shown this once."""
        possible(request.actor, Action.CREATE_TOKEN)
        given = NewToken.of(request.data)
        fence = given.get("environmentId")
        issued = actions.create_token(
            request.actor,
            name=given["name"],
            scopes=given.get("scopes"),
            environment=get_visible(Environment, request.actor, fence) if fence else None,
            expires_at=given.get("expiresAt"),
        )
        return data({"token": issued.secret, "personalAccessToken": token_out(issued.token)})


class OneToken(Api):
    """/auth/personal-access-tokens/{accessTokenId}"""

    @operation("revoke_token", answers=done)
    def delete(self, request: Request, token_id: str) -> Response:
        """Delete one of one's own personal access tokens."""
        token = get_visible(PersonalAccessToken, request.actor, token_id, to=Action.REVOKE_TOKEN)
        actions.revoke_token(request.actor, token)
        return success()


class Clients(Api):
    """/users/{userId}/api-token"""

    @operation("list_clients", query=ClientsIn, answers=listed(ClientOut))
    def get(self, request: Request, user_id: str) -> Response:
        """List one's own client ids."""
        possible(request.actor, Action.VIEW_CLIENT)
        given = ClientsIn.of(request.query_params)
        member = _oneself(request, user_id, given["tenantId"], Action.VIEW_CLIENT)
        clients = visible(ClientCredential, request.actor).live().filter(member=member)  # type: ignore[attr-defined]
        return listing(given, clients.order_by("-created_at", "-pk"), client_out)

    @operation("create_client", query=ClientsIn, answers=one(ClientOut))
    def post(self, request: Request, user_id: str) -> Response:
        """Create a client id and its secret, which is shown this once."""
        possible(request.actor, Action.CREATE_CLIENT)
        _oneself(request, user_id, ClientsIn.of(request.query_params)["tenantId"], Action.CREATE_CLIENT)
        issued = actions.create_client(request.actor)
        return data(client_out(issued.client, issued.secret))


def _oneself(request: Request, user_id: str, tenant_id: str, to: Action) -> Member:
    """The member of the path; the judge lets only the caller itself through. The tenant must be its account."""
    member = get_visible(Member, request.actor, user_id, to=to)
    if tenant_id != member.account_id:
        raise NotFound
    return member
