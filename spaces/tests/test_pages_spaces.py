"""The list of spaces, and one space with what is in it, through the pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from access.actors import Role
from accounts.models import RoleAssignment
from guests.models import Grant, SharedLink
from lib.ids import new_id
from spaces.models import Space
from tests.knock import call
from tests.places import furnish, give, make_guest
from tokens.models import AccessToken

pytestmark = pytest.mark.django_db

LIST = "/dashboard/spaces"


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


@pytest.fixture
def room(development):
    return furnish(development, "Spring catalogue")


def at(name, space):
    return reverse(name, args=[space.environment_id, space.pk])


def listed(browser, query=""):
    return [row.space.name for row in browser.get(f"{LIST}?{query}").context["rows"]]


def test_the_list_shows_all_environments_with_what_is_in_each(browser, room, production):
    furnish(production, "Orders")
    give(make_guest(room.space.environment, "gwen@guest.example"), room.space)

    rows = browser.get(LIST).context["rows"]

    assert [(row.space.name, row.workbooks, row.guests) for row in rows] == [
        ("Orders", 2, 0),
        ("Spring catalogue", 2, 1),
    ]


def test_the_list_is_narrowed_by_what_its_address_says(browser, room, production):
    furnish(production, "Orders")
    furnish(production, "Old orders", archived_at=timezone.now())

    assert listed(browser, f"environment={production.pk}") == ["Orders"]
    assert listed(browser, "search=SPRING") == ["Spring catalogue"]
    assert listed(browser, "state=archived") == ["Old orders"]
    assert listed(browser, "state=all&search=orders") == ["Old orders", "Orders"]
    assert listed(browser, "environment=nonsense&state=nonsense") == ["Orders", "Spring catalogue"]


def test_a_long_list_is_paged(browser, development):
    Space.objects.bulk_create(
        Space(account_id=development.account_id, environment=development, name=f"Space {n}") for n in range(30)
    )

    first = browser.get(LIST)
    rest = browser.get(f"{LIST}?after={first.context['older']}").context["rows"]

    assert (len(first.context["rows"]), len(rest)) == (25, 5)


def test_nothing_that_matches_is_not_the_same_as_nothing_there(browser):
    assert "No spaces yet" in browser.get(LIST).content.decode()
    assert "Nothing matches these filters" in browser.get(f"{LIST}?search=x").content.decode()


def test_who_has_a_role_on_one_space_sees_that_space_and_no_guests(browser_of, uma, room, production):
    furnish(production, "Orders")
    role = uma.member.account.roles.get(name=Role.GUEST.value)
    RoleAssignment.objects.filter(member=uma.member).update(role=role, space=room.space)

    rows = browser_of(uma).get(LIST).context["rows"]

    assert [(row.space.name, row.guests) for row in rows] == [("Spring catalogue", None)]


def test_a_space_shows_its_workbooks_with_their_sheets_and_records(browser, room):
    html = browser.get(at("space", room.space)).content.decode()

    for words in ("Workbook 1", "sheet-a", "2 records", "Read me"):
        assert words in html


def test_a_space_is_not_under_another_environment(browser, room, production):
    address = reverse("space", args=[production.pk, room.space.pk])

    assert browser.get(address).status_code == 404
    assert browser.post(reverse("space_delete", args=[production.pk, room.space.pk])).status_code == 404


def test_a_new_space_has_what_was_given(browser, development):
    given = {"name": "Winter", "namespace": "portal", "labels": "pinned\r\n\r\nb2b"}

    answer = browser.post(reverse("space_new", args=[development.pk]), given)

    made = Space.objects.get(name="Winter")
    assert answer["Location"] == at("space", made)
    assert (made.namespace, made.labels, made.guest_authentication) == ("portal", ["pinned", "b2b"], None)


def test_a_new_space_is_shared_as_one_made_by_api(browser, pat, development):
    browser.post(reverse("space_new", args=[development.pk]), {"name": "By page"})
    call("POST", "/v1/spaces", pat, {"name": "By API", "environmentId": development.pk})

    by_page, by_api = (Space.objects.get(name=name) for name in ("By page", "By API"))

    for space in (by_page, by_api):
        assert SharedLink.objects.open().filter(space=space).count() == 1
        assert Grant.objects.get(space=space).via == Grant.Via.EMBED
        assert AccessToken.objects.filter(space=space, kind=AccessToken.Kind.SPACE).count() == 1


def test_editing_changes_the_space_and_keeps_its_metadata(browser, room):
    Space.objects.filter(pk=room.space.pk).update(metadata={"theme": {"root": {}}})
    form = browser.get(at("space_edit", room.space)).context["form"]
    given = {name: form[name].value() for name in form.fields} | {"name": "Autumn"}

    browser.post(at("space_edit", room.space), given)

    changed = Space.objects.get(pk=room.space.pk)
    assert (changed.name, changed.metadata) == ("Autumn", {"theme": {"root": {}}})


def test_a_name_that_cannot_be_read_is_said_beside_the_field(browser, room):
    answer = browser.post(at("space_edit", room.space), {"name": "a\u202eb"})

    assert "turns the text around" in str(answer.context["form"].errors["name"])


def test_archiving_is_undone_where_it_was_done(browser, room):
    page = browser.post(at("space_archive", room.space), follow=True)
    assert "No guest enters it" in page.content.decode()
    assert listed(browser) == []

    browser.post(at("space_unarchive", room.space))

    assert listed(browser) == ["Spring catalogue"]


def test_a_space_in_production_is_deleted_by_its_name(browser, production):
    space = furnish(production, "Orders").space

    refused = browser.post(at("space_delete", space), {"typed_name": "orders"})
    assert "That is not the name" in refused.content.decode()
    assert Space.objects.exists()

    browser.post(at("space_delete", space), {"typed_name": "Orders"})
    assert not Space.objects.exists()


def test_the_dialog_comes_alone_where_it_is_fetched(browser, room):
    alone = browser.get(at("space_delete", room.space), headers={"X-Dialog": "1"}).content.decode()

    assert alone.count("<dialog") == 1
    assert "<main" not in alone


def test_a_space_without_a_page_is_a_404(browser, development):
    assert browser.get(reverse("space", args=[development.pk, new_id("us_sp_")])).status_code == 404
