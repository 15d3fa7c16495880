"""Putting a certificate on paper."""

from collections.abc import Mapping

from app.core.later import later

paper = later("app.learning.adapters.certificate_pdf")  # Typst takes seven megabytes, and most workers print nothing


def print_certificate(words: Mapping[str, str]) -> bytes:
    """The sheet as PDF; `words` are the inputs that the template names."""
    printed: bytes = paper.certificate_pdf(words)
    return printed
