"""What a sheet lets guests do, as a table; and that nobody else is bound by it."""

import pytest

from access.actions import RECORDS, Action
from access.actors import Actor, Credential, Kind, Places, Resource
from access.sheets import closed_to, sees_every_record
from access.tests.people import ADMIN, DEVELOPMENT, NOW, OURS, key, member

SHEET = Resource("sheet", "us_sh_one", OURS, DEVELOPMENT, "us_sp_one", "us_wb_one", "us_sh_one", is_clip=False)
GUESTS = (Kind.GUEST_SESSION, Kind.GUEST, Kind.SPACE)

# access and readonly of the sheet, access of the space → may guests insert, update, delete?
TABLE = [
    ({}, [], "YYY"),
    ({"access": None}, [], "YYY"),
    ({"access": ["*"]}, [], "YYY"),
    ({"access": ["*", "add"]}, [], "YYY"),
    ({"access": ["add"]}, [], "Y--"),
    ({"access": ["import"]}, [], "Y--"),
    ({"access": ["edit"]}, [], "-Y-"),
    ({"access": ["delete"]}, [], "--Y"),
    ({"access": ["add", "delete"]}, [], "Y-Y"),
    ({"access": []}, [], "---"),
    ({"access": ["unknown"]}, [], "---"),
    ({"readonly": True}, [], "---"),
    ({"readonly": True, "access": ["*"]}, [], "---"),
    ({"readonly": False}, [], "YYY"),
    ({}, ["*"], "YYY"),
    ({}, ["upload"], "Y--"),
    ({}, ["upload", "*"], "YYY"),
    ({"access": ["edit"]}, ["upload"], "---"),
]


def guest(kind=Kind.GUEST, **places):
    sets = {name: frozenset({id}) for name, id in places.items()}
    credential = Credential(kind)
    return Actor("us_g_one", "g", OURS, credential, NOW, environment_id=DEVELOPMENT, places=Places(**sets))


@pytest.mark.parametrize(("config", "space_access", "wanted"), TABLE)
@pytest.mark.parametrize("kind", GUESTS)
def test_a_sheet_is_open_to_guests_as_the_table_says(kind, config, space_access, wanted):
    refusals = [closed_to(guest(kind), action, SHEET, config=config, space_access=space_access) for action in RECORDS]

    assert "".join("Y" if refusal is None else "-" for refusal in refusals) == wanted


def test_a_refusal_names_action_rule_and_reason():
    refusal = closed_to(guest(), Action.UPDATE_RECORDS, SHEET, config={"access": ["add"]})

    assert not refusal.allowed
    assert refusal[1:4] == (Action.UPDATE_RECORDS, "sheet_access", "This sheet does not let guests edit records.")


def test_a_read_only_field_is_not_written_and_others_are():
    config = {"fields": [{"key": "a", "readonly": True}, {"key": "b", "readonly": False}, {"key": "c"}]}

    def refusal(*fields):
        return closed_to(guest(), Action.UPDATE_RECORDS, SHEET, config=config, fields=fields)

    assert refusal("a", "b").rule == "field_readonly"
    assert refusal("b", "c", "unknown") is None


def test_members_and_keys_are_not_bound():
    config = {"access": [], "readonly": True, "fields": [{"key": "a", "readonly": True}]}

    for actor in (member(Kind.PAT, ADMIN), key(Kind.SECRET_KEY)):
        for action in RECORDS:
            assert closed_to(actor, action, SHEET, config=config, space_access=["upload"], fields=["a"]) is None


def test_who_sees_every_record_of_a_sheet_and_who_only_some_or_none():
    every = [
        member(Kind.PAT, ADMIN),
        key(Kind.SECRET_KEY),
        guest(whole_spaces="us_sp_one"),
        guest(whole_workbooks="us_wb_one"),
        guest(sheets="us_sh_one"),
    ]
    others = [
        guest(),
        guest(spaces="us_sp_one"),
        guest(workbooks="us_wb_one"),
        guest(reference_sheets="us_sh_one"),
        guest(clip_sheets="us_sh_one"),
        key(Kind.PUBLISHABLE_KEY),
        key(Kind.SECRET_KEY, account_id="us_acc_theirs"),
    ]

    assert all(sees_every_record(actor, SHEET) for actor in every)
    assert not any(sees_every_record(actor, SHEET) for actor in others)
    both = guest(reference_sheets="us_sh_one", sheets="us_sh_one")
    assert sees_every_record(both, SHEET)
