"""Shared links: made, changed, revoked, visited; and the spaces that embeds open, with the keys that open them."""

from datetime import timedelta

from environments.actions import create_key, revoke_key
from guests.actions import create_shared_link, revoke_shared_link, update_shared_link
from guests.actions.shared import SharedLinkOff
from guests.credentials import SharedLinkEnded, WrongLinkPassword, use_shared_link
from guests.models import SharedLink
from guests.tests.histories.model import Held, Link, Person
from guests.tests.opening import BODY, INIT
from lib import crypto
from spaces.actions import delete_space
from tests.knock import call
from tokens.credentials.guests import text_of

DAY = timedelta(hours=24)
PASSWORDS = ("open sesame", "open barley")
ACTORS = ("jo", "kim")
MOST_SPACES = 5  # that embeds have made


def is_shared(history, space):
    return history.world.is_open(space, "shared_link") and not history.world.places[space].is_archived


def make(history):
    """The link before it is revoked, and whoever came in by that is out."""
    space = history.some(history.world.places)
    given = some_limits(history)
    try:
        row = create_shared_link(history.ada, history.space(space), **given)
    except SharedLinkOff:
        assert not is_shared(history, space)
        return
    assert is_shared(history, space)
    for link in history.world.links:
        if link.space == space:
            end(history, link)
    believe(history, row, given)


def change(history):
    """Until when, how often, which password: what has run out may be renewed, what was revoked may not."""
    link = history.some(one for one in history.world.links if not is_revoked(one))
    if link:
        given = some_limits(history)
        update_shared_link(history.ada, row_of(link), **given)
        link.end, link.most, link.password = given["expires_at"], given["most_uses"], given["password"]


def revoke(history):
    if (link := history.some(history.world.links[-6:])) and history.chance(0.7):
        revoke_shared_link(history.ada, row_of(link))
        end(history, link)


def visit(history):
    """Whoever comes by the link is nobody in particular, with the whole space, as long as the link itself lasts."""
    alive = [one for one in history.world.links if not one.is_over]
    link = history.some(alive if history.chance(0.8) else history.world.links[-12:])
    if link is None:
        return
    typed = link.password if history.chance(0.7) else history.dice.choice(PASSWORDS)
    is_used_up = link.most is not None and link.uses >= link.most
    has_ended = link.end is not None and link.end <= history.now
    is_good = not (link.is_over or is_used_up or has_ended) and is_shared(history, link.space)
    is_let_in = is_good and (not link.password or typed == link.password)
    try:
        token = use_shared_link(link.id, history.origin(), password=typed)
    except SharedLinkEnded:
        assert not is_good, link
        return
    except WrongLinkPassword:
        assert is_good, link
        assert not is_let_in, link
        return
    assert is_let_in, link
    link.uses += 1
    visitor = history.meet(Person(token.guest_id, grants={link.space: whole(history, link.space, link.end)}))
    history.hand_out(text_of(token), visitor, way="shared_link", through=link.space, link=link.id)


def embed(history):
    """A browser opens a space with the publishable key, in the new way or in the old one."""
    if len(embedded(history)) >= MOST_SPACES:
        return demolish(history)
    key, text, origin = history.keys["PUBLISHABLE"], history.texts["PUBLISHABLE"], {"REMOTE_ADDR": history.origin().ip}
    is_old, external = history.chance(0.3), history.dice.choice([*ACTORS, ""])
    if is_old:
        external, answer = "", call("POST", "/v1/spaces", text, {"name": "Older"}, **origin)
    else:
        body = BODY | ({"externalActorId": external} if external else {})
        answer = call("POST", INIT + text, body=body, **origin)
    if "shared_link" not in history.world.ways:
        assert answer.status_code == 409, answer.content
        return None
    assert answer.status_code == 200, answer.content
    shown = answer.json()["data"] if is_old else answer.json()["data"]["space"]
    history.know(shown["id"])
    person = embedded_person(history, shown["accessToken"], external)
    hand_out(history, shown, person, key)
    return None


