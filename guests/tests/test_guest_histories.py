"""Random histories of guests against a small model of what each may see: the system never gives more, nor less."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from access.actors import Origin
from access.queries import visible
from config.door import api_actor
from environments.actions import update_environment
from environments.models import Environment
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
from guests.credentials import LinkExpired, use_link
from guests.links import mint_secret, renew_link
from guests.models import Grant, Guest, MagicLink
from lib.problems import BadCredential
from spaces.actions import archive_space, unarchive_space, update_space
from spaces.models import Sheet, Space, Workbook
from tests.places import furnish
from tokens.credentials.guests import text_of

pytestmark = pytest.mark.django_db

MAILBOXES = [f"{name}@guest.example" for name in ("ann", "bob", "cyd")]
HOUR = timedelta(hours=1)
WAYS = ("magic_link", "shared_link")


@dataclass
class Person:
    """What the model believes of one guest: space → what of it and until when, and the tokens that are out."""

    id: str
    email: str
    grants: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    ways: dict = field(default_factory=dict)  # token → the space whose magic link it came by


class History:
    """The system and the model beside each other: each step is done to both."""

    def __init__(self, seed, ada, environment, clock):
        self.dice, self.ada, self.environment, self.clock = random.Random(seed), ada, environment, clock  # noqa: S311
        self.rooms = {room.space.pk: room for room in (furnish(environment, f"Space {n}") for n in range(3))}
        self.archived, self.people, self.dead = set(), {}, []
        self.default, self.own = list(WAYS), dict.fromkeys(self.rooms)  # ways in: the environment's, the spaces' own

    def step(self):
        deed = self.dice.choice([self.invite, self.give, self.give, self.withdraw, self.forget, self.token, self.token,
                                 self.enter, self.enter, self.move, self.sign_out, self.put_away, self.switch,
                                 self.wait])  # fmt: skip
        deed()

    def invite(self):
        email, given = self.dice.choice(MAILBOXES), self.given()
        guest = create_guest(self.ada, self.environment, email=email.upper(), spaces=[given])
        known = next((one for one in self.people.values() if one.email == email), None)
        person = known or self.people.setdefault(guest.pk, Person(guest.pk, email))
        assert person.id == guest.pk
        assert guest.pk not in {one.id for one in self.dead}, "a deleted guest came back"
        self.believe(person, given)

    def give(self):
        if person := self.somebody():
            given = self.given()
            give_space(self.ada, self.row(person), given)
            self.believe(person, given)

    def withdraw(self):
        if person := self.somebody():
            space = self.dice.choice(list(self.rooms))
            withdraw_space(self.ada, self.row(person), Space.objects.select_related("environment").get(pk=space))
            person.grants.pop(space, None)

    def forget(self):
        if (person := self.somebody()) and self.dice.random() < 0.5:
            delete_guest(self.ada, self.row(person))
            self.dead.append(self.people.pop(person.id))

    def token(self):
        if person := self.somebody():
            person.tokens[issue_guest_token(self.ada, self.row(person))] = timezone.now() + HOUR

    def enter(self):
        """By magic link, where there is one; the token is good as long as nobody closes that way."""
        held = [(one, space) for one in self.people.values() for space in one.grants]
        if not held:
            return
        person, space = self.dice.choice(held)
        grant = Grant.objects.select_related("guest", "space__environment").get(guest_id=person.id, space_id=space)
        link = renew_link(grant, MagicLink.Kind.SIGN_IN)
        mint_secret(link)
        is_open = self.is_open(space) and space not in self.archived and self.lasts(person.grants[space])
        try:
            text = text_of(use_link(link.pk, Origin()))
        except LinkExpired:
            assert not is_open
        else:
            assert is_open
            person.tokens[text], person.ways[text] = timezone.now() + HOUR, space

    def switch(self):
        """The ways into a space, or into all that say nothing of their own. What closed once stays closed."""
        space = self.dice.choice([*self.rooms, None])
        ways = self.dice.choice([[], WAYS[:1], WAYS[1:], list(WAYS)] + ([None] * 2 if space else []))
        followed = {one for one, own in self.own.items() if own is None}
        if space:
            row = Space.objects.select_related("environment").get(pk=space)
            update_space(self.ada, row, guest_authentication=ways)
            self.own[space] = ways
        else:
            update_environment(self.ada, Environment.objects.get(pk=self.environment.pk), guest_authentication=ways)
            self.default = ways
        moved = followed ^ {one for one, own in self.own.items() if own is None}
        for person in self.people.values():
            for text, through in person.ways.items():
                if through in moved or not self.is_open(through):
                    person.tokens[text] = None

    def move(self):
        """To a mailbox that is nobody's; the tokens of before end."""
        free = [email for email in MAILBOXES if email not in {one.email for one in self.people.values()}]
        if free and (person := self.somebody()):
            person.email = self.dice.choice(free)
            update_guest(self.ada, self.row(person), email=person.email)
            person.tokens = dict.fromkeys(person.tokens)

    def sign_out(self):
        if person := self.somebody():
            end_guest_sessions(self.ada, self.row(person))
            person.tokens = dict.fromkeys(person.tokens)

    def put_away(self):
        space = self.dice.choice(list(self.rooms))
        row = Space.objects.select_related("environment").get(pk=space)
        (unarchive_space if space in self.archived else archive_space)(self.ada, row)
        self.archived ^= {space}

    def wait(self):
        self.clock.shift(timedelta(minutes=self.dice.randint(1, 40)))

    def given(self):
        """The whole of a space or parts of it, for a while or for good."""
        room = self.dice.choice(list(self.rooms.values()))
        books = self.dice.choice([None, [], room.workbooks[:1], room.workbooks])
        possible = [sheet for sheet in room.sheets if books is None or sheet.workbook in books]
        sheets = self.dice.choice([None, self.dice.sample(possible, min(len(possible), 2))])
        end = self.dice.choice([None, timezone.now() + timedelta(minutes=self.dice.randint(1, 90))])
        space = Space.objects.select_related("environment").get(pk=room.space.pk)
        return Given(space, None if books is None else tuple(books), None if sheets is None else tuple(sheets), end)

    def believe(self, person, given):
        room = self.rooms[given.space.pk]
        books = {book.pk for book in (room.workbooks if given.workbooks is None else given.workbooks)}
        sheets = {one.pk for one in (room.sheets if given.sheets is None else given.sheets) if one.workbook_id in books}
        person.grants[given.space.pk] = (sheets, books if given.sheets is None else None, given.expires_at)

    def is_open(self, space):
        own = self.own[space]
        return "magic_link" in (self.default if own is None else own)

    def lasts(self, grant):
        return grant[2] is None or grant[2] > timezone.now()

    def somebody(self):
        return self.dice.choice(list(self.people.values())) if self.people else None

    def row(self, person):
        return Guest.objects.select_related("environment").get(pk=person.id)

    def check(self):
        """Every token ever given sees what the model says, or is dead where the model says so."""
        now = timezone.now()
        for person in self.dead:
            for text in person.tokens:
                assert seen_by(text) is None, "a token of a deleted guest opens something"
            assert not Grant.objects.filter(guest_id=person.id).exists()
        for person in self.people.values():
            for text, end in person.tokens.items():
                wanted = None if end is None or end <= now else self.wanted(person, now)
                assert seen_by(text) == wanted

    def wanted(self, person, now):
        live = {
            space: (sheets, books)
            for space, (sheets, books, end) in person.grants.items()
            if space not in self.archived and (end is None or end > now)
        }
        sheets = {sheet for found, _ in live.values() for sheet in found}
        containers = set(Sheet.objects.filter(pk__in=sheets).values_list("workbook_id", flat=True))
        return set(live), containers | {book for _, books in live.values() for book in books or ()}, sheets


def seen_by(text):
    """What a token sees: spaces, workbooks, sheets; None for a dead one."""
    try:
        actor = api_actor(knock(text))
    except BadCredential:
        return None
    return tuple(set(visible(model, actor).values_list("pk", flat=True)) for model in (Space, Workbook, Sheet))


def knock(text):
    return RequestFactory().get("/v1/", headers={"Authorization": f"Bearer {text}"})


def run(seed, steps, ada, environment):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        history = History(seed, ada.actor, environment, clock)
        for number in range(steps):
            history.step()
            if number % 3 == 0:
                history.check()


def test_three_hundred_steps_hold(ada, development):
    run(1, 300, ada, development)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(2, 22))
def test_twenty_histories_of_a_thousand_steps_hold(ada, development, seed):
    run(seed, 1_000, ada, development)
