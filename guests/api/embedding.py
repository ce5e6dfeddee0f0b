"""/internal/spaces/init: what the browser SDKs call with a publishable key (flatfile-api.md, section 23.1)."""

from rest_framework.response import Response

from access.actors import Actor, Kind
from access.drf import OpenApi, Request
from access.origins import origin_of
from environments.credentials import resolve_api_key
from environments.models import Environment
from events.usage import meter
from guests.actions import open_embed, ways_into
from guests.serializers.embedding import InitIn, InitQuery, init_out, named
from guests.shapes import InitOut
from lib.body import StrictJson
from lib.drf import data
from lib.operations import one, operation
from lib.problems import BadCredential, NotFound


class JsonAsText(StrictJson):
    """The embeds call it text, so that browsers send no pre-flight."""

    media_type = "text/plain"


class Init(OpenApi):
    """/internal/spaces/init. The key in the address is the credential; Authorization is not read."""

    parser_classes = [StrictJson, JsonAsText]

    @operation("init_space", query=InitQuery, body=InitIn, answers=one(InitOut), refuses=(401, 403, 404, 409, 429))
    def post(self, request: Request) -> Response:
        """Open an embedded space: the space, its guest and their token, with a workbook and a document."""
        sent = request.data
        actor = _key(request, InitQuery.of(request.query_params)["publishableKey"])
        given = InitIn.of(sent)
        environment = Environment.objects.filter(pk=actor.environment_id).first()
        if environment is None or given["space"].pop("environmentId", environment.pk) != environment.pk:
            raise NotFound
        made = open_embed(actor, environment, **named(given))
        return data(init_out(made, environment, ways_into(actor, made.space)))


def _key(request: Request, text: str) -> Actor:
    """Whoever the key in the address is, for the log, the usage and the account's allowed origins as well."""
    actor = resolve_api_key(text, origin_of(request._request))
    if actor is None or actor.kind is not Kind.PUBLISHABLE_KEY:
        raise BadCredential
    meter.count(actor)
    request.actor = request._request.actor = actor  # type: ignore[attr-defined]
    request._request.asked_by = actor  # type: ignore[attr-defined]
    return actor
