"""Random histories of guests against a small model of what each may see: the system never gives more, nor less."""

import pytest
import time_machine

from guests.tests.histories import clips, links, people
from guests.tests.histories.history import History

pytestmark = pytest.mark.django_db

DEEDS = {"people": people.DEEDS, "links": people.DEEDS + links.DEEDS, "clips": people.DEEDS + clips.DEEDS}
DEEDS |= {"everything": people.DEEDS + links.DEEDS + clips.DEEDS}
CHECKED_EVERY = 5


def tell(seed, steps, deeds, ada, environment):
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False) as clock:
        history = History(seed, ada.actor, environment, clock)
        for number in range(steps):
            clock.shift(1)
            history.dice.choice(deeds)(history)
            if number % CHECKED_EVERY == 0:
                history.check()
        history.check(everything=True)


@pytest.mark.parametrize("about", ["links", "clips"])
def test_a_history_holds(about, ada, development):
    tell(2, 150, DEEDS[about], ada, development)


@pytest.mark.torture
@pytest.mark.parametrize("about", DEEDS)
@pytest.mark.parametrize("seed", range(2, 22))
def test_fifty_thousand_steps_hold(about, seed, ada, development):
    tell(seed, 650, DEEDS[about], ada, development)
