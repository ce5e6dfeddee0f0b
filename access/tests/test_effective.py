"""The effective set of a credential is what the judge says of every action, whoever asks and whenever."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from access.actions import Action
from access.actors import Actor, Credential, Grant, Kind, Places, Role
from access.effective import effective
from access.policy import reach
from access.scopes import SCOPES

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def some_actor(chance: random.Random) -> Actor:
    """Anybody at all, the impossible included."""
    maybe = lambda *values: chance.choice((None, *values))  # noqa: E731
    proven_at = maybe(NOW, NOW - timedelta(minutes=11), NOW + timedelta(minutes=1))
    scopes = maybe(frozenset(chance.sample(sorted(set(SCOPES.values())), 3)), frozenset())
    credential = Credential(
        chance.choice(list(Kind)), "us_x_1", proven_at=proven_at, is_child=chance.random() < 0.3, scopes=scopes
    )
    grants = tuple(
        Grant(chance.choice(list(Role)), maybe("us_env_1", "us_env_2"), maybe("us_sp_1"))
        for _ in range(chance.randrange(4))
    )
    return Actor(
        chance.choice(("", "us_usr_1")),
        "Ada",
        maybe("us_acc_1", "us_acc_2"),
        credential,
        NOW,
        environment_id=maybe("us_env_1", "us_env_2"),
        grants=grants,
        places=maybe(Places(), Places(spaces=frozenset({"us_sp_1"}), clips=frozenset({"us_dc_1"}))),
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_effective_set_is_what_the_judge_says(seed):
    chance = random.Random(seed)  # noqa: S311  reproducible
    for _ in range(50):
        actor = some_actor(chance)

        asked = tuple(action for action in Action if not (found := reach(actor, action)).never and found.areas)

        assert effective(actor) == asked, actor


def test_it_is_neither_everything_nor_nothing_for_most():
    sizes = {len(effective(some_actor(random.Random(seed)))) for seed in range(200)}  # noqa: S311

    assert 0 in sizes
    assert len(sizes) > 10
