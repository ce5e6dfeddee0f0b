"""The one way to say no: every refusal is a Problem with a permanent code and a message that says what to do."""

from collections.abc import Iterable
from typing import Any, ClassVar

MEBIBYTE = 1024 * 1024


class Problem(Exception):
    """A refusal that reaches the caller as it is. Subclasses stand beside the function that raises them.

    `code` is a permanent promise (docs/problems.md), `status` an HTTP status, `field` the input it is about.
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 400
    message: str = "The request could not be carried out."
    field: str | None = None

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        self.message = message or type(self).message
        self.field = field or type(self).field
        super().__init__(self.message)

    @property
    def headers(self) -> dict[str, str]:
        """HTTP headers that go with the refusal."""
        return {}

    @property
    def facts(self) -> dict[str, Any]:
        """What the error body says beside key, code and message."""
        return {}

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The `errors` of the API's envelope (flatfile-api.md, section 2.3)."""
        return [{"key": self.field or "general", "code": self.code, "message": self.message, **self.facts}]


class InvalidInput(Problem):
    code, status, message = "invalid_input", 400, "The request is not valid. Correct the named field and send it again."


class InvalidFields(InvalidInput):
    """Several inputs at once, each with what is wrong with it."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.fields = fields
        super().__init__("; ".join(f"{name}: {message}" for name, message in fields))

    @property
    def errors(self) -> list[dict[str, Any]]:
        return [{"key": name, "code": self.code, "message": f"{name}: {text}"} for name, text in self.fields]


class NotFound(Problem):
    """Also what a foreign object looks like: whoever may not see it cannot tell it from a missing one."""

    code, status, message = "not_found", 404, "There is nothing here under that id that this credential can see."


class MethodNotAllowed(Problem):
    code, status = "method_not_allowed", 405
    message = "This address does not answer that method."

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.allowed = sorted(allowed)
        super().__init__()

    @property
    def headers(self) -> dict[str, str]:
        return {"Allow": ", ".join(self.allowed)} if self.allowed else {}


class Conflict(Problem):
    """Two requests at once: what this one depends on was gone by the time it was to be kept."""

    code, status = "conflict", 409
    message = "Something this depends on was changed or deleted at the same moment. Look again, then try again."


class BodyTooLarge(Problem):
    code, status = "body_too_large", 413

    def __init__(self, most: int = MEBIBYTE) -> None:
        super().__init__(f"The request body is larger than {most // MEBIBYTE} MiB. Send less at once.")


class UnsupportedBody(Problem):
    code, status = "unsupported_media_type", 415
    message = "Send the body as JSON in UTF-8, with Content-Type: application/json."


class UnsupportedEncoding(UnsupportedBody):
    """RFC 9110, section 15.5.16: the answer says what would have been read."""

    code, message = "unsupported_encoding", "Send the body with Content-Encoding: gzip, or uncompressed."

    @property
    def headers(self) -> dict[str, str]:
        return {"Accept-Encoding": "gzip"}


class BadCredential(Problem):
    """No credential, or one that no longer opens anything. All dead credentials look alike (RFC 6750, section 3)."""

    code, status = "invalid_credential", 401
    message = "This request needs a valid credential: Authorization: Bearer <secret key or token>."

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="latchkey", error="invalid_token"'}


class NoCredential(BadCredential):
    """RFC 6750, section 3.1: without a credential the challenge carries no error code."""

    @property
    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": 'Bearer realm="latchkey"'}


class TooManyAttempts(Problem):
    code, status = "too_many_attempts", 429
    message = "Too many attempts. Wait, then try again."

    def __init__(self, retry_after: int) -> None:
        self.retry_after = max(1, retry_after)
        super().__init__(f"Too many attempts. Try again in {self.retry_after} seconds.")

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after)}


class Unavailable(Problem):
    code, status = "unavailable", 503
    message = "The database is not reachable right now. Try again in a few seconds."

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": "2"}


class Internal(Problem):
    code, status = "internal_error", 500
    message = (
        "Something went wrong on our side. The request id in the X-Request-Id header finds it in the server's log."
    )
