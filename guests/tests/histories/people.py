"""Guests of an address: invited, given and taken things, moved, deleted; their tokens and magic links; time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from access.actions import Action
from access.policy import Forbidden
from access.queries import get_visible
from environments.actions import update_environment
from guests.actions import (
    Given,
    create_guest,
    delete_guest,
    end_guest_sessions,
    give_space,
    issue_guest_token,
    update_guest,
    withdraw_space,
)
from guests.actions.grants import GuestOfLink
from guests.credentials import LinkExpired, refresh_guest_token, use_link
from guests.links import mint_secret, open_grant, renew_link
from guests.models import MagicLink
from guests.tests.histories.history import HOUR, actor_of
from guests.tests.histories.model import WAYS, Held, Mailed, Person
from lib.problems import NotFound
from spaces.actions import archive_space, unarchive_space, update_space
from spaces.models import Sheet, Workbook
from tokens.credentials.exchange import NotRefreshable
from tokens.credentials.guests import text_of

MAILBOXES = [f"{name}@guest.example" for name in ("ann", "bob", "cyd")]
DAY = timedelta(hours=24)


def invite(history):
    email, (given, held) = history.dice.choice(MAILBOXES), some_gift(history)
    guest = create_guest(history.ada, history.environment(), email=email.upper(), spaces=[given])
    known = next((one for one in history.world.people.values() if one.email == email), None)
    person = known or history.meet(Person(guest.pk, email))
    assert person.id == guest.pk
    believe(history, person, given.space.pk, held)


def give(history):
    if person := history.somebody():
        given, held = some_gift(history)
        if person.clip:
            with pytest.raises(GuestOfLink):
                give_space(history.ada, history.guest(person), given)
            return
        give_space(history.ada, history.guest(person), given)
        believe(history, person, given.space.pk, held)


def bring(history):
    """Whoever has an address and a whole space brings another: never for longer, and what that one has stays."""
    token, email = history.some(history.world.tokens), history.dice.choice(MAILBOXES)
    person = token and history.world.people.get(token.person)
    space = person and history.some(person.grants)
    actor = actor_of(token.text) if space else None
    if actor is None:
        return
    held = history.world.held(person, history.now).get(space)
    is_free = bool(person.email) and not token.is_space
    may = held and held.is_whole and is_free and history.world.is_open(space, "magic_link")
    given = Given(history.space(space), keeps_end=True)
    try:
        guest = create_guest(actor, history.environment(), email=email, spaces=[given])
    except Forbidden:
        assert not may
        return
    assert may
    known = next((one for one in history.world.people.values() if one.email == email), None)
    other = known or history.meet(Person(guest.pk, email))
    was = other.grants.get(space)
    if was is None or not was.lasts(history.now):
        believe(history, other, space, replace(held, sheets=set(held.sheets), books=set(held.books)))


def withdraw(history):
    if person := history.somebody():
        space = history.some(person.grants if history.chance(0.7) else history.world.places)
        if space:
            withdraw_space(history.ada, history.guest(person), history.space(space))
            history.world.withdraw(person, space)


def forget(history):
    if (person := history.somebody()) and history.chance(0.5):
        if person.clip:
            with pytest.raises(GuestOfLink):
                delete_guest(history.ada, history.guest(person))
            return
        delete_guest(history.ada, history.guest(person))
        history.world.forget(person)


def token(history):
    """For a program: asked for by an administrator, or by a server, whose key takes it along."""
    if person := history.somebody():
        by_key = history.chance(0.4)
        actor = actor_of(history.texts["SECRET"]) if by_key else history.ada
        text = issue_guest_token(actor, history.guest(person))
        history.hand_out(text, person, key=history.keys["SECRET"].pk if by_key else "")


def refresh(history):
    """A sibling, of the same way and parent, until its chain is over."""
    if old := history.some(history.world.tokens):
        is_live = history.world.is_live(old, history.now)
        try:
            text = refresh_guest_token(old.text, history.origin()).text
        except NotRefreshable:
            assert not is_live
        else:
            assert is_live
            life = min(DAY if old.is_space else HOUR, old.began + DAY - history.now)
            sibling = replace(old, text=text, end=history.now + life)
            history.world.tokens.append(sibling)


def ask(history):
    """The mail with the sign-in link, where there is a way in; the one before it is good no more."""
    held = [(one, space) for one in history.world.people.values() if one.email for space in one.grants]
    if not held:
        return
    person, space = history.dice.choice(held)
    grant, now = open_grant(person.email, space), history.now
    is_open = space in history.world.held(person, now) and history.world.is_open(space, "magic_link")
    assert (grant is not None) is is_open
    if grant:
        link = renew_link(grant, MagicLink.Kind.SIGN_IN)
        mint_secret(link)
        for one in history.world.mailed:
            one.is_over |= (one.person, one.space) == (person.id, space)
        history.world.mailed.append(Mailed(link.pk, person.id, space, now + timedelta(minutes=10)))


def enter(history):
    """By a magic link that was mailed at some time, good or not."""
    link = history.some(history.world.mailed[-12:])
    if link is None:
        return
    person, now = history.world.people.get(link.person), history.now
    is_good = not link.is_over and link.end > now and link.space in history.world.held(person, now)
    try:
        text = text_of(use_link(link.id, history.origin()))
    except LinkExpired:
        assert not is_good, link
    else:
        assert is_good, link
        link.is_over = True
        history.hand_out(text, person, way="magic_link", through=link.space)


def move(history):
    """To a mailbox that is nobody's; the tokens and links of before end."""
    taken = {one.email for one in history.world.people.values()}
    free, person = [email for email in MAILBOXES if email not in taken], history.somebody()
    if free and person and not person.clip:
        back = person.was if person.was in free and history.chance(0.5) else ""
        person.was, person.email = person.email, back or history.dice.choice(free)
        update_guest(history.ada, history.guest(person), email=person.email)
        history.world.end_tokens(lambda token: token.person == person.id)
        for one in history.world.mailed:
            one.is_over |= one.person == person.id


