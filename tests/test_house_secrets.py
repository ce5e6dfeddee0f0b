"""Every secret of the house is known to the rotation, and none is in the tree."""

import re

import pytest
from django.apps import apps
from django.db.models import BinaryField

from config.rotation import SEALED, digested
from lib import crypto
from tests.house import modules, named, tracked


def test_every_column_that_is_sealed_turns_with_the_field_keys():
    sealed = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, BinaryField) or field.name.endswith("sealed") or field.name == "session_data"
    }
    renewed = {(renewal.rows().model._meta.label, renewal.column) for renewal in SEALED}

    assert renewed == sealed | {("django_tasks_database.DBTaskResult", "args_kwargs")}


def test_every_digest_says_which_pepper_made_it_and_is_counted():
    names = {model._meta.label: {field.name for field in model._meta.local_fields} for model in apps.get_models()}
    counted = {rows.model._meta.label for rows in digested().values()}

    assert counted == {label for label, found in names.items() if any(name.endswith("digest") for name in found)}
    assert [label for label in counted if "pepper_mark" not in names[label]] == []


SEALING = {
    "accounts/sessions.py", "environments/actions/keys.py", "environments/actions/secrets.py",
    "guests/actions/clip_links.py", "guests/actions/shared.py", "lib/mail.py", "tokens/signing.py",
}  # fmt: skip


@pytest.mark.parametrize(("call", "known"), [(r"crypto\.seal\(", SEALING), (r"crypto\.digest\(", {"lib/limits.py"})])
def test_who_seals_or_digests_is_known_to_the_rotation_of_secrets(call, known):
    """What is new here needs a Renewal in config/rotation.py, or `crypto.peppered`; then name it."""
    assert {named(path) for path in modules() if re.search(call, path.read_text())} == known


SECRETS = {
    "a key or token of ours": re.compile(r"\b(?:sk_|pk_|pat_)[0-9A-Za-z]{36}\b"),
    "a signed token": re.compile(r"\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{16,}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[0-9A-Za-z]{36}\b|\bxox[abp]-[\w-]{20,}"),
    "a password in an address": re.compile(r"\b[a-z]+://[^\s/:@{}<>'\"]+:[^\s/:@{}<>'\"]{3,}@(?!localhost|example)"),
}


def test_nothing_that_looks_like_a_secret_is_in_the_tree():
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for kind, pattern in SECRETS.items():
            found += [f"{named(path)}: {kind}: {hit}" for hit in pattern.findall(text) if is_real(hit)]

    assert found == []


def is_real(text):
    """A sample has a wrong checksum, or says that it is a password."""
    prefix = next((prefix for prefix in ("sk_", "pk_", "pat_") if text.startswith(prefix)), "")
    return crypto.is_well_formed(text, prefix) if prefix else "password@" not in text
