"""Certificates as PDF, set by Typst from a template of ours.

Everything that people wrote reaches the template as data (`sys.inputs`), never as markup; the template reads no file and no network.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import structlog
import typst

TEMPLATE: Final = Path(__file__).with_name("certificate.typ")
log = structlog.get_logger()


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts first; the system's help out with scripts that those lack."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def certificate_pdf(words: Mapping[str, str]) -> bytes:
    """One landscape sheet as accessible PDF (PDF/UA-1), or as plain PDF where a name has letters that no font here can show.

    A logo that a browser shows and Typst cannot gives way to the organisation's name.
    """
    try:
        return _accessible(words)
    except typst.TypstError as error:
        if not words["logo"]:
            raise
        log.warning("certificate_without_logo", error=error.message[:200])
        return _accessible({**words, "logo": ""})


def _accessible(words: Mapping[str, str]) -> bytes:
    try:
        return _set(words, ["ua-1"])
    except typst.TypstError as error:
        log.warning("certificate_not_accessible", error=error.message[:200])
        return _set(words, [])


def _set(words: Mapping[str, str], standards: list[str]) -> bytes:
    compiler = typst.Compiler(TEMPLATE.read_bytes(), root=str(TEMPLATE.parent), font_paths=_fonts(), sys_inputs=dict(words))
    return bytes(compiler.compile(format="pdf", pdf_standards=standards))  # type: ignore[arg-type]  # one document gives one piece of bytes