def write(history):
    """Into any sheet: whoever sees it may, and to all others it is not there."""
    token, place = history.some(history.world.tokens), history.some(history.world.places.values())
    actor = actor_of(token.text) if token and place.book_of else None
    if actor:
        sheet = history.some(place.book_of)
        is_seen = sheet in history.world.seen(token, history.now)[2]
        try:
            get_visible(Sheet, actor, sheet, to=Action.INSERT_RECORDS, related=("environment",))
        except NotFound:
            assert not is_seen
        else:
            assert is_seen


def sign_out(history):
    if person := history.somebody():
        end_guest_sessions(history.ada, history.guest(person))
        history.world.end_tokens(lambda token: token.person == person.id)


def put_away(history):
    place = history.some(history.world.places.values())
    (unarchive_space if place.is_archived else archive_space)(history.ada, history.space(place.id))
    place.is_archived = not place.is_archived


def switch(history):
    """The ways into a space, or into all that say nothing of their own. What closed once stays closed."""
    place = history.some([*history.world.places.values(), None, None])
    ways = history.dice.choice([[], list(WAYS[:1]), list(WAYS[1:]), list(WAYS), list(WAYS)] + ([None] if place else []))
    put_ways(history, place, ways)


def flicker(history):
    """Off and on again at once: nothing revives (security.md, ruling 22)."""
    place = history.some([*history.world.places.values(), None, None])
    for ways in (history.dice.choice([[], list(WAYS[:1])]), list(WAYS)):
        put_ways(history, place, ways)


def put_ways(history, place, ways):
    if place:
        moved = {place.id} if (place.own is None) != (ways is None) else ()
        update_space(history.ada, history.space(place.id), guest_authentication=ways)
        place.own = ways
        history.world.end_ways(moved)
    else:
        update_environment(history.ada, history.environment(), guest_authentication=ways)
        history.world.ways = ways
        history.world.end_ways()


def wait(history):
    history.clock.shift(timedelta(minutes=history.dice.choice([1, 1, 3, 5, 10, 20, 200])))


def some_gift(history):
    """The whole of a space or parts of it, for a while or for good: for the system, and as the model has it."""
    place = history.some(history.world.places.values())
    books = history.dice.choice([None, [], place.books[:1], place.books])
    possible = [sheet for sheet, book in place.book_of.items() if books is None or book in books]
    sheets = history.dice.choice([None, history.dice.sample(possible, min(len(possible), 2))])
    end = history.some_end()
    rows = None if books is None else tuple(Workbook.objects.filter(pk__in=books))
    parts = None if sheets is None else tuple(Sheet.objects.filter(pk__in=sheets))
    given = Given(history.space(place.id), rows, parts, end)
    opened = set(place.books if books is None else books)
    seen = {sheet for sheet, book in place.book_of.items() if book in opened and (sheets is None or sheet in sheets)}
    return given, Held(seen, opened if sheets is None else set(), books is None and sheets is None, end)


def believe(history, person, space, held):
    """What had ended is given anew, without what hung on it."""
    was = person.grants.get(space)
    if was and not was.lasts(history.now):
        history.world.withdraw(person, space)
    person.grants[space] = held


DEEDS = [invite, invite, give, give, bring, withdraw, forget, token, token, refresh, refresh, ask, ask, enter, enter]
DEEDS += [move, write, sign_out, put_away, switch, switch, flicker, wait, wait]
