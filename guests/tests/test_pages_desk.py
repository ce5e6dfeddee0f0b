"""Guests on the dashboard: their list, one guest with what they may see and why, and who sees a space."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guests.models import Grant, Guest, MagicLink
from spaces.actions import archive_space
from tests.knock import call
from tests.places import furnish, give, make_guest, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


@pytest.fixture
def room(development):
    return furnish(development, "Spring catalogue")


@pytest.fixture
def gwen(development, room):
    guest = make_guest(development, "gwen@guest.example", name="Gwen")
    give(guest, room.space)
    return guest


def page(guest, name="guest", *more):
    return reverse(name, args=[guest.environment_id, guest.pk, *more])


def list_of(environment, query=""):
    return f"{reverse('guests', args=[environment.pk])}?{query}"


def listed(browser, environment, query=""):
    return [row.guest.called for row in browser.get(list_of(environment, query)).context["rows"]]


def invite(browser, environment, **given):
    address = reverse("guests_invite", args=[environment.pk])
    return browser.post(address, {"email": "max@guest.example", "is_mailed": "on"} | given)


def parts_of(guest):
    return {part.workbook_id or part.sheet_id for grant in guest.grants.all() for part in grant.parts.all()}


def test_the_list_is_of_one_environment_and_narrowed_by_its_address(browser, development, production, room, gwen):
    make_guest(development)
    make_guest(production, "elsewhere@guest.example")

    assert listed(browser, development) == ["Anonymous guest", "Gwen"]
    assert listed(browser, development, "search=GWEN@guest") == ["Gwen"]
    assert listed(browser, development, f"space={room.space.pk}") == ["Gwen"]
    assert listed(browser, development, "kind=anonymous") == ["Anonymous guest"]
    assert "Nothing matches these filters" in browser.get(list_of(development, "search=zzz")).content.decode()


def test_the_list_says_what_became_of_each_invitation(browser, development, gwen):
    def state():
        return browser.get(list_of(development)).context["rows"][0].state

    assert state() == ""
    link = MagicLink.objects.create(
        account_id=gwen.account_id, grant=gwen.grants.get(), kind="invitation", email=gwen.email, version=1
    )
    assert state() == "queued"
    MagicLink.objects.filter(pk=link.pk).update(failed_at=timezone.now(), failure="SMTPException")
    assert state() == "failed"
    MagicLink.objects.filter(pk=link.pk).update(sent_at=timezone.now())
    assert state() == "sent"
    Guest.objects.update(last_seen_at=timezone.now())
    assert state() == "in"


def test_inviting_gives_what_is_ticked_and_mails_once(browser, development, room):
    other = furnish(development, "Orders")
    places = [room.space.pk, other.workbooks[0].pk]

    answer = invite(browser, development, places=places, expires_on="2031-05-01", message="Hello")

    guest = Guest.objects.get(email="max@guest.example")
    assert answer["Location"] == page(guest)
    given = {grant.space.name: grant for grant in guest.grants.all()}
    assert (given["Spring catalogue"].is_whole, given["Orders"].is_whole) == (True, False)
    assert parts_of(guest) == {other.workbooks[0].pk}
    assert given["Orders"].expires_at == datetime(2031, 5, 1, 23, 59, 59, tzinfo=UTC)
    assert MagicLink.objects.get().message == "Hello"


def test_inviting_without_a_mail_sends_none(browser, development, room):
    invite(browser, development, places=[room.space.pk], is_mailed="")

    assert Guest.objects.get().grants.count() == 1
    assert not MagicLink.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"email": "nonsense"}, "email"), ({"places": []}, "places"), ({"expires_on": "2001-01-01"}, "expires_on")],
)
def test_what_is_wrong_with_an_invitation_stands_beside_its_field(browser, development, room, given, field):
    answer = invite(browser, development, **({"places": [room.space.pk]} | given))

    assert field in answer.context["dialog"].form.errors
    assert not Guest.objects.exists()


def test_a_foreign_space_cannot_be_ticked(browser, development, production):
    elsewhere = furnish(production, "Elsewhere")

    answer = invite(browser, development, places=[elsewhere.space.pk])

    assert "places" in answer.context["dialog"].form.errors


def test_a_guests_page_says_why_they_see_what_they_see(browser, development, room, gwen, ada):
    other = furnish(development, "Orders")
    give(gwen, other.space, sheets=[other.sheets[0]])
    ended = furnish(development, "Over")
    give(gwen, ended.space, expires_at=timezone.now() - timedelta(days=1))
    archived = furnish(development, "Away")
    give(gwen, archived.space)
    archive_space(ada.actor, archived.space)

    rows = {row.grant.space.name: row for row in browser.get(page(gwen)).context["grants"]}

    assert {name: (row.opens, row.why, row.reach) for name, row in rows.items()} == {
        "Spring catalogue": (True, "A guest of the space", "Everything"),
        "Orders": (True, "A guest of the space", "1 sheet"),
        "Over": (False, "It has ended", "Everything"),
        "Away": (False, "The space is archived", "Everything"),
    }
    assert rows["Orders"].parts == ["sheet-a"]


def test_a_guest_may_be_asked_about_in_the_access_check(browser, room, gwen):
    asked = f"/dashboard/access?actor={gwen.pk}&action=spaces.view_space&resource={room.space.pk}"
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(asked)

    assert answer.context["found"].allowed
    assert answer.context["found"].actor.id == gwen.pk
    assert len(captured) <= 19
    gwen.grants.all().delete()
    assert not browser.get(asked).context["found"].allowed


def test_withdrawing_is_felt_by_the_next_request_and_goes_back_to_where_it_was_begun(browser, room, gwen):
    token = token_of(gwen)
    assert call("GET", f"/v1/spaces/{room.space.pk}", token).status_code == 200

    answer = browser.post(page(gwen, "grant_withdraw", room.space.pk) + "?from=space")

    assert answer["Location"] == reverse("space_access", args=[gwen.environment_id, room.space.pk])
    assert call("GET", f"/v1/spaces/{room.space.pk}", token).status_code == 404


def test_a_grant_is_narrowed_and_keeps_its_exact_end_unless_another_day_is_chosen(browser, room, gwen):
    end = datetime(2031, 5, 1, 12, 0, tzinfo=UTC)
    Grant.objects.update(expires_at=end)
    address = page(gwen, "grant_change", room.space.pk)

    given = {"reach": "workbooks", "workbooks": [room.workbooks[0].pk], "expires_on": "2031-05-01"}
    browser.post(address, given)
    assert parts_of(gwen) == {room.workbooks[0].pk}
    assert gwen.grants.get().expires_at == end

    browser.post(address, {"reach": "all", "expires_on": ""})
    assert gwen.grants.get().is_whole
    assert gwen.grants.get().expires_at is None


def test_an_invitation_is_mailed_again_and_too_often_is_said(browser, room, gwen):
    address = page(gwen, "grant_invite", room.space.pk)

    assert "is on its way" in browser.post(address, follow=True).content.decode()
    assert "is on its way" not in browser.post(address, follow=True).content.decode()
    assert MagicLink.objects.count() == 1


def test_signing_a_guest_out_ends_their_tokens_and_nothing_else(browser, room, gwen):
    token = token_of(gwen)

    told = browser.post(page(gwen, "guest_end_sessions"), follow=True).content.decode()

    assert "1 session ended" in told
    assert call("GET", f"/v1/spaces/{room.space.pk}", token).status_code == 401
    assert gwen.grants.exists()


def test_who_is_signed_in_nowhere_comes_back_by_mail_or_as_they_came(browser, development, gwen):
    assert "the link in their newest mail" in browser.get(page(gwen)).content.decode()
    assert "only by the way they came" in browser.get(page(make_guest(development))).content.decode()


def test_a_guest_is_changed_and_deleted(browser, development, gwen):
    browser.post(page(gwen, "guest_edit"), {"email": "gw@guest.example", "name": ""})
    assert Guest.objects.get().called == "gw@guest.example"

    answer = browser.post(page(gwen, "guest_delete"))

    assert answer["Location"] == reverse("guests", args=[development.pk])
    assert not Guest.objects.exists()


def test_a_space_shows_who_was_given_it(browser, room, gwen):
    rows = browser.get(reverse("space_access", args=[gwen.environment_id, room.space.pk])).context["rows"]

    assert [(row.grant.guest.called, row.reach, row.opens) for row in rows] == [("Gwen", "Everything", True)]


def test_the_pages_cost_the_same_however_many_guests_there_are(browser, development, room, gwen):
    addresses = [list_of(development), page(gwen), reverse("space_access", args=[development.pk, room.space.pk])]

    def costs():
        found = []
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as captured:
                browser.get(address)
            found.append(len(captured))
        return found

    few = costs()
    for number in range(12):
        give(make_guest(development, f"g{number}@guest.example"), room.space, sheets=room.sheets)
        give(gwen, furnish(development, f"Space {number}").space)
    Guest.objects.filter(pk=gwen.pk).update(created_at=timezone.now())

    many = costs()
    assert max(now - before for now, before in zip(many, few, strict=True)) <= 1  # the names of parts
    assert max(many) <= 24
