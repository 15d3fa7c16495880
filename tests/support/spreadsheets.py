"""Whoever may open a file of ours and take a cell for a formula: a strict reading of our own, and LibreOffice where it is installed."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

OFFICE = shutil.which("soffice")
SETTINGS = {"comma": "44", "semicolon": "59", "tab": "9"}
"""The sign at which a spreadsheet splits, as LibreOffice numbers it; a Dutch Excel splits at the semicolon."""
PATIENCE_SECONDS = 300
FORMULA = re.compile(r"""(?:^|[;\t\r\n])["]*[ ]*[=+\-@＝＋－＠].*""")
"""What begins like a formula for whoever splits at semicolons, tabs and line ends, and does not care for quotation marks."""


Reader = Callable[[Sequence[Path]], list[list[str]]]
"""What looks like a formula in each of the files."""


def strictly(files: Sequence[Path]) -> list[list[str]]:
    """What the strictest reader would take for a formula, wherever it splits."""
    return [FORMULA.findall(file.read_text(encoding="utf-8-sig")) for file in files]


def by_office(sign: str, files: Sequence[Path]) -> list[list[str]]:
    """The formulas that LibreOffice finds when it splits at `sign`."""
    folder = files[0].parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    reading = f"--infilter=Text - txt - csv (StarCalc):{sign},34,76,1"  # quotation marks, UTF-8, from the first line
    command = [str(OFFICE), profile, "--headless", reading, "--convert-to", "fods", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_SECONDS)  # noqa: S603  # our own list
    sheets = [file.with_suffix(".fods").read_text(encoding="utf-8") for file in files]
    assert all("table:table-cell" in sheet for sheet in sheets), "LibreOffice read nothing"
    return [re.findall(r'table:formula="([^"]*)"', sheet) for sheet in sheets]


ALONE: dict[str, Reader] = {"strict-alone-for-want-of-libreoffice": strictly}
TOGETHER: dict[str, Reader] = {"strict": strictly, **{f"libreoffice-at-{name}": partial(by_office, sign) for name, sign in SETTINGS.items()}}
READERS = TOGETHER if OFFICE else ALONE
"""Without LibreOffice (decision 0041: it is not installed in continuous integration) the strict reader proves the rule alone, and its name says so."""
