"""/events (flatfile-api.md, section 20): list and get."""

from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import possible
from events.actions import get_event, visible_events
from events.models import Event
from events.serializers import EventsIn
from events.shapes import EventOut
from lib import paging
from lib.drf import data
from lib.operations import one, operation, streamed

FILTERS = {
    "environmentId": "environment_id",
    "spaceId": "space_id",
    "domain": "domain",
    "topic": "topic",
    "since": "created_at__gte",
}


class Events(Api):
    """/events"""

    @operation("list_events", query=EventsIn, answers=streamed(EventOut))
    def get(self, request: Request) -> Response:
        """List what happened, newest first."""
        possible(request.actor, Action.VIEW_EVENT)
        given = EventsIn.of(request.query_params)
        filters = {FILTERS[name]: value for name, value in given.items() if name in FILTERS}
        rows = visible_events(request.actor).filter(**filters)
        size = min(given["pageSize"], paging.LARGEST_PAGE)
        if given.get("after") is not None:
            page = paging.keyset(rows, given["after"], size=size)
            return data([event.as_json(request.actor) for event in page.rows], next=page.next)
        start = (given["pageNumber"] - 1) * size
        found: list[Event] = list(rows.order_by("-created_at", "-pk")[start : start + size])
        return data([event.as_json(request.actor) for event in found])


class OneEvent(Api):
    """/events/{eventId}"""

    @operation("get_event", answers=one(EventOut))
    def get(self, request: Request, event_id: str) -> Response:
        """Get an event."""
        return data(get_event(request.actor, event_id).as_json(request.actor))
