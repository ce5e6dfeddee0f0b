"""Every page in light and dark, on a desk and a phone: no accessibility violation, no sideways scroll, no message."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.mail import reset_url
from accounts.models import User
from environments.actions import create_key, set_secret
from environments.models import ApiKey
from events.models import Usage
from guests.models import Grant
from lib.ids import new_id
from tests.browser.looking import LOOKS, PHONE, check, check_dialogs, fits_everywhere, one_of_a_kind
from tests.browser.test_keys_flow import dialog
from tests.places import furnish, give, make_guest
from tokens.actions import create_client, create_token

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


OUTSIDE = [
    "/account/sign-in",
    "/account/forgot-password",
    "/account/forgot-password/sent",
    "/account/reset-password/done",
]
LONG = "A name of sixty characters, which is as long as one may be !!"[:60]


@pytest.fixture
def world(ada, production):
    """Something on every page, and long names where they may be."""
    for type in ("SECRET", "PUBLISHABLE"):
        create_key(ada.actor, production, type=type, name=LONG)
    set_secret(ada.actor, production, name="AN_ENVIRONMENT_VARIABLE_WITH_A_RATHER_LONG_NAME_FOR_A_PHONE", value="x")
    create_token(ada.actor, name=LONG)
    create_client(ada.actor, description=LONG)
    use(production)
    room = furnish(production, LONG, labels=["pinned"], namespace="portal")
    give(make_guest(production, f"{'long.' * 8}address@guest.example", name=LONG), room.space, sheets=room.sheets)
    ApiKey.objects.filter(name=LONG).update(expires_at=timezone.now() + timedelta(days=3))
    return production


def use(environment) -> None:
    """Every key of the environment, and some tokens, on some of the last days."""
    today = timezone.now().date()
    callers = [("secret_key", key.pk) for key in environment.keys.all()] + [("pat", new_id("us_pat_"))]
    Usage.objects.bulk_create(
        Usage(
            account_id=environment.account_id,
            environment=environment,
            credential_id=id,
            kind=kind,
            day=today - timedelta(days=back),
            count=10 ** (back % 7) + number,
        )
        for number, (kind, id) in enumerate(callers)
        for back in range(0, 14, number + 1)
    )


def inside(environment) -> list[str]:
    at = f"/dashboard/environments/{environment.pk}"
    creating = f"action=environments.create_key&resource={environment.pk}"
    return [
        f"/dashboard/{environment.pk}/keys-and-secrets",
        "/dashboard/personal-access-tokens",
        "/dashboard/settings/personal-tokens",
        "/dashboard/environments",
        "/dashboard/environments/new",
        at,
        f"{at}/delete",
        "/dashboard/logs",
        "/dashboard/logs?actor=nobody-of-that-name",
        "/dashboard/settings/account",
        "/dashboard/access",
        f"/dashboard/access?{creating}",
        f"/dashboard/access?action=environments.delete_environment&resource={environment.pk}&credential=client",
        f"/dashboard/access/who?{creating}",
        "/dashboard/access/what",
        "/account/change-password",
        "/account/sign-out",
        "/dashboard/spaces",
        f"/dashboard/{environment.pk}/spaces/new",
        *in_spaces(environment),
        *in_guests(environment),
        f"/dashboard/{environment.pk}/home",
    ]


def in_guests(environment) -> list[str]:
    """The pages of guests, and of one where there is one."""
    at = f"/dashboard/{environment.pk}/guests"
    found = [f"{at}/{grant.guest_id}" for grant in Grant.objects.filter(guest__environment=environment)[:1]]
    return [at, f"{at}/invite", *found, *(f"{one}/edit" for one in found), *(f"{one}/delete" for one in found)]


def in_spaces(environment) -> list[str]:
    """The pages of the newest space, where there is one."""
    spaces = environment.spaces.order_by("-created_at").values_list("pk", flat=True)[:1]
    at = [f"/dashboard/{environment.pk}/spaces/{pk}" for pk in spaces]
    return [
        f"{one}{rest}" for one in at for rest in ("", "/edit", "/delete", "/access", "/sharing", "/sharing/link/revoke")
    ]


def test_pages_inside(visit_as, ada, world):
    page = visit_as(ada)
    for address in inside(world):
        page.goto(address)
        check(page)


def test_pages_outside(visit, ada):
    page = visit()
    for address in [*OUTSIDE, reset_url(User.objects.get()).removeprefix("http://127.0.0.1:8000")]:
        page.goto(address)
        check(page)


def test_what_opens_on_the_keys_page(visit_as, ada, world):
    page = visit_as(ada)
    page.goto(inside(world)[0])
    check_dialogs(page)


def test_what_opens_on_the_other_pages(visit_as, ada, world):
    page = visit_as(ada)
    for address in inside(world)[1:4]:
        page.goto(address)
        check_dialogs(page)


def test_menus(visit_as, ada, world):
    page = visit_as(ada)
    for address in (inside(world)[0], "/dashboard/logs"):
        page.goto(address)
        for id in one_of_a_kind(page, "[popover]"):
            page.evaluate("id => document.getElementById(id).showPopover()", id)
            check(page, id, PHONE if id == "side" else LOOKS)
            page.evaluate("id => document.getElementById(id).hidePopover()", id)


def test_what_is_shown_once_and_what_failed(visit_as, ada, world):
    page = visit_as(ada)
    for address, field in (("personal-access-tokens", "Name"), ("settings/personal-tokens", "Description")):
        page.goto(f"/dashboard/{address}")
        page.locator(".pagehead button").click()
        dialog(page).get_by_label(field).fill(LONG)
        dialog(page).locator(".primary").click()
        page.wait_for_selector(".once")
        check(page)
    page.goto(inside(world)[0])
    page.get_by_role("button", name=f"Actions for {LONG}").first.click()
    page.get_by_role("link", name="Delete…").locator("visible=true").click()
    dialog(page).get_by_role("textbox").fill("no")
    dialog(page).get_by_role("button", name="Delete key").click()
    page.wait_for_selector("dialog[open] .errorlist")
    check(page)


def test_an_open_row_of_the_log(visit_as, ada, world):
    page = visit_as(ada)
    page.goto("/dashboard/logs")
    page.locator("summary").first.click()
    check(page)


def test_empty_lists(visit_as, sam, lumen):
    environment = lumen.environments[0]
    environment.keys.all().delete()
    page = visit_as(sam)
    for address in [*inside(environment)[:3], inside(environment)[-1]]:
        page.goto(address)
        check(page)


def test_the_numbers_behind_a_chart(visit_as, ada, world):
    page = visit_as(ada)
    page.goto(inside(world)[-1])
    page.get_by_text("Requests by key as a table").click()
    check(page)


def test_no_width_makes_a_page_scroll_sideways(visit_as, ada, world):
    page = visit_as(ada)
    for address in inside(world):
        page.goto(address)
        fits_everywhere(page)
