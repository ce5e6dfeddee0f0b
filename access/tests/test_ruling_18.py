"""Who may do the sensitive deeds, and how fresh the proof must be: the table of the ruling, carried out deed by deed.

`proof` is refused until a password has been given within ten minutes; `name` wants the name of the thing typed as
well; `lasting` and `child` say what becomes of a token; `hint` and `raw` what a list of keys shows of a secret one.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from access.actors import Actor, Credential, Kind
from access.policy import Forbidden
from accounts.actions import change_password
from environments import actions
from environments.actions.environments import NameNotTyped
from environments.models import ApiKey
from tests.knock import call
from tests.matrix.minting import actor_of, aged, by_client, by_password, made_by, pat, refreshed
from tokens.actions import create_client, create_token, revoke_client, revoke_token

pytestmark = pytest.mark.django_db

TABLE = """
                          sudo     session  fresh    stale    client   pat      child    sk
list keys                 hint     hint     raw      hint     hint     hint     hint     -
reveal a secret key       yes      proof    yes      proof    -        -        -        -
create an API key         yes      proof    yes      yes      yes      yes      yes      -
rotate an API key         yes      proof    yes      yes      yes      yes      yes      -
delete an API key         yes      proof    yes      yes      yes      yes      yes      -
create a PAT              lasting  proof    lasting  child    child    child    -        -
create a client pair      yes      proof    yes      proof    -        -        -        -
delete one's own PAT      yes      yes      yes      yes      yes      yes      yes      -
delete development        yes      yes      yes      yes      yes      yes      yes      -
delete production         name     proof    yes      proof    -        -        -        -
change one's password     yes      proof    -        -        -        -        -        -
"""
HEADER, *LINES = TABLE.strip("\n").splitlines()
ROWS = [(line[:26].strip(), dict(zip(HEADER.split(), line[26:].split(), strict=True))) for line in LINES]


@pytest.fixture
def actors(ada, development):
    """An administrator by each of her credentials, as the door makes them, and a secret key."""
    lasting = pat(ada)
    stale = replace(ada.actor.credential, proven_at=ada.actor.at - timedelta(minutes=10))
    texts = {
        "fresh": by_password(ada),
        "stale": aged(by_password(ada)),
        "client": by_client(ada)[1],
        "pat": lasting,
        "child": made_by(lasting),
    }
    secret_key = Actor("us_key_x", "k", ada.actor.account_id, Credential(Kind.SECRET_KEY), ada.actor.at, development.pk)
    found = {name: (actor_of(text), text) for name, text in texts.items()}
    return found | {
        "sudo": (ada.actor, ""),
        "session": (ada.actor.but(credential=stale), ""),
        "sk": (secret_key, development.keys.get(type=ApiKey.Type.SECRET).text),
    }


@pytest.fixture
def deeds(ada, development, production):
    """Name → what is done, by an actor and the text of its credential. What it returns is the cell, or yes."""
    key = actions.create_key(ada.actor, development, type=ApiKey.Type.SECRET).key
    token = create_token(ada.actor, name="Old").token

    def list_keys(actor, text):
        answer = call("GET", f"/v1/auth/api-keys?environmentId={development.pk}", text) if text else None
        if answer is None:  # the page shows hints, and asks for each single one
            return "hint"
        if answer.status_code == 403:
            return "-"
        shown = [row.get("rawKey") for row in answer.json()["data"] if row["type"] == "SECRET"]
        return "raw" if all(shown) else "hint" if not any(shown) else "some"

    def create_pat(actor, text):
        made = create_token(actor, name="New").token
        return "child" if made.parent_token_id or made.parent_access_token_id else "lasting"

    def delete_production(actor, text):
        try:
            actions.delete_environment(actor, production)
        except NameNotTyped:
            actions.delete_environment(actor, production, typed_name="production")
            return "name"
        return "yes"

    return {
        "list keys": list_keys,
        "reveal a secret key": lambda actor, _: actions.reveal_key(actor, key),
        "create an API key": lambda actor, _: actions.create_key(actor, development, type=ApiKey.Type.SECRET),
        "rotate an API key": lambda actor, _: actions.rotate_key(actor, key),
        "delete an API key": lambda actor, _: actions.revoke_key(actor, key),
        "create a PAT": create_pat,
        "create a client pair": lambda actor, _: create_client(actor),
        "delete one's own PAT": lambda actor, _: revoke_token(actor, token),
        "delete development": lambda actor, _: actions.delete_environment(actor, development),
        "delete production": delete_production,
        "change one's password": lambda actor, _: change_password(actor, ada.member.user, "another long password"),
    }


@pytest.mark.parametrize(("deed", "wanted"), ROWS)
def test_the_table_of_the_ruling_holds(deed, wanted, actors, deeds):
    assert {column: outcome(deeds[deed], *actors[column]) for column in wanted} == wanted


def outcome(deed, actor, text):
    """One cell, undone afterwards."""
    try:
        with transaction.atomic():
            said = deed(actor, text)
            transaction.set_rollback(True)
    except Forbidden as refusal:
        return "proof" if refusal.code == "fresh_proof_required" else "-"
    return said if said in ("-", "hint", "raw", "some", "child", "lasting", "name") else "yes"


def test_a_child_dies_with_what_made_it_and_a_lasting_one_does_not(ada, actors):
    pair, text = by_client(ada)
    child, lasting = made_by(text), made_by(actors["fresh"][1])
    assert call("GET", "/v1/auth/whoami", child).status_code == 200

    revoke_client(ada.actor, pair)

    assert call("GET", "/v1/auth/whoami", child).status_code == 401
    assert call("GET", "/v1/auth/whoami", lasting).status_code == 200


def test_refreshing_an_access_token_does_not_renew_its_proof(ada, actors):
    assert actor_of(refreshed(actors["fresh"][1])).is_fresh
    assert not actor_of(refreshed(actors["stale"][1])).is_fresh
