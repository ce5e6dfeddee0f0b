"""What a data clip is kept from: growing without end, being changed as a sheet, being settled by yesterday's view."""

import pytest
from django.utils import timezone

from guests.actions import collaborators_of, share_clip
from guests.models import Grant
from spaces.actions import delete_records, merge_clip, records, resolve_clip, update_clip, update_records
from spaces.actions.merging import ClipHasConflicts
from spaces.models import DataClip, Record, Sheet
from spaces.pages.clip_views import guests_of
from tests.knock import at_once, call, refused
from tests.places import furnish, give, make_clip, make_guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(development):
    return furnish(development)


@pytest.fixture
def clip(ada, room):
    return make_clip(ada.actor, room.sheets[0], room.sheets[0].records.get(position=1), name="Clip")


def copy_of(clip):
    return Record.objects.get(sheet=clip.sheet_id)


def write(ada, sheet, id, value):
    update_records(ada.actor, Sheet.objects.get(pk=sheet.pk), [{"id": id, "values": {"name": {"value": value}}}])


@pytest.fixture
def conflict(ada, clip, room):
    """The same cell changed in the clip and in its sheet."""
    write(ada, clip.sheet, copy_of(clip).pk, "Anna")
    write(ada, room.sheets[0], clip.copies.get().origin_id, "Annie")
    return update_clip(ada.actor, clip, status="READY")


def test_a_clip_holds_no_more_records_by_one_way_than_by_the_other(clip, pat, monkeypatch):
    monkeypatch.setattr(records, "MOST_COPIES", 2)
    path, body = f"/v1/sheets/{clip.sheet_id}/records", [{"name": {"value": "x"}}]

    assert call("POST", path, pat, body).status_code == 200
    assert refused(call("POST", path, pat, body), 409)["code"] == "too_many_copies"
    assert Record.objects.filter(sheet=clip.sheet_id).count() == 2


@pytest.mark.parametrize(("method", "rest"), [("DELETE", ""), ("PATCH", ""), ("POST", "/lock"), ("POST", "/unlock")])
def test_the_sheet_of_a_clip_goes_the_clips_way(clip, pat, method, rest):
    refusal = refused(call(method, f"/v1/sheets/{clip.sheet_id}{rest}", pat, {"name": "New"}), 409)

    assert refusal["code"] == "sheet_of_clip"
    assert DataClip.objects.get().sheet.name == "Clip"


def settle(ada, clip):
    resolves = [{"field": "name", "resolveTo": "clip"}]
    resolve_clip(ada.actor, clip, [{"recordId": copy_of(clip).pk, "resolves": resolves}])


def test_a_decision_is_none_about_what_the_clip_holds_later(ada, conflict):
    settle(ada, conflict)
    clip = update_clip(ada.actor, conflict, status="OPEN")
    write(ada, clip.sheet, copy_of(clip).pk, "Ines")
    clip = update_clip(ada.actor, clip, status="READY")

    with pytest.raises(ClipHasConflicts):
        merge_clip(ada.actor, clip)


def test_a_decision_to_put_a_record_back_is_none_about_what_it_holds_later(ada, clip, room):
    back = [{"recordId": copy_of(clip).pk, "resolves": [{"removedFromMainResolution": "restore"}]}]
    delete_records(ada.actor, room.sheets[0], [clip.copies.get().origin_id])
    update_clip(ada.actor, clip, status="READY")
    resolve_clip(ada.actor, clip, back)
    clip = update_clip(ada.actor, clip, status="OPEN")
    write(ada, clip.sheet, copy_of(clip).pk, "Mallory")
    clip = update_clip(ada.actor, clip, status="READY")

    with pytest.raises(ClipHasConflicts):
        merge_clip(ada.actor, clip)

    resolve_clip(ada.actor, clip, back)
    merge_clip(ada.actor, clip)
    assert room.sheets[0].records.filter(values__name__value="Mallory").exists()


def test_a_page_that_shows_other_values_settles_nothing(ada, browser_of, conflict, room):
    page = f"/dashboard/{room.space.environment_id}/spaces/{room.space.pk}/clips/{conflict.pk}/conflicts"
    browser = browser_of(ada)
    [name] = browser.get(page).context["form"].fields
    write(ada, room.sheets[0], conflict.copies.get().origin_id, "Anka")

    answer = browser.post(page, {name: "clip"})

    assert "has changed since you opened the page" in answer.content.decode()
    assert conflict.copies.get().resolves == []
    [name] = browser.get(page).context["form"].fields
    assert browser.post(page, {name: "main"}).status_code == 302
    assert conflict.copies.get().resolves[0]["resolveTo"] == "main"


def test_who_works_on_it_is_seen_and_taken_off_whatever_has_ended_elsewhere(ada, clip, room, development):
    gus, gwen = (make_guest(development, f"{name}@guest.example") for name in ("gus", "gwen"))
    give(gus, furnish(development, "Elsewhere").space)
    for guest in (gus, gwen):
        give(guest, room.space)
    share_clip(ada.actor, clip, [gus.pk, gwen.pk])
    Grant.objects.filter(guest=gus).exclude(space=room.space).update(expires_at=timezone.now())
    Grant.objects.filter(guest=gwen).update(expires_at=timezone.now())

    assert [id for id, _ in guests_of(ada.actor, clip)] == collaborators_of(clip) == [gus.pk]
    assert share_clip(ada.actor, clip, []) == []


@pytest.mark.django_db(transaction=True)
def test_what_somebody_writes_while_a_clip_is_merged_is_not_lost(ada, clip, room):
    """Whoever is first: a merge finds a conflict then, and a write stands on what was merged."""
    write(ada, clip.sheet, copy_of(clip).pk, "Anna")
    origin = clip.copies.get().origin_id
    clip = update_clip(ada.actor, clip, status="READY")

    def merged():
        try:
            merge_clip(ada.actor, DataClip.objects.select_related("environment", "source", "sheet").get(pk=clip.pk))
        except ClipHasConflicts:
            return "conflict"
        return "merged"

    said = at_once([merged, lambda: write(ada, room.sheets[0], origin, "Annie")])

    assert said[0] in ("conflict", "merged")
    assert said[1] is None
    assert Record.objects.get(pk=origin).values["name"]["value"] == "Annie"
