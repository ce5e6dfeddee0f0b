"""Run the suite on SQLite and on PostgreSQL, both at once.

`python -m tools.test [--only sqlite|postgresql] [arguments for pytest]`: SQLite's report appears while it runs,
PostgreSQL's after it; the exit code tells whether both passed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import IO

from tools.local import ROOT, VAR

CACHE = VAR / "cache"


@dataclass
class Run:
    """The suite on one database, in a process of its own."""

    name: str
    output: IO[bytes] | None
    arguments: list[str]
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.database = VAR / "test" / f"suite-{os.getpid()}.sqlite3"
        environ = os.environ | {"EXPECTED_VENDOR": self.name, "TEST_SQLITE": str(self.database)}
        environ.setdefault("SHARE", "0" if "--only" in sys.argv else "1")  # tests/conftest.py
        environ.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(self.command(), cwd=ROOT, env=environ, stdout=self.output, stderr=self.output)

    def command(self) -> list[str]:
        # Each run keeps its own memory of what failed, so that --last-failed means the same database.
        cache = ["-o", f"cache_dir={CACHE / f'pytest-{self.name}'}"]
        colour = ["--color=yes"] if sys.stdout.isatty() else []
        suite = [sys.executable, "-m", "pytest", "-q", *colour, *cache, *self.arguments]
        return suite if self.name == "sqlite" else [sys.executable, "-m", "tools.postgres", *suite]

    def report(self) -> int:
        """Wait for the end, show what is not on the screen yet, return the exit code."""
        code = self.process.wait()
        if self.output:
            print(f"\n── {self.name}", flush=True)
            self.output.seek(0)
            sys.stdout.buffer.write(self.output.read())
        verdict = "passed" if code == 0 else f"FAILED ({code})"
        print(f"── {self.name}: {verdict} in {time.monotonic() - self.started:.0f} s", flush=True)
        return code

    def stop(self) -> None:
        """End what still runs, and remove the database file an interrupted run leaves behind."""
        self.process.terminate()
        self.process.wait()
        for leftover in self.database.parent.glob(f"{self.database.name}*"):
            leftover.unlink(missing_ok=True)


def main() -> int:
    arguments, names = sys.argv[1:], ["sqlite", "postgresql"]
    if arguments[:1] == ["--only"]:
        names, arguments = [arguments[1]], arguments[2:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    (VAR / "test").mkdir(mode=0o700, parents=True, exist_ok=True)
    runs: list[Run] = []
    with tempfile.TemporaryFile() as later:
        try:
            for name in names:
                print(f"── {name}{', at the same time' if runs else ''}", flush=True)
                runs.append(Run(name, later if runs else None, arguments))
            return max(abs(run.report()) for run in runs)
        except KeyboardInterrupt:
            return 128 + signal.SIGINT
        finally:
            for run in runs:
                run.stop()


if __name__ == "__main__":
    sys.exit(main())
