"""Reads the demo organisation from the files beside this room."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

DATA: Final = Path(__file__).resolve().parent.parent / "data"


@cache
def organisation() -> Mapping[str, Any]:
    """Departments, the cast with their roles, and everybody else."""
    return _read("organisation.yaml")


@cache
def stories() -> Mapping[str, Any]:
    """Topics and stories."""
    return _read("stories.yaml")


@cache
def channel_fit() -> list[Mapping[str, Any]]:
    """How topics do on networks, country by country."""
    return list(_read("channel_fit.yaml")["channel_fit"])


@cache
def shares() -> list[Mapping[str, Any]]:
    """What ambassadors posted."""
    return list(_read("shares.yaml")["shares"])


def picture(name: str) -> bytes:
    """A story's picture."""
    return (DATA / "images" / Path(name).name).read_bytes()


def _read(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return found
