"""Which two letters are a country, as the data says from which names of countries are written (CLDR, in Babel)."""

from typing import Final

from babel.core import get_global

_NOWHERE: Final = "ZZ"


def _countries() -> frozenset[str]:
    """Every territory in which a language is spoken: what has none is the United Nations, a currency or a test, and no place to work."""
    spoken = {code for code in get_global("territory_languages") if len(code) == 2 and code.isalpha()}
    return frozenset(spoken - {_NOWHERE})


COUNTRIES: Final = _countries()
"""ISO 3166-1 alpha-2, with the places that CLDR knows beside it, Kosovo (XK) above all."""


def is_country(code: str) -> bool:
    """Whether `code` stands for a country or territory, in two capitals."""
    return code in COUNTRIES
