"""Putting a certificate on paper."""

from collections.abc import Mapping


def print_certificate(words: Mapping[str, str]) -> bytes:
    """The sheet as PDF; `words` are the inputs that the template names."""
    from app.learning.adapters.certificate_pdf import certificate_pdf  # noqa: PLC0415  # Typst takes 7 MB; a worker that prints nothing saves them

    return certificate_pdf(words)
