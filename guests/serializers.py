"""What the API reads and shows of guests and their links (flatfile-api.md, sections 8 and 11)."""

from typing import Any, ClassVar

from rest_framework import serializers

from guests.actions.invitations import LONGEST_MESSAGE
from guests.credentials import Exchanged
from lib.drf import Input, Text, present
from lib.problems import InvalidInput

MOST_AT_ONCE = 100


class InviteIn(Input):
    """One of the body of POST /invitations."""

    guestId = Text(max_length=40)
    spaceId = Text(max_length=40)
    fromName = Text(max_length=255, required=False, allow_blank=True)
    message = Text(max_length=2 * LONGEST_MESSAGE, required=False, allow_blank=True)


class ExchangeIn(Input):
    """Body of POST /invitations/exchange: the secret of a link, or whom to mail one."""

    token = Text(max_length=4096, required=False)
    email = Text(max_length=320, required=False)
    spaceId = Text(max_length=40, required=False)

    json_schema: ClassVar = {"anyOf": [{"required": ["token"]}, {"required": ["email", "spaceId"]}]}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "token" not in attrs and not {"email", "spaceId"} <= attrs.keys():
            raise serializers.ValidationError("Send token, or email and spaceId.")
        return attrs


def one_or_many(serializer: type[Input], given: Any) -> list[dict[str, Any]]:
    """The checked values of an array of objects, or of a single one. Raises InvalidInput."""
    several = given if isinstance(given, list) else [given]
    if not 1 <= len(several) <= MOST_AT_ONCE:
        raise InvalidInput(f"Send 1 to {MOST_AT_ONCE} at once.")
    return [serializer.of(one) for one in several]


def exchanged_out(exchanged: Exchanged) -> dict[str, Any]:
    return present(valid=bool(exchanged.token), token=exchanged.token or None, sentTo=exchanged.sent_to or None)
