"""Who is signed in: the thin layer over Flask-Login that hands every room a frozen `Who`.

The cookie holds a random token; the row behind it is looked up once per request by the loader that the people room registers, so
that a session ended anywhere is over everywhere with the next request.
"""

from collections.abc import Callable

from flask import Flask, g, has_request_context, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.core.who import Who

Loader = Callable[[str], Who | None]


class SignedIn(UserMixin):  # type: ignore[misc]  # the library brings no types
    """What Flask-Login carries around: a token and the person it stands for."""

    def __init__(self, token: str, who: Who) -> None:
        """`token` is the secret of the session's cookie."""
        self.token = token
        self.who = who

    def get_id(self) -> str:
        """Flask-Login's name for what goes into the cookie."""
        return self.token


def init_session(app: Flask, loader: Loader) -> None:
    """Teach `app` to find the signed-in person with `loader`.

    The manager is not given its hooks on every answer: they serve a remember-me cookie that we do not have, and read the session of
    people who only follow a link.
    """
    login = LoginManager()
    login.session_protection = None
    app.login_manager = login  # type: ignore[attr-defined]

    @login.user_loader  # type: ignore[untyped-decorator]  # the library brings no types
    def load(token: str) -> SignedIn | None:
        who = loader(token)
        return SignedIn(token, who) if who else None


def current_who() -> Who | None:
    """The signed-in person, or None for a stranger; looked up once per request."""
    if not has_request_context():
        return None
    if "who" not in g:
        g.who = current_user.who if session.get("_user_id") and current_user.is_authenticated else None
    found: Who | None = g.who
    return found


def the_who() -> Who:
    """The signed-in person, in a view whose policy already made sure that there is one."""
    who = current_who()
    if who is None:
        msg = "a view for signed-in people was reached by a stranger"
        raise RuntimeError(msg)
    return who


def current_token() -> str | None:
    """The secret of the running session, to end just that one."""
    token: str | None = session.get("_user_id")
    return token


def begin_session(token: str, who: Who) -> None:
    """Sign the browser in under a fresh cookie: nothing of an earlier session stays."""
    session.clear()
    login_user(SignedIn(token, who))
    session.permanent = True
    g.who = who


def end_session() -> None:
    """Forget the browser's session."""
    logout_user()
    session.clear()
    g.who = None
