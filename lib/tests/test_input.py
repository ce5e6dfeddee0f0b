"""The API's input: a field that is one of ours but for its spelling is told, and any other unknown one ignored."""

import pytest
from django.http import QueryDict

from environments.serializers import NewKey, Rotation
from lib.problems import InvalidFields
from tokens.serializers import NewToken


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("scope", "scopes"),
        ("Scopes", "scopes"),
        ("SCOPE", "scopes"),
        ("scopes ", "scopes"),
        ("ｓcopes", "scopes"),
        ("expires_at", "expiresAt"),
        ("expiresat", "expiresAt"),
        ("expires-at", "expiresAt"),
        ("expireAt", "expiresAt"),
        ("expires", "expiresAt"),
        ("expiry", "expiresAt"),
        ("expiration", "expiresAt"),
        ("expirationDate", "expiresAt"),
        ("environment_id", "environmentId"),
        ("environmentID", "environmentId"),
        ("environmentIds", "environmentId"),
        ("environment", "environmentId"),
    ],
)
def test_a_limit_that_is_misspelt_is_refused_and_the_right_name_told(written, meant):
    with pytest.raises(InvalidFields) as refusal:
        NewToken.of({"name": "CI", written: "x"})

    assert refusal.value.fields == [(written, f"There is no such field. Did you mean {meant}?")]


def test_it_is_told_of_a_query_too():
    with pytest.raises(InvalidFields):
        NewKey.of(QueryDict("environmentId=us_env_1&type=SECRET&scope=spaces:read"))


@pytest.mark.parametrize("name", ["description", "x", "", "userId", "__proto__", "名", "s", "scopesOfMine"])
def test_what_resembles_nothing_is_ignored(name):
    assert NewToken.of({"name": "CI", name: "x"}) == {"name": "CI"}


def test_on_an_endpoint_of_ours_every_unknown_field_is_told():
    with pytest.raises(InvalidFields) as refusal:
        Rotation.of({"Overlap": "1h", "when": "now"})

    assert refusal.value.fields == [
        ("Overlap", "There is no such field. Did you mean overlap?"),
        ("when", "There is no such field."),
    ]
