"""The system and the model side by side: what chance chooses is done to both, and both must show the same."""

import random
from datetime import timedelta

from django.test import RequestFactory
from django.utils import timezone

from access.actors import Origin
from access.queries import visible
from config.door import api_actor
from conftest import bearer
from environments.models import ApiKey, Environment
from guests.models import Guest
from guests.tests.histories.model import Place, Token, World
from lib.problems import BadCredential
from spaces.models import DataClip, Sheet, Space, Workbook
from tests.places import furnish

HOUR = timedelta(hours=1)
OLD = 3  # tokens whose time is over, of those that are tried each time
MODELS = (Space, Workbook, Sheet, DataClip)


class History:
    """What the deeds of the other modules work on: the dice, an administrator, the keys, and the world as believed."""

    def __init__(self, seed, ada, environment, clock):
        self.dice, self.ada, self.clock, self.environment_id = random.Random(seed), ada, clock, environment.pk  # noqa: S311
        self.world, self.everybody = World(), set()
        for number in range(3):
            self.know(furnish(environment, f"Space {number}").space.pk, is_furnished=True)
        self.keys = {type: ApiKey.objects.get(environment=environment, type=type) for type in ApiKey.Type.values}
        self.texts = {type: key.text for type, key in self.keys.items()}
        self.visits = 0

    @property
    def now(self):
        return timezone.now()

    def know(self, space_id, **facts):
        """Believe in a space of the system, with what is in it."""
        sheets = Sheet.objects.filter(space=space_id, is_clip=False).order_by("workbook__name", "slug")
        books = list(Workbook.objects.filter(space=space_id).order_by("name").values_list("pk", flat=True))
        self.world.places[space_id] = place = Place(
            space_id, dict(sheets.values_list("pk", "workbook_id")), books, **facts
        )
        return place

    def meet(self, person):
        """Somebody new; whoever was known and deleted never comes back."""
        assert person.id not in self.everybody, "a guest came back"
        self.everybody.add(person.id)
        self.world.people[person.id] = person
        return person

    def hand_out(self, text, person, *, life=HOUR, **facts):
        assert all(text != token.text for token in self.world.tokens), "a token was handed out twice"
        self.world.tokens.append(Token(text, person.id, self.now + life, self.now, **facts))

    # What chance chooses

    def somebody(self, *, with_address=False):
        found = [one for one in self.world.people.values() if one.email or not with_address]
        return self.dice.choice(found) if found else None

    def some(self, things):
        things = list(things)
        return self.dice.choice(things) if things else None

    def chance(self, share):
        return self.dice.random() < share

    def some_end(self, most=90):
        """Never, or in a while."""
        return self.dice.choice([None, self.now + timedelta(minutes=self.dice.randint(1, most))])

    def origin(self):
        """Somewhere else each time, so that no limit is met."""
        self.visits += 1
        return Origin(ip=f"10.{self.visits // 250}.{self.visits % 250}.1")

    # Rows

    def environment(self):
        return Environment.objects.get(pk=self.environment_id)

    def guest(self, person):
        return Guest.objects.select_related("environment").get(pk=person.id)

    def space(self, id):
        return Space.objects.select_related("environment", "account").get(pk=id)

    def clip(self, clip):
        return DataClip.objects.select_related("environment", "space__account", "source", "sheet").get(pk=clip.id)

    def check(self, *, everything=False):
        """Every token that lives, or would if nothing had ended it, sees what the model says; and some of the rest."""
        now = self.now
        young = [token for token in self.world.tokens if token.end > now]
        old = [token for token in self.world.tokens if token.end <= now]
        for token in young + (old if everything else self.dice.sample(old, min(OLD, len(old)))):
            assert seen_by(token.text) == self.world.seen(token, now), token
        if everything:
            assert set(Guest.objects.values_list("pk", flat=True)) == set(self.world.people)


def seen_by(text):
    """What a token sees: spaces, workbooks, sheets, clips; None for a dead one."""
    actor = actor_of(text)
    return actor and tuple(found(model, actor) for model in MODELS)


def found(model, actor):
    if model is DataClip and actor.kind.value == "space":
        return set()  # its kind never sees any
    return set(visible(model, actor).values_list("pk", flat=True))


def actor_of(text):
    """Whoever knocks with it; None where it opens nothing."""
    try:
        return api_actor(RequestFactory().get("/v1/", headers=bearer(text)))
    except BadCredential:
        return None
