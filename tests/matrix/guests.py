"""What the API answers to guests: whatever has no row here, none of them may ever do."""

from django.utils import timezone

from access.actors import Actor
from environments.models import Environment
from guests.actions import make_clip_link
from guests.credentials import use_clip_link
from guests.models import Guest
from spaces.models import DataClip, Space, Workbook
from tests.matrix.minting import Headers
from tests.matrix.world import World, bearers
from tests.places import furnish, give, make_guest, token_of
from tokens.credentials.guests import SPACE_LIFETIME, text_of
from tokens.models import AccessToken

# gwen: a guest of the whole space; wes: of its first workbook; emb: the access token of the space, embedded.
# `own` is in that space and workbook, `sibling` in another space and its workbook, `second` in the second workbook.
API = """
                                            gwen  wes   emb
POST /v1/access/explain {"action": "spaces.create_space", "resource": "{environment_id}"}
  own                                       200   200   200
  beside                                    404   404   404
  foreign                                   404   404   404
  missing                                   404   404   404
  malformed                                 404   404   404
POST /v1/access/what {}
  any                                       200   200   200
GET /v1/environments
  any                                       200   200   200
GET /v1/environments/{environment_id}
  own                                       200   200   200
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/spaces
  any                                       200   200   200
GET /v1/spaces/{space_id}
  own                                       200   200   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
PATCH /v1/spaces/{space_id}
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
POST /v1/spaces/{space_id}/archive
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
GET /v1/spaces/{space_id}/documents
  own                                       200   200   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
POST /v1/spaces/{space_id}/documents
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
GET /v1/spaces/{space_id}/documents/{document_id}
  own                                       200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/workbooks
  any                                       200   200   200
POST /v1/workbooks
  own                                       403   403   200
  sibling                                   403   403   404
  beside                                    403   403   404
  gone                                      403   403   404
GET /v1/workbooks/{workbook_id}
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
POST /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
PUT /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
DELETE /v1/sheets/{sheet_id}/records
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/counts
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/cells
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/sheets/{sheet_id}/download
  own                                       200   200   200
  second                                    200   404   200
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/guests
  any                                       200   200   200
POST /v1/guests
  own                                       200   403   403
  sibling                                   404   404   403
  beside                                    404   404   403
  gone                                      404   404   403
POST /v1/invitations
  own                                       200   403   403
  sibling                                   404   404   403
  beside                                    404   404   403
  gone                                      404   404   403
GET /v1/guests/{guest_id}
  own                                       200   404   404
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/guests/{guest_id}/roles
  own                                       200   404   404
  sibling                                   404   404   404
  beside                                    404   404   404
  gone                                      404   404   404
GET /v1/data-clips
  any                                       200   200   403
POST /v1/data-clips
  own                                       200   200   403
  second                                    200   404   403
  sibling                                   404   404   403
  beside                                    404   404   403
  gone                                      404   404   403
GET /v1/data-clips/{clip_id}
  own                                       404   404   403
  gone                                      404   404   403
PATCH /v1/data-clips/{clip_id}
  own                                       404   404   403
  gone                                      404   404   403
DELETE /v1/data-clips/{clip_id}
  own                                       404   404   403
  gone                                      404   404   403
POST /v1/data-clips/{clip_id}/add-records
  own                                       404   404   403
  gone                                      404   404   403
GET /v1/data-clips/{clip_id}/preview
  any                                       403   403   403
GET /v1/data-clips/{clip_id}/resolutions
  own                                       404   404   403
  gone                                      404   404   403
PATCH /v1/data-clips/{clip_id}/resolutions
  own                                       404   404   403
  gone                                      404   404   403
GET /v1/data-clips/{clip_id}/resolutions/index
  own                                       404   404   403
  gone                                      404   404   403
PATCH /v1/data-clips/{clip_id}/refresh-resolutions
  own                                       404   404   403
  gone                                      404   404   403
GET /v1/auth/whoami
  any                                       200   200   200
GET /v1/events
  any                                       200   200   200
GET /v1/events/{event_id}
  own                                       200   404   200
  beside                                    404   404   404
  gone                                      404   404   404
"""

