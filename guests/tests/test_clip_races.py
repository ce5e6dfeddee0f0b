"""A clip that is deleted while guests come in by its link: it goes, and nobody who came by it is left."""

from functools import partial

import pytest

from access.actors import Origin
from guests.actions import make_clip_link
from guests.credentials import LinkExpired, shown_token, use_clip_link
from guests.models import ClipLink, Guest
from spaces.actions import delete_clip, delete_sheet, delete_space, delete_workbook
from spaces.models import DataClip, Sheet, Space, Workbook
from tests.knock import at_once
from tests.places import furnish, make_clip
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db(transaction=True)

DELETIONS = {
    "clip": (delete_clip, lambda clip: DataClip.objects.select_related("environment").get(pk=clip.pk)),
    "sheet": (delete_sheet, lambda clip: Sheet.objects.select_related("environment").get(pk=clip.source_id)),
    "workbook": (delete_workbook, lambda clip: Workbook.objects.select_related("environment").get(pk=clip.workbook_id)),
    "space": (delete_space, lambda clip: Space.objects.select_related("environment").get(pk=clip.space_id)),
}


@pytest.mark.parametrize("what", DELETIONS)
def test_what_is_deleted_while_guests_come_by_a_clips_link_is_gone_with_them(ada, development, what):
    delete, find = DELETIONS[what]
    for _ in range(3):
        clip = make_clip(ada.actor, furnish(development).sheets[0])
        link = make_clip_link(ada.actor, clip)

        deleted, *came = at_once(
            [
                partial(delete, ada.actor, find(clip)),
                *[partial(use_clip_link, link.pk, Origin())] * 4,
                partial(shown_token, link, may_mint=True),
            ]
        )

        assert deleted is None
        assert all(isinstance(one, AccessToken | LinkExpired | None) for one in came), came
        assert not DataClip.objects.filter(pk=clip.pk).exists()
        assert not ClipLink.objects.exists()
        assert not Guest.objects.exists()
        assert not AccessToken.objects.filter(guest_id=link.guest_id).exists()
