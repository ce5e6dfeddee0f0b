"""One canonical form of an e-mail address, so that two spellings of a mailbox are never two people."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from lib.problems import InvalidInput

LONGEST = 254


class BadEmail(InvalidInput):
    code, message = "bad_email", "This is not an e-mail address we can use. Write it like name@example.com."
    field = "email"


def canonical(text: str) -> str:
    """NFKC, case-folded, the domain in IDNA: what is stored, looked up and written to. Raises BadEmail.

    Mail goes to the stored form, never to what somebody typed (Django CVE-2019-19844).
    """
    local, at, domain = unicodedata.normalize("NFKC", text).strip(" ").casefold().rpartition("@")
    try:
        address = local + at + domain.encode("idna").decode()
        EmailValidator(allowlist=[])(address)
    except (UnicodeError, ValidationError):
        raise BadEmail from None
    if len(address) > LONGEST or domain.startswith("["):
        raise BadEmail
    return address
