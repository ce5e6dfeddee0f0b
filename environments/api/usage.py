"""/environments/{environmentId}/usage: ours, the Flatfile API has none."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible
from environments.models import Environment
from environments.serializers import UsageIn, usage_out
from environments.shapes import UsageOut
from environments.traffic import traffic_of
from lib.drf import data
from lib.operations import one, operation

MOST_KEYS = 100


class OfEnvironment(Api):
    """/environments/{environmentId}/usage"""

    @operation("get_usage", query=UsageIn, answers=one(UsageOut))
    def get(self, request: Request, environment_id: str) -> Response:
        """Count the requests that the keys of an environment made, by day."""
        environment = get_visible(Environment, request.actor, environment_id, to=Action.VIEW_USAGE)
        given = UsageIn.of(request.query_params)
        return data(usage_out(environment, traffic_of(request.actor, environment, top=MOST_KEYS, **given)))
