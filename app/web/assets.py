"""Addresses of the built styles, scripts, fonts and pictures.

Macros imported without context see only Jinja's globals, so `asset` and `cover_svg` belong into `app.jinja_env.globals`.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "dist"
PREFIX: Final = "/static/dist/"


@cache
def manifest(folder: Path = FOLDER) -> dict[str, str]:
    """The built file of each name, as the build wrote it; empty before the first build."""
    try:
        entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {str(name): str(built) for name, built in entries.items()}


def asset(name: str) -> str:
    """The address of a built file, with its fingerprint; the plain name while nothing is built."""
    return PREFIX + manifest().get(name, name)


@cache
def release() -> str:
    """A mark of everything that shapes a page besides its data: templates, translations, built files. Part of every page's ETag."""
    app = FOLDER.parents[1] / "app"
    mark = sha256(json.dumps(manifest(), sort_keys=True).encode())
    for file in sorted([*(app / "templates").rglob("*.*"), *(app / "translations").rglob("*.mo")]):
        mark.update(file.read_bytes())
    return mark.hexdigest()[:16]
