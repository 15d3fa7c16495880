"""Named refusals of the people room."""

from app.core.errors import Invalid, TooMany


class WrongSignIn(Invalid):
    """Unknown address, wrong password, not active: one and the same answer."""

    def __init__(self) -> None:
        """No data: whoever asks learns nothing."""
        super().__init__("sign_in.wrong")


class WrongPassword(Invalid):
    """Somebody who is signed in does not know the password of the account."""

    def __init__(self) -> None:
        """Shown beside the field for the old one."""
        super().__init__("password.old", field="old")


class Throttled(TooMany):
    """Too many failed sign-ins for this account or from this address."""

    def __init__(self, seconds: int) -> None:
        """`seconds` until the window is over."""
        super().__init__("sign_in.throttled", retry_after_seconds=seconds, minutes=max(1, round(seconds / 60)))
