"""The guests of the tables: what each of them presents, and what lies next to what they were given."""

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
