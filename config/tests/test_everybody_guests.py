"""POST /access/who of guests: those the judge lets, by what each was given."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from access.about import is_about
from access.actions import Action
from access.actors import Role
from access.policy import can
from accounts.models import RoleAssignment
from config.everybody import explain_everybody
from guests.actions import make_clip_link
from guests.credentials import guest_principals
from guests.models import Guest
from spaces.models import Sheet, Space
from tests.knock import call, shown
from tests.places import furnish, give, make_clip, make_guest, share, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(development):
    return furnish(development)


def who(bearer, sheet, **more):
    asked = {"action": "spaces.view_sheet", "resource": sheet.pk, "kind": "guests"}
    return call("POST", "/v1/access/who", bearer, asked | more)


def test_it_names_exactly_the_guests_the_judge_lets(ada, development, production):
    room, other = furnish(development), furnish(production)
    clip = make_clip(ada.actor, room.sheets[0], name="Clip")
    gwen, wes, shea, nell, late, roland, away = (
        make_guest(place, f"{name}@guest.example")
        for name, place in zip("gwsnlra", [development] * 6 + [production], strict=True)
    )
    give(gwen, room.space)
    give(wes, room.space, workbooks=room.workbooks[:1])
    give(shea, room.space, sheets=room.sheets[:1])
    give(nell, room.space, workbooks=[])
    share(clip, nell)
    give(late, room.space, expires_at=timezone.now())
    give(away, other.space)
    role = development.account.roles.get(name=Role.GUEST.value)
    RoleAssignment.objects.create(account=development.account, guest=roland, role=role, environment=development)
    by_link = make_clip_link(ada.actor, clip).guest
    everyone = guest_principals(list(Guest.objects.values_list("pk", flat=True)))
    named = set()
    for action in Action:
        for thing in (development, room.space, *room.workbooks, *room.sheets, clip, clip.sheet, room.documents[0], wes):
            if not is_about(action, thing.resource.kind):
                continue
            found = explain_everybody(ada.actor, action, thing.pk, kind="guest")
            may = {id for id, principal in everyone.items() if can(principal.actor, action, thing.resource)}
            assert {one.actor.id for one in found.found} == may, (action, thing)
            named |= {(one.actor.id, one.rule) for one in found.found}
    assert named >= {
        (gwen.pk, "A guest of the whole space"),
        (wes.pk, "A guest of the workbook"),
        (shea.pk, "A guest of the sheet"),
        (nell.pk, "A guest of the data clip"),
        (by_link.pk, "A guest of the data clip"),
        (roland.pk, "Guest on the environment"),
        (wes.pk, "It is their own"),
    }


def test_it_names_the_guests_of_a_sheet_a_page_at_a_time_at_the_same_cost(pat, room):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            shown(who(pat, room.sheets[0], pageSize=100))
        return len(captured)

    give(make_guest(room.space.environment, "gwen@guest.example", name="Gwen"), room.space)
    cost()
    with_one = cost()
    for _ in range(40):
        give(make_guest(room.space.environment), room.space, sheets=room.sheets[:1])

    assert cost() == with_one <= 8
    answer = who(pat, room.sheets[0], pageSize=2).json()
    assert [(one["actor"]["name"], one["rule"]) for one in answer["data"]] == [
        ("Anonymous guest", "A guest of the sheet")
    ] * 2
    assert answer["next"]


@pytest.mark.parametrize(
    ("config", "access", "rule"),
    [
        ({"readonly": True}, [], "sheet_readonly"),
        ({"access": ["add"]}, [], "sheet_access"),
        ({}, ["upload"], "space_access"),
        ({}, [], ""),
    ],
)
def test_what_the_sheet_closes_is_said_of_guests_as_they_are_answered(pat, room, config, access, rule):
    gwen = make_guest(room.space.environment, "gwen@guest.example", name="Gwen")
    give(gwen, room.space)
    sheet = room.sheets[0]
    Sheet.objects.filter(pk=sheet.pk).update(config=sheet.config | config)
    Space.objects.filter(pk=room.space.pk).update(access=access)
    asked = {"action": "spaces.update_records", "resource": sheet.pk}

    told = shown(call("POST", "/v1/access/explain", pat, asked | {"actor": gwen.pk}))
    named = shown(call("POST", "/v1/access/who", pat, asked | {"kind": "guests"}))
    body = [{"id": sheet.records.first().pk, "values": {"name": {"value": "x"}}}]
    deed = call("PUT", f"/v1/sheets/{sheet.pk}/records", token_of(gwen), body)

    assert (deed.status_code == 403) == bool(rule) == (not told["allowed"]) == (named == [])
    if rule:
        error = deed.json()["errors"][0]
        assert (told["rule"], told["reason"]) == (error["rule"], error["reason"])
        assert told["rule"] == rule == next(step["rule"] for step in told["trail"] if not step["passed"])
