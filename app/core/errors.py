"""One family of refusals, raised by meaning; `app.web.errors` alone turns them into sentences and status codes.

A refusal carries a stable code ("attempt.cooldown") and data, never prose. A form field may be named, so that the page can
show the sentence where the person is looking.
"""

from types import TracebackType
from typing import ClassVar, Self


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


class Faulty(Invalid):
    """Several things are wrong at once; `faults` are all of them, each with the field that shows it."""

    def __init__(self, faults: tuple[Refusal, ...]) -> None:
        """`faults` holds at least one."""
        super().__init__(faults[0].code, field=faults[0].field, **faults[0].data)
        self.faults = faults


class Gathering:
    """Gathers what is refused in each `with wrong:`, so that all of it is said at once and not one thing after the other."""

    def __init__(self) -> None:
        """Nothing is wrong yet."""
        self.faults: list[Refusal] = []

    def __enter__(self) -> Self:
        """May be entered as often as there are parts."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> bool:
        """Keep a refusal; anything else goes on its way."""
        if isinstance(error, Refusal):
            self.faults += error.faults if isinstance(error, Faulty) else (error,)
        return isinstance(error, Refusal)

    def end(self) -> None:
        """Raise what was gathered: one refusal as it is, several as Faulty."""
        if len(self.faults) == 1:
            raise self.faults[0]
        if self.faults:
            raise Faulty(tuple(self.faults))


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
