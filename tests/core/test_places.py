"""What counts as a country."""

import pytest

from app.core.places import COUNTRIES, is_country


@pytest.mark.parametrize("code", ["NL", "BE", "GB", "US", "TW", "PS", "CW", "XK", "VA"])
def test_a_country_is_one(code):
    assert is_country(code)


@pytest.mark.parametrize("code", ["ZZ", "EU", "EZ", "UN", "XA", "XB", "QO", "AA", "UK", "SU", "001", "150", "nl", "N", "", "NLD", "ÑL", "N\x00"])
def test_what_only_looks_like_a_country_is_none(code):
    assert not is_country(code)


def test_there_are_as_many_as_on_a_map():
    assert 245 < len(COUNTRIES) < 260
