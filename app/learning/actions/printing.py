"""Putting a certificate on paper."""

from collections.abc import Mapping

from app.learning.adapters.certificate_pdf import certificate_pdf


def print_certificate(words: Mapping[str, str]) -> bytes:
    """The sheet as PDF; `words` are the inputs that the template names."""
    return certificate_pdf(words)
