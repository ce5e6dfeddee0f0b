"""The log format that docs/operations.md gives for a proxy masks the secret of every address that has one."""

import re

import pytest
from django.conf import settings
from django.urls import get_resolver

SAMPLE = (settings.BASE_DIR / "docs" / "operations.md").read_text()
RULES = re.findall(r'^    "~(\S+)" "(\S+)";$', SAMPLE, re.MULTILINE)
SECRET = "inv_0123456789abcdefghij"


def logged(path):
    """What nginx makes of a path by the map: the first expression that is found in it decides."""
    for expression, value in RULES:
        if found := re.search(expression, path):
            return value.replace("$way", found.groupdict().get("way") or "")
    return path


def test_every_address_with_a_secret_is_masked():
    routes = [str(one.pattern) for top in get_resolver().url_patterns for one in getattr(top, "url_patterns", [top])]
    paths = [f"/{route.replace('<str:secret>', SECRET)}" for route in routes if "<str:secret>" in route]

    assert len(paths) >= 4
    for path in (*paths, f"/account/reset-password/1-{SECRET}", f"/shared/{SECRET}/space/us_sp_x"):
        assert SECRET not in logged(path), path
        assert logged(path).endswith("/***")


@pytest.mark.parametrize(
    "path", ["/v1/spaces", "/invite/ask", "/invite/sent", "/shared", "/account/reset-password/done"]
)
def test_all_others_are_logged_as_they_are(path):
    assert logged(path) == path
