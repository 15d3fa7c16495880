"""One family of refusals, raised by meaning; `app.web.errors` alone turns them into sentences and status codes.

A refusal carries a stable code ("attempt.cooldown") and data, never prose. A form field may be named, so that the page can
show the sentence where the person is looking.
"""

from typing import ClassVar


class Refusal(Exception):
    """Something was asked that cannot be done; nothing was changed."""

    status: ClassVar[int] = 400

    def __init__(self, code: str, *, field: str | None = None, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.data = data


class Invalid(Refusal):
    """The input makes no sense; `field` says where."""

    status = 422


class NotFound(Refusal):
    """There is no such thing, or none that this person may see: the two look alike."""

    status = 404

    def __init__(self, code: str = "not_found", *, field: str | None = None, **data: object) -> None:
        super().__init__(code, field=field, **data)


class NotAllowed(Refusal):
    """The person may see the thing but may not do this to it."""

    status = 403


class Conflict(Refusal):
    """Somebody or something was faster, or the thing is in another state by now."""

    status = 409


class TooMany(Refusal):
    """Too often; `retry_after_seconds` in the data says when to come back."""

    status = 429


class Unavailable(Refusal):
    """A part that this needs does not answer at present."""

    status = 503
