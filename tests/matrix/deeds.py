"""What each route of the API asks the judge: the action, and which of the ids in the request it is about."""

from access.actions import Action
from tests.matrix.expectations import API
from tests.matrix.table import Block, read

# "" : a list, or something about the caller, which names no id.
DEEDS: dict[str, tuple[Action, str]] = {
    "GET /v1/accounts/current": (Action.VIEW_ACCOUNT, "account_id"),
    "PATCH /v1/accounts/current": (Action.UPDATE_ACCOUNT, "account_id"),
    "GET /v1/users": (Action.VIEW_MEMBER, ""),
    "GET /v1/users/{user_id}": (Action.VIEW_MEMBER, "user_id"),
    "GET /v1/users/{user_id}/roles": (Action.VIEW_ROLE, "user_id"),
    "GET /v1/roles": (Action.VIEW_ROLE, ""),
    "GET /v1/environments": (Action.VIEW_ENVIRONMENT, ""),
    "POST /v1/environments": (Action.CREATE_ENVIRONMENT, "account_id"),
    "GET /v1/environments/{environment_id}": (Action.VIEW_ENVIRONMENT, "environment_id"),
    "PATCH /v1/environments/{environment_id}": (Action.UPDATE_ENVIRONMENT, "environment_id"),
    "DELETE /v1/environments/{environment_id}": (Action.DELETE_ENVIRONMENT, "environment_id"),
    "GET /v1/environments/{environment_id}/usage": (Action.VIEW_USAGE, "environment_id"),
    "GET /v1/auth/api-keys": (Action.VIEW_KEY, "environment_id"),
    "POST /v1/auth/api-key": (Action.CREATE_KEY, "environment_id"),
    "DELETE /v1/auth/api-key": (Action.REVOKE_KEY, ""),
    "PATCH /v1/auth/api-keys/{key_id}": (Action.RENAME_KEY, "key_id"),
    "DELETE /v1/auth/api-keys/{key_id}": (Action.REVOKE_KEY, "key_id"),
    "POST /v1/auth/api-keys/{key_id}/rotate": (Action.ROTATE_KEY, "key_id"),
    "POST /v1/auth/api-keys/{key_id}/complete": (Action.COMPLETE_ROTATION, "key_id"),
    "POST /v1/auth/api-keys/{key_id}/cancel": (Action.CANCEL_ROTATION, "key_id"),
    "POST /v1/auth/api-keys/{key_id}/reveal": (Action.REVEAL_KEY, "key_id"),
    "GET /v1/auth/publishable-key": (Action.VIEW_PUBLISHABLE_KEY, "environment_id"),
    "GET /v1/secrets": (Action.VIEW_SECRET, "environment_id"),
    "POST /v1/secrets": (Action.SET_SECRET, "environment_id"),
    "DELETE /v1/secrets/{secret_id}": (Action.DELETE_SECRET, "secret_id"),
    "GET /v1/spaces": (Action.VIEW_SPACE, ""),
    "POST /v1/spaces": (Action.CREATE_SPACE, "environment_id"),
    "GET /v1/spaces/{space_id}": (Action.VIEW_SPACE, "space_id"),
    "POST /v1/invitations": (Action.INVITE_GUEST, ""),  # the guest decides too
    "GET /v1/auth/personal-access-tokens": (Action.VIEW_TOKEN, ""),
    "POST /v1/auth/personal-access-tokens": (Action.CREATE_TOKEN, ""),
    "DELETE /v1/auth/personal-access-tokens/{token_id}": (Action.REVOKE_TOKEN, "token_id"),
    "GET /v1/users/{user_id}/api-token": (Action.VIEW_CLIENT, "user_id"),
    "POST /v1/users/{user_id}/api-token": (Action.CREATE_CLIENT, "user_id"),
    "GET /v1/events": (Action.VIEW_EVENT, ""),
    "GET /v1/events/{event_id}": (Action.VIEW_EVENT, ""),
}
# What asks the judge nothing of its own: open routes, and what every credential may ask about itself.
UNJUDGED = {
    "POST /v1/auth",
    "POST /v1/auth/refresh-token",
    "POST /v1/invitations/exchange",
    "GET /v1/auth/whoami",
    "POST /v1/access/explain",
    "POST /v1/access/who",
    "POST /v1/access/what",
}
BLOCKS: dict[str, Block] = {f"{block.method} {block.path}": block for block in read(API)}
