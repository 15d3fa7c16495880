"""The proof in a form that it was opened here, once it is old: the form's page is shown again, and nothing that was asked is done.

A form is old when its session ended meanwhile: somebody signed out and in again in another window. Whoever sent it sees what they typed,
with a fresh proof. Until they press again the request is only read: `sent()` says no, and a unit of work does not open.
"""

from typing import Final

from flask import has_request_context, request

MARK: Final = "socii.proof_is_old"


def is_old() -> bool:
    """Whether this request came with a proof that does not hold."""
    return has_request_context() and MARK in request.environ


def hold_as_old() -> None:
    """From here on this request is only read."""
    request.environ[MARK] = True
