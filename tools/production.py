"""Run a command under settings like those of a real installation, with fresh secrets and an empty database.

For example `python -m tools.production manage.py check --deploy`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tools.local import ROOT, fresh_secrets


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings = fresh_secrets() | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PUBLIC_URL": "https://latchkey.example.com",
            "ALLOWED_HOSTS": "latchkey.example.com",
            "DATABASE_URL": f"sqlite:///{folder}/empty.sqlite3",
            "EMAIL_URL": "smtp+tls://latchkey:a-mail-password@mail.example.com:587",
        }
        return subprocess.call([sys.executable, *sys.argv[1:]], cwd=ROOT, env=os.environ | settings)


if __name__ == "__main__":
    sys.exit(main())