def serve(history):
    """A server makes a space to be shared, or asks for one that is there, and gets the token to hand on."""
    key, text = history.keys["SECRET"], history.texts["SECRET"]
    if history.chance(0.3) and len(embedded(history)) < MOST_SPACES:
        answer = call("POST", "/v1/spaces", text, {"name": "Of a server"})
        place = history.know(answer.json()["data"]["id"])
    else:
        place = history.some(history.world.places.values())
        answer = call("GET", f"/v1/spaces/{place.id}", text)
    assert answer.status_code == 200, answer.content
    shown, newest = answer.json()["data"], newest_of(history, place.id)
    assert ("accessToken" in shown) is is_shared(history, place.id)
    if "accessToken" not in shown:
        return
    learn_link(history, place.id)
    holder = newest and history.world.people.get(newest.person)
    held = holder and history.world.held(holder, history.now).get(place.id)
    is_inside = bool(held and held.is_whole)
    lasts = newest and history.world.is_live(newest, history.now) and newest.end > history.now + timedelta(hours=1)
    if is_inside and lasts:
        assert shown["accessToken"] == newest.text
        return
    id = crypto.claimed_subject(shown["accessToken"])
    person = holder if is_inside else history.meet(Person(id))
    assert person.id == id
    hand_out(history, shown, person, key)


def end_key(history):
    """What it minted dies with it; another takes its place."""
    type = history.some(history.keys)
    if history.chance(0.4):
        key = history.keys[type]
        revoke_key(history.ada, key)
        history.world.end_tokens(lambda token: token.key == key.pk)
        issued = create_key(history.ada, history.environment(), type=type)
        history.keys[type], history.texts[type] = issued.key, issued.secret


def demolish(history):
    """A space that an embed has made, with all that hangs on it."""
    if space := history.some(embedded(history)):
        delete_space(history.ada, history.space(space))
        history.world.demolish(space)


def embedded(history):
    return [place.id for place in history.world.places.values() if not place.is_furnished]


def embedded_person(history, text, external):
    """Who a token of the publishable key is for: the guest of that external actor, unless they have an address now."""
    id = crypto.claimed_subject(text)
    known = next((one for one in history.world.people.values() if external and one.external == external), None)
    if known and not known.email:
        assert id == known.id
        return known
    return history.meet(Person(id, external="" if known else external))


def hand_out(history, shown, person, key):
    """A token that holds the one space, whole."""
    if shown["id"] not in person.grants:
        person.grants[shown["id"]] = whole(history, shown["id"])
    facts = {"way": "shared_link", "through": shown["id"], "key": key.pk, "is_space": True}
    history.hand_out(shown["accessToken"], person, life=DAY, **facts)


def newest_of(history, space):
    found = [one for one in history.world.tokens if one.is_space and one.through == space]
    found = [one for one in found if one.person in history.world.people]
    return found[-1] if found else None


def learn_link(history, space):
    """The public link that a space of a server is born with."""
    row = SharedLink.objects.whole().filter(space=space, revoked_at=None).first()
    if row and row.pk not in {link.id for link in history.world.links}:
        believe(history, row, {"expires_at": None, "most_uses": None, "password": ""})


def believe(history, row, given):
    limits = {"password": given["password"], "most": given["most_uses"], "end": given["expires_at"]}
    history.world.links.append(Link(row.pk, row.space_id, row.secret, **limits))


def end(history, link):
    """For good, with everybody who came in by it."""
    link.is_over = True
    history.world.end_tokens(lambda token: token.link == link.id)


def is_revoked(link):
    return SharedLink.objects.get(pk=link.id).revoked_at is not None


def row_of(link):
    return SharedLink.objects.whole().get(pk=link.id)


def some_limits(history):
    password = history.dice.choice(["", "", *PASSWORDS])
    most = history.dice.choice([None, 1, 2, 5])
    return {"expires_at": history.some_end(300), "most_uses": most, "password": password}


def whole(history, space, end=None):
    place = history.world.places[space]
    return Held(set(place.book_of), set(place.books), True, end)


DEEDS = [make, make, change, revoke, visit, visit, visit, visit, embed, embed, serve, serve, end_key, demolish]
