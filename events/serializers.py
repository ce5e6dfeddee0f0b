"""What the API reads of the log (flatfile-api.md, section 20); an event shows itself."""

from rest_framework import serializers

from lib.drf import Flag, Paged, Text


class EventsIn(Paged):
    """Query of GET /events."""

    environmentId = Text(max_length=40, required=False)
    spaceId = Text(max_length=40, required=False)
    domain = Text(max_length=32, required=False)
    topic = Text(max_length=64, required=False)
    since = serializers.DateTimeField(required=False)
    # Nothing is acknowledged yet, so leaving acknowledged events out changes nothing.
    includeAcknowledged = Flag(required=False)