# cleo: a guest of the clip in that space and of nothing else. `clip` names the sheet and record of her copies.
CLIPS = """
                                            cleo
POST /v1/access/explain {"action": "spaces.create_space", "resource": "{environment_id}"}
  own                                       200
  missing                                   404
POST /v1/access/what {}
  any                                       200
GET /v1/environments
  any                                       200
GET /v1/environments/{environment_id}
  own                                       200
  gone                                      404
GET /v1/spaces
  any                                       200
GET /v1/spaces/{space_id}
  own                                       404
  gone                                      404
GET /v1/spaces/{space_id}/documents
  own                                       404
GET /v1/spaces/{space_id}/documents/{document_id}
  own                                       404
GET /v1/workbooks
  any                                       200
GET /v1/workbooks/{workbook_id}
  own                                       200
  second                                    404
  gone                                      404
GET /v1/sheets
  own                                       200
  second                                    404
GET /v1/sheets/{sheet_id}
  clip                                      200
  own                                       404
  gone                                      404
GET /v1/sheets/{sheet_id}/records
  clip                                      200
  own                                       404
  gone                                      404
POST /v1/sheets/{sheet_id}/records
  clip                                      200
  own                                       404
  gone                                      404
PUT /v1/sheets/{sheet_id}/records
  clip                                      200
  own                                       404
  gone                                      404
DELETE /v1/sheets/{sheet_id}/records
  clip                                      200
  own                                       404
  gone                                      404
GET /v1/sheets/{sheet_id}/counts
  clip                                      200
  own                                       404
GET /v1/sheets/{sheet_id}/cells
  clip                                      200
  own                                       404
GET /v1/sheets/{sheet_id}/download
  clip                                      200
  own                                       404
GET /v1/data-clips
  any                                       200
POST /v1/data-clips
  clip                                      400
  own                                       404
GET /v1/data-clips/{clip_id}
  own                                       200
  beside                                    404
  gone                                      404
PATCH /v1/data-clips/{clip_id}
  own                                       403
  beside                                    404
DELETE /v1/data-clips/{clip_id}
  own                                       403
  beside                                    404
POST /v1/data-clips/{clip_id}/add-records
  own                                       403
  beside                                    404
GET /v1/data-clips/{clip_id}/resolutions
  own                                       403
PATCH /v1/data-clips/{clip_id}/resolutions
  own                                       403
GET /v1/data-clips/{clip_id}/resolutions/index
  own                                       403
PATCH /v1/data-clips/{clip_id}/refresh-resolutions
  own                                       403
GET /v1/guests
  any                                       200
POST /v1/guests
  own                                       404
POST /v1/invitations
  own                                       404
GET /v1/guests/{guest_id}
  own                                       404
GET /v1/guests/{guest_id}/roles
  own                                       404
GET /v1/auth/whoami
  any                                       200
GET /v1/events
  any                                       200
GET /v1/events/{event_id}
  own                                       404
"""


def guests_of(world: World) -> dict[str, dict[str, Headers]]:
    """Column → what each of them presents."""
    own = world.things["own"]
    space = Space.objects.get(pk=own["space_id"])
    workbook = Workbook.objects.get(pk=own["workbook_id"])
    environment = Environment.objects.get(pk=own["environment_id"])
    wes = make_guest(environment, "wes@guest.example")
    give(wes, space, workbooks=[workbook])
    embedded = make_guest(environment)
    give(embedded, space)
    space_token = token_of(embedded, kind=AccessToken.Kind.SPACE, space_id=space.pk, lifetime=SPACE_LIFETIME)
    return {
        "gwen": bearers({"access token": token_of(Guest.objects.get(pk=own["guest_id"]))}),
        "wes": bearers({"access token": token_of(wes)}),
        "cleo": bearers({"link": text_of(_by_link(own["clip_id"]))}),
        "emb": bearers({"space token": space_token}),
    }


def _by_link(clip_id: str) -> AccessToken:
    """The token of whoever has the link of the clip."""
    clip = DataClip.objects.select_related("environment", "sheet").get(pk=clip_id)
    system = Actor.system("test", timezone.now(), clip.account_id)
    return use_clip_link(make_clip_link(system, clip).pk, system.origin)


def beyond(world: World) -> dict[str, dict[str, str]]:
    """What lies next to what the guests were given: another space, and the second workbook of the same."""
    own = world.things["own"]
    second = Workbook.objects.filter(space_id=own["space_id"]).exclude(pk=own["workbook_id"]).get()
    room = furnish(second.environment, "Sibling")
    sibling = {
        "space_id": room.space.pk,
        "workbook_id": room.workbooks[0].pk,
        "sheet_id": room.sheets[0].pk,
        "record_id": room.sheets[0].records.get(position=1).pk,
        "document_id": room.documents[0].pk,
        "guest_id": make_guest(second.environment, "other@guest.example").pk,
    }
    sheet = second.sheets.order_by("pk").first()
    parts = {"workbook_id": second.pk, "sheet_id": sheet.pk, "record_id": sheet.records.get(position=1).pk}
    copies = {"sheet_id": own["clip_sheet_id"], "record_id": own["clip_record_id"]}
    return {"sibling": own | sibling, "second": own | parts, "clip": own | copies}
