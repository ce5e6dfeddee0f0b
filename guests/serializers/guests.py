"""What the API reads and shows of guests and their links (flatfile-api.md, sections 8 and 11)."""

from datetime import datetime
from typing import Any, ClassVar

from rest_framework import serializers

from access.actors import Actor, Kind
from accounts.models import LONGEST_PASSWORD, RoleAssignment
from accounts.serializers import assignment_out
from guests.actions.grants import MOST_GRANTS
from guests.actions.invitations import LONGEST_MESSAGE
from guests.credentials import Exchanged
from guests.models import Grant, Guest
from lib.drf import Input, Moment, Paged, Text, present
from lib.problems import InvalidInput
from lib.times import moment

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
    # Ours: of a shared link that asks for one.
    password = Text(max_length=LONGEST_PASSWORD, required=False)
    email = Text(max_length=320, required=False)
    spaceId = Text(max_length=40, required=False)

    json_schema: ClassVar = {"anyOf": [{"required": ["token"]}, {"required": ["email", "spaceId"]}]}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "token" not in attrs and not {"email", "spaceId"} <= attrs.keys():
            raise serializers.ValidationError("Send token, or email and spaceId.")
        return attrs


class Named(Input):
    """A workbook or sheet by its id."""

    id = Text(max_length=40)


class Objects(serializers.ListField):
    """A list of objects, each checked by its own serializer."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, list):
            raise serializers.ValidationError("This must be a list of objects.")
        return super().to_internal_value(data)


class GivenSpaceIn(Input):
    """One of `spaces`: the whole of it, or the workbooks and sheets that are listed; `expiresAt` is ours."""

    id = Text(max_length=40)
    workbooks = Objects(child=Named(), required=False, max_length=1_000)
    sheets = Objects(child=Named(), required=False, max_length=5_000)
    expiresAt = Moment(required=False, allow_null=True)


class GuestIn(Input):
    """One of the body of POST /guests."""

    environmentId = Text(max_length=40)
    email = Text(max_length=320)
    name = Text(max_length=255, required=False, allow_blank=True)
    spaces = Objects(child=GivenSpaceIn(), required=False, max_length=MOST_GRANTS)


class GuestChange(GuestIn):
    """Body of PATCH /guests/{guestId}; every field is optional, and `spaces` is the whole list."""

    environmentId = Text(max_length=40, required=False)
    email = Text(max_length=320, required=False)


class GuestsIn(Paged):
    """Query of GET /guests; what is not named in the SDK is ours."""

    spaceId = Text(max_length=40, required=False)
    environmentId = Text(max_length=40, required=False)
    email = Text(max_length=320, required=False)
    search = Text(max_length=255, required=False)


class SpaceIn(Input):
    """Query of DELETE /guests/{guestId} and GET /guests/{guestId}/token."""

    spaceId = Text(max_length=40, required=False)


class NewRole(Input):
    """Body of POST /guests/{guestId}/roles."""

    roleId = Text(max_length=40)
    resourceId = Text(max_length=40)


def one_or_many(serializer: type[Input], given: Any) -> list[dict[str, Any]]:
    """The checked values of an array of objects, or of a single one. Raises InvalidInput."""
    several = given if isinstance(given, list) else [given]
    if not 1 <= len(several) <= MOST_AT_ONCE:
        raise InvalidInput(f"Send 1 to {MOST_AT_ONCE} at once.")
    return [serializer.of(one) for one in several]


def exchanged_out(exchanged: Exchanged) -> dict[str, Any]:
    return present(valid=bool(exchanged.token), token=exchanged.token or None, sentTo=exchanged.sent_to or None)


def guest_out(guest: Guest, at: datetime) -> dict[str, Any]:
    """A guest with what they hold at this moment. Its grants and their parts are prefetched."""
    return present(
        id=guest.pk,
        environmentId=guest.environment_id,
        email=guest.email,
        name=guest.name,
        spaces=[_grant_out(grant) for grant in _in_order(guest) if not grant.has_ended(at)],
        createdAt=moment(guest.created_at),
        updatedAt=moment(guest.updated_at),
    )


def guest_out_for(actor: Actor, guest: Guest, at: datetime) -> dict[str, Any]:
    """The guest as this actor may read them: with a space token, of all they have that space alone."""
    out = guest_out(guest, at)
    if actor.kind is not Kind.SPACE:
        return out
    held = actor.places.spaces if actor.places else frozenset()
    return out | {"spaces": [space for space in out["spaces"] if space["id"] in held]}


def guest_out_to(actor: Actor, guest: Guest, at: datetime, sent: dict[str, Any]) -> dict[str, Any]:
    """What POST answers. A guest is shown what they said themselves, and nothing of who was there before."""
    out = guest_out(guest, at)
    if not actor.kind.is_guest:
        return out
    held = actor.places.whole_spaces if actor.places else frozenset()
    spaces = [space for space in out["spaces"] if space["id"] in held]
    return out | {"name": sent.get("name", ""), "spaces": spaces, "createdAt": moment(at), "updatedAt": moment(at)}


def guest_role_out(assignment: RoleAssignment) -> dict[str, Any]:
    return assignment_out(assignment) | {"actorId": assignment.guest_id}


def _in_order(guest: Guest) -> list[Grant]:
    return sorted(guest.grants.all(), key=lambda grant: (grant.created_at, grant.pk))


def _grant_out(grant: Grant) -> dict[str, Any]:
    parts = grant.parts.all()
    workbooks = [{"id": part.workbook_id} for part in parts if part.workbook_id]
    sheets = [{"id": part.sheet_id} for part in parts if part.sheet_id]
    return present(
        id=grant.space_id,
        workbooks=workbooks if grant.has_workbook_limit else None,
        sheets=sheets if grant.has_sheet_limit else None,
        lastAccessed=moment(grant.last_accessed_at),
        expiresAt=moment(grant.expires_at),
    )
