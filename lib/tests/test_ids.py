"""Public ids: their shape, their order, and what is not one."""

import re

import pytest
import time_machine

from lib.ids import IdField, Minted, is_id, new_id


def test_an_id_is_a_prefix_and_22_characters():
    assert re.fullmatch(r"us_env_[0-9A-Za-z]{22}", new_id("us_env_"))


def test_no_two_ids_are_alike():
    assert len({new_id("us_env_") for _ in range(5_000)}) == 5_000


def test_ids_sort_by_the_millisecond_they_were_made_in():
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False) as clock:
        made = []
        for _ in range(200):
            made.append(new_id("us_env_"))
            clock.shift(0.001)

    assert made == sorted(made)


def test_two_ids_of_the_same_millisecond_share_only_their_beginning():
    with time_machine.travel("2026-01-01T00:00:00Z", tick=False):
        first, second = new_id("us_env_"), new_id("us_env_")

    assert first[:14] == second[:14]
    assert first[-11:] != second[-11:]


def test_what_was_made_is_recognised():
    assert is_id(new_id("us_evt_"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "us_env_",
        "us_env_short",
        "us_env_" + "a" * 21,
        "us_env_" + "a" * 23,
        "us_env_" + "a" * 22 + "\n",
        "us_env_" + "a" * 21 + "\0",
        "us_env_" + "a" * 21 + "é",
        "us_env_" + "a" * 21 + "١",
        "US_ENV_" + "a" * 22,
        "us_toolongkind_" + "a" * 22,
        "eu_env_" + "a" * 22,
        "us_env_" + "a" * 21 + "%",
        "..%2fus_env_" + "a" * 22,
        None,
        7,
        ["us_env_" + "a" * 22],
        b"us_env_" + b"a" * 22,
    ],
)
def test_anything_else_is_no_id(text):
    assert not is_id(text)


def test_a_field_makes_its_own_ids_and_cannot_be_edited():
    field = IdField("us_env_", primary_key=True)

    assert is_id(field.get_default())
    assert not field.editable


def test_a_field_without_a_prefix_holds_a_copy_and_makes_nothing():
    assert IdField(blank=True).get_default() == ""


def test_a_field_survives_a_migration():
    *_, kwargs = IdField("us_env_", primary_key=True).deconstruct()

    assert kwargs == {"prefix": "us_env_", "primary_key": True}
    assert Minted("us_env_") == Minted("us_env_") != Minted("us_acc_")
    assert len({Minted("us_env_"), Minted("us_env_")}) == 1
