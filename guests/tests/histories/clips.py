"""Data clips: made, shared, opened by their link, closed, written and deleted."""

import pytest

from access.actions import Action
from access.queries import get_visible
from guests.actions import make_clip_link, revoke_clip_link, share_clip
from guests.actions.clips import NotInSpace
from guests.credentials import LinkExpired, use_clip_link
from guests.tests.histories.history import HOUR, actor_of
from guests.tests.histories.model import Clip, Person
from lib.problems import NotFound
from spaces.actions import create_clip, delete_clip, fill_clip, insert_records, merge_clip, update_clip
from spaces.actions.clips import ClipMerged
from spaces.actions.records import ClipClosed
from spaces.models import Record, Sheet
from tokens.credentials.guests import text_of

MOST = 6


def make(history):
    """By an administrator, or by a guest of what they may edit."""
    if len(history.world.clips) >= MOST:
        return delete(history)
    place = history.some(one for one in history.world.places.values() if one.book_of)
    source = history.some(place.book_of)
    token = history.some(history.world.tokens) if history.chance(0.5) else None
    actor = actor_of(token.text) if token and not token.is_space else None
    sheet = Sheet.objects.select_related("environment", "space").get(pk=source)
    if actor and sheet.pk not in history.world.seen(token, history.now)[2]:
        with pytest.raises(NotFound):
            get_visible(Sheet, actor, sheet.pk, to=Action.CREATE_CLIP)
        return None
    row = create_clip(actor or history.ada, sheet, name="Clip")
    fill_clip(
        actor_of(token.text) if actor else history.ada,
        row,
        list(Record.objects.filter(sheet=sheet).values_list("pk", flat=True)[:1]),
    )
    owner = actor.id if actor else ""
    history.world.clips[row.pk] = Clip(row.pk, place.id, sheet.workbook_id, source, row.sheet_id, owner)
    return None


def share(history):
    """With exactly these; only guests of the space can be named."""
    if clip := history.some(history.world.clips.values()):
        people = list(history.world.people.values())
        chosen = history.dice.sample(people, min(len(people), history.dice.randint(0, 3)))
        lasting = {one.id for one in people if (held := one.grants.get(clip.space)) and held.lasts(history.now)}
        wanted = [one.id for one in chosen if one.id in lasting or history.chance(0.1)]
        if set(wanted) - lasting:
            with pytest.raises(NotInSpace):
                share_clip(history.ada, history.clip(clip), wanted)
        else:
            share_clip(history.ada, history.clip(clip), wanted)
            clip.shares = set(wanted)


def link(history):
    """One that is good is kept, with its guest and its secret; one that has ended is made anew."""
    if clip := history.some(history.world.clips.values()):
        end, was, secret = history.some_end(), clip.link_lasts(history.now), clip.secret
        row = make_clip_link(history.ada, history.clip(clip), expires_at=end)
        if not (was or (clip.holder and clip.link_end == end)):
            history.world.end_clip_link(clip)
            history.meet(Person(row.guest_id, clip=clip.id))
            clip.secret = row.pk
        assert not was or row.pk == secret
        clip.holder, clip.link_end = row.guest_id, end


def unlink(history):
    if (clip := history.some(history.world.clips.values())) and history.chance(0.5):
        revoke_clip_link(history.ada, history.clip(clip))
        history.world.end_clip_link(clip)


def come(history):
    """By the link, as often as one likes; no token outlasts it."""
    if clip := history.some(one for one in history.world.clips.values() if one.secret):
        is_good = clip.link_lasts(history.now) and not history.world.places[clip.space].is_archived
        try:
            token = use_clip_link(clip.secret, history.origin())
        except LinkExpired:
            assert not is_good
            return
        assert is_good
        life = min(HOUR, clip.link_end - history.now) if clip.link_end else HOUR
        history.hand_out(text_of(token), history.world.people[clip.holder], life=life)


def set_status(history):
    """Closed while it is compared, and for good once it was merged."""
    clip = history.some(history.world.clips.values())
    if clip is None:
        return
    status = history.dice.choice(["OPEN", "READY"])
    if clip.status == "MERGED":
        with pytest.raises(ClipMerged):
            update_clip(history.ada, history.clip(clip), status=status)
    elif clip.status == "READY" and not clip.owner and history.chance(0.3):
        merge_clip(history.ada, history.clip(clip))
        clip.status = "MERGED"
    else:
        clip.status = status
        update_clip(history.ada, history.clip(clip), status=status)


def write(history):
    """Whoever sees a clip adds a record to it while it is open; for all others it is not there."""
    token, clip = history.some(history.world.tokens), history.some(history.world.clips.values())
    actor = actor_of(token.text) if token and clip else None
    if actor is None:
        return
    sees = clip.sheet in history.world.seen(token, history.now)[2]
    try:
        sheet = get_visible(Sheet, actor, clip.sheet, to=Action.INSERT_RECORDS, related=("environment",))
        insert_records(actor, sheet, [{"name": {"value": "Written"}}])
    except NotFound:
        assert not sees
    except ClipClosed:
        assert sees
        assert clip.status != "OPEN"
    else:
        assert sees
        assert clip.status == "OPEN"


def delete(history):
    if (clip := history.some(history.world.clips.values())) and history.chance(0.5):
        delete_clip(history.ada, history.clip(clip))
        history.world.end_clip(clip)


DEEDS = [make, make, share, share, link, unlink, come, come, set_status, write, write, delete]
