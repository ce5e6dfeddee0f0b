"""The files of the house, as git knows them, and the order of its layers."""

import subprocess

from django.conf import settings

ROOT = settings.BASE_DIR
LAYERS = ["lib", "access", "events", "accounts", "environments", "spaces", "tokens", "guests", "config"]


def tracked(*patterns):
    """Our files, as git knows them, with the new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).exists()]


def modules():
    """Python files of the product, without tests and migrations."""
    return [path for path in tracked("*.py") if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)]


def named(path):
    return str(path.relative_to(ROOT))
