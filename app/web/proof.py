"""The proof in a form that it was opened here, once it is old: the form's page is shown again, and nothing that was asked is done.

A form is old when its session ended meanwhile: somebody signed out and in again in another window. Whoever sent it sees what they typed,
with a fresh proof. Until they press again the request is only read: `sent()` says no, and a unit of work does not open.
"""

from flask import g, has_request_context


def is_old() -> bool:
    """Whether this request came with a proof that does not hold."""
    return has_request_context() and bool(g.get("proof_is_old"))


def hold_as_old() -> None:
    """From here on this request is only read."""
    g.proof_is_old = True
