"""Answers that send the browser on, and the one sentence that greets it there."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue


def see(endpoint: str, message: str | None = None, *, meaning: str = "done", anchor: str | None = None, **values: object) -> ResponseReturnValue:
    """303 to a page of ours, with a message in the past tense that names the thing and says what next."""
    if message:
        flash(message, meaning)
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)  # type: ignore[arg-type]


def see_path(path: str, message: str | None = None, *, meaning: str = "done") -> ResponseReturnValue:
    """303 to a path that `local_path` has passed."""
    if message:
        flash(message, meaning)
    return redirect(path, 303)
