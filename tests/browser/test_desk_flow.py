"""A guest from the invitation to the withdrawal, by an administrator in a browser, with scripts and without."""

import pytest

from guests.models import Guest
from tests.browser.test_keys_flow import dialog, row
from tests.places import furnish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_guest_is_invited_narrowed_and_withdrawn(visit_as, ada, development, scripts, width):
    room = furnish(development, "Spring catalogue")
    page = visit_as(ada, scripts=scripts, width=width)

    page.goto(f"/dashboard/{development.pk}/spaces/{room.space.pk}/access")
    page.get_by_role("link", name="Invite guest").click()
    dialog(page).get_by_label("E-mail").fill("gwen@guest.example")
    assert dialog(page).get_by_label("Spring catalogue").first.is_checked()
    dialog(page).get_by_role("button", name="Invite guest").click()
    page.get_by_text("is invited").wait_for()
    assert page.get_by_text("A guest of the space").is_visible()

    page.get_by_role("button", name="Actions for gwen@guest.example").click()
    page.get_by_role("link", name="Change what they get").click()
    dialog(page).get_by_label("Only these workbooks").check()
    dialog(page).get_by_role("checkbox", name="Workbook 1", exact=True).check()
    dialog(page).get_by_role("button", name="Save").click()
    page.get_by_text("has exactly this of Spring catalogue").wait_for()
    assert row(page, "Spring catalogue").get_by_text("1 workbook").is_visible()

    page.get_by_role("button", name="Actions for gwen@guest.example").click()
    page.get_by_role("link", name="Withdraw").click()
    dialog(page).get_by_role("button", name="Withdraw space").click()
    page.get_by_text("has nothing of Spring catalogue any more").wait_for()
    assert Guest.objects.get().grants.count() == 0
