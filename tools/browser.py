"""Run the browser tests in the Chromium of this machine, or say that there is none.

`python -m tools.browser [--optional] [arguments for pytest]`; CHROMIUM names a browser that is not on the PATH. With
--optional its absence is not an error.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools.local import ROOT, VAR

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MISSING = """\
No Chromium here, so the browser tests did not run.
Install one (on Debian or Ubuntu: apt-get install chromium) or name it: CHROMIUM=/path/to/chromium make browser"""


def main() -> int:
    optional = "--optional" in sys.argv
    arguments = [given for given in sys.argv[1:] if given != "--optional"]
    if not (chromium := find_chromium()):
        print(MISSING, file=sys.stderr)
        return 0 if optional else 1
    # The browser's own event loop runs in the thread of the tests; Django would take that for asynchronous code.
    environ = os.environ | {"CHROMIUM": chromium, "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    suite = [sys.executable, "-m", "pytest", "-q", "-o", f"cache_dir={VAR / 'cache' / 'pytest-browser'}"]
    where = ["tests/browser", "-m", "browser", "-p", "playwright"]
    return subprocess.call([*suite, *where, *arguments], cwd=ROOT, env=environ)


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    sys.exit(main())
