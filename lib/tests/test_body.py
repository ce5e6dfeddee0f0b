"""What a JSON body may hold: everything that both databases store and no two readers read differently."""

import pytest

from lib.body import BadJson, read

FAR = 2**63


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ("[]", []),
        ("null", None),
        ('"text"', "text"),
        ("1.5", 1.5),
        ("-0", 0),
        ('{"a": {"a": 1}}', {"a": {"a": 1}}),
        ('"\\u00e9 \\ud83d\\ude00"', "é 😀"),
        (str(FAR - 1), FAR - 1),
        (str(-FAR), -FAR),
        ('"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["', "[" * 38),
        ('"\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["', '"' + "[" * 36),
        ("[" * 32 + "]" * 32, None),
    ],
)
def test_plain_json_is_read(text, value):
    assert read(text) == value or value is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "{]",
        "{'a': 1}",
        '{"a": 1,}',
        '{"a": 1} x',
        "\ufeff{}",
        "tru",
        "NaN",
        "Infinity",
        "-Infinity",
        '{"a": NaN}',
        "1e999",
        "-1e999",
        "[1e400]",
        str(FAR),
        str(-FAR - 1),
        "9" * 5_000,
        "-" + "9" * 5_000,
        "0x10",
        "01",
        "１２",
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        '{"a": 1, "\\u0061": 2}',
        '"\\u0000"',
        '{"\\u0000": 1}',
        '["a", {"b": "\\u0000"}]',
        '"\\ud800"',
        '"\\udfff"',
        '{"\\ud800": 1}',
        '"\\ude00\\ud83d"',
        '"a\nb"',
        "[" * 33 + "]" * 33,
        "[" * 5_000,
        "[" * 5_000 + "]" * 5_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        '[{"a":' * 17 + "1" + "}]" * 17,
    ],
)
def test_everything_else_is_refused_with_a_reason(text):
    with pytest.raises(BadJson) as refusal:
        read(text)

    assert refusal.value.status == 400
    assert refusal.value.message


def test_brackets_after_an_escaped_quote_are_still_text():
    assert read('["\\\\", "\\"]]]"]') == ["\\", '"]]]']


@pytest.mark.parametrize(
    "text",
    ['"' + "\\" * 200_001, '"\\' * 100_000, '"' * 100_001, '["' + "[" * 200_000, "[" * 200_000, '"a' * 100_001],
)
def test_a_body_made_to_be_slow_is_not(text):
    with pytest.raises(BadJson):
        read(text)
