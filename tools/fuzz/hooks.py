"""What the fuzzer is told of us: whom it calls as, and the one call by which a run would end itself."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

import schemathesis

CREDENTIAL, OWN_ID = os.environ.get("FUZZ_CREDENTIAL", ""), os.environ.get("FUZZ_OWN_ID", "")
NOBODYS = "us_pat_0000000000000000000000"
LONGEST = 3_000  # of a parameter as it stands in the address: gunicorn takes 8,190 characters in all


@schemathesis.auth()
class Caller:
    """Presents the credential that the run was given."""

    def get(self, case: Any, context: Any) -> str:
        return CREDENTIAL

    def set(self, case: Any, data: str, context: Any) -> None:
        if data:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Never delete the personal access token that the run itself presents: all after that would be a 401."""
    if OWN_ID and OWN_ID in (case.path_parameters or {}).values():
        case.path_parameters = dict.fromkeys(case.path_parameters, NOBODYS)
    case.query = {name: in_the_address(value) for name, value in (case.query or {}).items()}


def in_the_address(value: Any) -> Any:
    """As long as before, but of letters that do not grow twelvefold: else the server in front refuses the address."""
    is_too_long = isinstance(value, str) and len(quote(value, errors="replace")) > LONGEST
    return "a" * min(len(value), LONGEST) if is_too_long else value
