"""How a page is looked at: in light and dark, on a desk and a phone, without loading it again."""

import json
import os
import re
from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import HEIGHT

DESK = [("light", 1280), ("dark", 1280)]
PHONE = [("light", 390), ("dark", 390)]
LOOKS = [*DESK, *PHONE]
# Between a phone and a desk, and beyond both, only the layout can break.
WIDTHS = [320, 600, 960, 961, 1024, 1160, 1600]
# Names, roles and structure are the same in the dark; colours are not.
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}


def check(page: Page, what: str = "", looks: Sequence[tuple[str, int]] = LOOKS) -> None:
    """No accessibility violation and no sideways scroll, in any of the looks; the page keeps its state and its size."""
    before = page.viewport_size
    page.evaluate(f"window.axe || (() => {{ {AXE_SCRIPT} }})()")
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        where = f"{page.url} {what} {scheme} {width}"
        assert violations(page, scheme) == [], where
        fits(page, where)
        picture(page, f"{what} {scheme} {width}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)


def violations(page: Page, scheme: str) -> list[list]:
    options = json.dumps({"resultTypes": ["violations"]} | RULES[scheme])
    # A page that moves fades in, and a dialog grows: contrast is measured when they have come to rest.
    return page.evaluate(f"""async () => {{
      await Promise.allSettled(document.getAnimations().map(one => one.finished));
      const {{violations}} = await axe.run({options});
      return violations.map(one => [one.id, one.nodes.map(node => node.html)]);
    }}""")


def picture(page: Page, what: str) -> None:
    """For whoever wants to look as well: every page that is checked, in the folder that PICTURES names."""
    if folder := os.environ.get("PICTURES"):
        address = re.sub(r"us_(\w+?)_\w+", r"\1", page.url.partition("://")[2].partition("/")[2])
        name = re.sub(r"\W+", "-", f"{address} {what}").strip("-")[:120]
        page.screenshot(path=f"{folder}/{name}.png")


def check_dialogs(page: Page) -> None:
    for id in one_of_a_kind(page, "dialog"):
        page.evaluate("id => document.getElementById(id).showModal()", id)
        check(page, id)
        page.locator("dialog[open]").get_by_role("button", name="Cancel").click()


def one_of_a_kind(page: Page, selector: str) -> list[str]:
    """The ids of what matches, one of those that every row has."""
    ids = page.eval_on_selector_all(selector, "found => found.map(one => one.id)")
    return list({id.partition("us_")[0]: id for id in ids}.values())


def fits(page: Page, what: str = "") -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} {what} scrolls sideways"


def fits_everywhere(page: Page) -> None:
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        fits(page, str(width))
    page.set_viewport_size(before)
