"""/auth/personal-access-tokens and /users/{userId}/api-token (flatfile-api.md, sections 6 and 8): one's own, always."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from accounts.models import Member
from environments.models import Environment
from lib.drf import data, listing, success
from lib.problems import NotFound
from tokens import actions
from tokens.models import ClientCredential, PersonalAccessToken
from tokens.serializers import ClientsIn, NewToken, client_out, token_out


class Tokens(Api):
    """/auth/personal-access-tokens"""

    def get(self, request: Request) -> Response:
        tokens = visible(PersonalAccessToken, request.actor).live().order_by("-created_at", "-pk")  # type: ignore[attr-defined]
        return data([token_out(token) for token in tokens])

    def post(self, request: Request) -> Response:
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

    def delete(self, request: Request, token_id: str) -> Response:
        token = get_visible(PersonalAccessToken, request.actor, token_id, to=Action.REVOKE_TOKEN)
        actions.revoke_token(request.actor, token)
        return success()


class Clients(Api):
    """/users/{userId}/api-token"""

    def get(self, request: Request, user_id: str) -> Response:
        possible(request.actor, Action.VIEW_CLIENT)
        given = ClientsIn.of(request.query_params)
        member = _oneself(request, user_id, given["tenantId"], Action.VIEW_CLIENT)
        clients = visible(ClientCredential, request.actor).live().filter(member=member)  # type: ignore[attr-defined]
        return listing(given, clients.order_by("-created_at", "-pk"), client_out)

    def post(self, request: Request, user_id: str) -> Response:
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
