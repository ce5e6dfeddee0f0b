#!/usr/bin/env python3
"""Django's commands, with the secrets `make run` generated unless the environment brings its own."""

import os
import sys

from tools.local import use_local_settings


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if os.environ["DJANGO_SETTINGS_MODULE"] == "config.settings" and "SECRET_KEY" not in os.environ:
        use_local_settings()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
