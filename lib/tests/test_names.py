"""What things may be called: every language and emoji, and nothing that hides or turns."""

import pytest

from lib.names import NameUnreadable, readable

KEPT = [
    *("CI", "a b", "<b>&amp;", "", "…", "e\u0301", "Łódź", "東京", "מפתח"),
    "می\u200cخواهم",
    "\U0001f469\u200d\U0001f4bb laptop",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
]


@pytest.mark.parametrize("name", KEPT)
def test_a_name_of_any_language_is_kept(name):
    assert readable(f"  {name}\n") == name


@pytest.mark.parametrize(
    "name",
    [
        "\u202e",
        "\u202e\n",
        "abc\u202efdp.exe",
        "a\u2066b",
        "a\nb",
        "a\r\nSet-Cookie: a=b",
        "a\tb",
        "a\0b",
        "\x1b[31mred",
        "a\x7fb",
        "a\x85b",
        "a\u2028b",
        "a\u2029b",
        "\ud800",
        "\u200b",
        "\u200d\u200d",
        "\ufeff \u2060",
    ],
)
def test_a_name_with_what_cannot_be_seen_is_refused(name):
    with pytest.raises(NameUnreadable):
        readable(name)
