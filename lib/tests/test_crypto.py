"""The formats of secrets, and what digests, ciphers and signatures hold."""

import base64
import json
import re
import uuid
import warnings
import zlib

import pytest

from lib import crypto

TOKEN = re.compile(r"sk_[0-9A-Za-z]{36}")
OTHER_PEPPER = "another-pepper-that-is-long-enough-for-this"
OTHER_KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


def test_a_token_is_a_prefix_30_random_characters_and_6_of_checksum():
    assert TOKEN.fullmatch(crypto.mint_token("sk_"))


def test_the_checksum_is_the_crc32_of_everything_before_it():
    token = crypto.mint_token("pat_")

    assert token[-6:] == crypto.base62(zlib.crc32(token[:-6].encode()), 6)


def test_tokens_are_never_alike():
    assert len({crypto.mint_token("sk_") for _ in range(2_000)}) == 2_000


def test_a_minted_token_is_well_formed_for_its_own_prefix_alone():
    token = crypto.mint_token("sk_")

    assert crypto.is_well_formed(token, "sk_")
    assert not crypto.is_well_formed(token, "pk_")
    assert not crypto.is_well_formed("pk_" + token[3:], "pk_")


def test_a_typing_error_at_any_place_is_noticed():
    token = crypto.mint_token("sk_")
    mistyped = [
        token[:place] + ("b" if token[place] != "b" else "c") + token[place + 1 :] for place in range(3, len(token))
    ]

    assert not any(crypto.is_well_formed(text, "sk_") for text in mistyped)


@pytest.mark.parametrize(
    "change", [str.upper, str.lower, str.swapcase, lambda text: text + " ", lambda text: text[:-1]]
)
def test_case_and_length_count(change):
    token = "sk_AbCdEfGhIjKlMnOpQrStUvWxYzAbCd"
    token += crypto.base62(zlib.crc32(token.encode()), 6)

    assert crypto.is_well_formed(token, "sk_")
    assert not crypto.is_well_formed(change(token), "sk_")


@pytest.mark.parametrize(
    "text", ["", "sk_", "sk_%", "sk_" + "a" * 36, "sk_" + "é" * 36, "sk_" + "\0" * 36, "sk_" + "１" * 36]
)
def test_what_is_not_ours_is_not_well_formed(text):
    assert not crypto.is_well_formed(text, "sk_")


def test_a_digest_is_64_hex_digits_and_always_the_same():
    assert re.fullmatch(r"[0-9a-f]{64}", crypto.digest("something"))
    assert crypto.digest("something") == crypto.digest("something") != crypto.digest("something else")


def test_a_digest_depends_on_the_pepper(settings):
    before = crypto.digest("something")

    settings.TOKEN_PEPPERS = [OTHER_PEPPER]

    assert crypto.digest("something") != before


def test_an_older_pepper_is_still_accepted_and_the_first_one_writes(settings):
    before = crypto.digest("something")

    settings.TOKEN_PEPPERS = [OTHER_PEPPER, *settings.TOKEN_PEPPERS]

    assert crypto.digests("something") == [crypto.digest("something"), before]
    assert crypto.digest("something") != before


def test_a_digest_takes_any_text():
    assert crypto.digest("\0 \ud800 １ é")


def test_a_uuid_is_a_version_4():
    assert uuid.UUID(crypto.random_uuid()).version == 4


def test_a_uuid_7_says_so_and_carries_the_variant():
    made = uuid.UUID(int=crypto.uuid7())

    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_base62_pads_to_its_width():
    assert crypto.base62(0, 3) == "000"
    assert crypto.base62(61, 2) == "0z"
    assert crypto.base62(62, 1) == "10"


def test_what_is_sealed_opens_where_it_belongs():
    assert crypto.unseal(crypto.seal("sk_text ✓", "us_key_1"), "us_key_1") == "sk_text ✓"


def test_what_is_sealed_does_not_open_in_another_row():
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(crypto.seal("sk_text", "us_key_1"), "us_key_2")


def test_sealing_twice_gives_two_texts():
    assert crypto.seal("sk_text", "us_key_1") != crypto.seal("sk_text", "us_key_1")


def test_one_changed_byte_closes_it():
    sealed = bytearray(crypto.seal("sk_text", "us_key_1"))
    for place in range(len(sealed)):
        broken = bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
        with pytest.raises(crypto.Unreadable):
            crypto.unseal(broken, "us_key_1")


@pytest.mark.parametrize("sealed", [b"", b"short", b"\0" * 12, b"\0" * 200])
def test_junk_does_not_open(sealed):
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, "us_key_1")


def test_an_older_field_key_still_opens_and_the_first_one_seals(settings):
    old = crypto.seal("sk_text", "us_key_1")

    settings.FIELD_KEYS = [OTHER_KEY, *settings.FIELD_KEYS]
    new = crypto.seal("sk_text", "us_key_1")
    assert crypto.unseal(memoryview(old), "us_key_1") == "sk_text"
    settings.FIELD_KEYS = [OTHER_KEY]

    assert crypto.unseal(new, "us_key_1") == "sk_text"
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(old, "us_key_1")


def test_the_newest_field_key_is_told_from_the_others_by_trying_it(settings):
    old = crypto.seal("sk_text", "us_key_1")
    assert crypto.is_newest(old, "us_key_1")
    assert crypto.resealed(old, "us_key_1") is None

    settings.FIELD_KEYS = [OTHER_KEY, *settings.FIELD_KEYS]
    new = crypto.resealed(old, "us_key_1")

    assert not crypto.is_newest(old, "us_key_1")
    assert crypto.is_newest(new, "us_key_1")
    settings.FIELD_KEYS = [OTHER_KEY]
    assert crypto.unseal(new, "us_key_1") == "sk_text"
    for junk in (old, b"junk"):
        with pytest.raises(crypto.Unreadable):
            crypto.resealed(junk, "us_key_1")


def test_a_mark_tells_peppers_apart_and_is_no_digest(settings):
    settings.TOKEN_PEPPERS = [OTHER_PEPPER, *settings.TOKEN_PEPPERS]
    newest, older = crypto.pepper_marks()

    assert re.fullmatch(r"[0-9a-f]{8}", newest)
    assert newest != older
    assert crypto.peppered("something") == {"digest": crypto.digest("something"), "pepper_mark": newest}
    assert newest not in crypto.digest("something")


def test_a_signature_is_verified_by_the_public_half_alone():
    private, public = crypto.new_signing_key()

    text = crypto.sign({"sub": "us_usr_1"}, private, "us_jwk_1")

    assert crypto.verify(text, public) == {"sub": "us_usr_1"}
    assert crypto.unverified_kid(text) == "us_jwk_1"
    assert "d" not in json.loads(public)


def test_signing_the_same_twice_gives_the_same_text():
    private, _ = crypto.new_signing_key()

    assert crypto.sign({"sub": "1"}, private, "k") == crypto.sign({"sub": "1"}, private, "k")


def test_another_key_does_not_verify():
    private, _ = crypto.new_signing_key()
    _, public = crypto.new_signing_key()

    with pytest.raises(crypto.Unreadable):
        crypto.verify(crypto.sign({"sub": "1"}, private, "k"), public)


def test_signing_and_verifying_warn_of_nothing():
    private, public = crypto.new_signing_key()

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        crypto.verify(crypto.sign({"sub": "1"}, private, "k"), public)


def test_two_texts_are_the_same_or_not():
    assert crypto.same("a", "a")
    assert not crypto.same("a", "b")
