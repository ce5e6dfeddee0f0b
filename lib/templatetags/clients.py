"""`{{ text|client }}`: what a program calls itself, shortened to what a person recognises it by."""

import re

from django import template

register = template.Library()

# The first that is found names the browser: most of them claim to be the others as well.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Version", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
# A name, which may itself hold a slash (`@flatfile/api`), and its version.
PRODUCT = re.compile(r"(\S+?)[/ ]v?(\d[\w.-]*)")
LONGEST = 40


@register.filter
def client(text: str) -> str:
    """`Firefox 143 on macOS` for a browser, `python-requests 2.32.3` for a program; never more than 40 characters."""
    if text.startswith("Mozilla/"):
        return _browser(text)
    found = PRODUCT.match(text)
    product = f"{found[1]} {found[2]}" if found else text.split(" ", 1)[0]
    return product if len(product) <= LONGEST else f"{product[: LONGEST - 1]}…"


def _browser(text: str) -> str:
    system = next((name for mark, name in SYSTEMS if mark in text), "")
    for mark, name in BROWSERS:
        if found := re.search(rf"{mark}/(\d+)", text):
            return f"{name} {found[1]} on {system}" if system else f"{name} {found[1]}"
    return f"A browser on {system}" if system else "A browser"
