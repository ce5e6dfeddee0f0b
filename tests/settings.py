"""The settings of the tests: config.settings with sample secrets, fast passwords and a database file of their own."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "test"
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)

# Any values of the right shape; config.settings refuses too short ones here as everywhere.
SAMPLES = {
    "SECRET_KEY": "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "TOKEN_PEPPER": "for-tests-only-a-pepper-of-enough-length",
    "FIELD_KEYS": "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtb2Yta2V5ISE=",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "ALLOWED_HOSTS": "testserver,127.0.0.1,localhost",
    "EMAIL_URL": "memorymail://",
    "EMBEDDED_WORKER": "0",
}
for name, value in SAMPLES.items():
    os.environ.setdefault(name, value)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, MIDDLEWARE, STORAGES  # noqa: E402

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Pages are tested without collecting static files first; `make run` and the SDK check use the manifest.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# A file, because an in-memory database cannot be shared by the threads of a live server.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["NAME"] = str(VAR / "commands.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_SQLITE", str(VAR / f"pytest-{os.getpid()}.sqlite3"))}

# Every answer that any test gets from the API is held to the OpenAPI document.
MIDDLEWARE = ["tests.contract.Contract", *MIDDLEWARE]
