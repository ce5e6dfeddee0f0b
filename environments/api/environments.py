"""/environments (flatfile-api.md, section 10)."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible, visible
from environments import actions
from environments.models import Environment
from environments.serializers import EnvironmentChange, EnvironmentsIn, NewEnvironment, environment_out
from environments.shapes import EnvironmentOut
from lib.drf import data, listing, success
from lib.operations import done, listed, one, operation, twice
from lib.problems import InvalidInput


class Environments(Api):
    """/environments"""

    @operation("list_environments", query=EnvironmentsIn, answers=listed(EnvironmentOut))
    def get(self, request: Request) -> Response:
        """List the environments, in the order they were made."""
        given = EnvironmentsIn.of(request.query_params)
        return listing(given, visible(Environment, request.actor).order_by("created_at", "pk"), environment_out)

    @operation("create_environment", body=NewEnvironment, answers=one(EnvironmentOut))
    def post(self, request: Request) -> Response:
        """Create an environment."""
        possible(request.actor, Action.CREATE_ENVIRONMENT)
        given = NewEnvironment.named(request.data)
        return data(environment_out(actions.create_environment(request.actor, **given)))


class OneEnvironment(Api):
    """/environments/{environmentId}"""

    @operation("get_environment", answers=one(EnvironmentOut))
    def get(self, request: Request, environment_id: str) -> Response:
        """Get an environment."""
        return data(environment_out(get_visible(Environment, request.actor, environment_id)))

    @operation("update_environment", body=EnvironmentChange, answers=twice(EnvironmentOut))
    def patch(self, request: Request, environment_id: str) -> Response:
        """Change an environment."""
        environment = get_visible(Environment, request.actor, environment_id, to=Action.UPDATE_ENVIRONMENT)
        _refuse_another(request.data, environment_id)
        changed = actions.update_environment(request.actor, environment, **EnvironmentChange.named(request.data))
        shown = environment_out(changed)
        return data(shown, **shown)  # the current SDK reads it bare, older ones under `data`

    @operation("delete_environment", answers=done)
    def delete(self, request: Request, environment_id: str) -> Response:
        """Delete an environment, and end everything in it at once."""
        environment = get_visible(Environment, request.actor, environment_id, to=Action.DELETE_ENVIRONMENT)
        actions.delete_environment(request.actor, environment)
        return success()


def _refuse_another(body: object, environment_id: str) -> None:
    """Nothing ever changes its environment (security.md, ruling 22)."""
    if isinstance(body, dict) and body.get("environmentId", environment_id) != environment_id:
        raise InvalidInput("An environment cannot become another one.", field="environmentId")
