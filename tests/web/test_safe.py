"""T63: where a person goes after signing in is a plain path of ours, or the front page."""

import pytest

from app.web.safe import local_path

STRANGE = [
    *(
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "https:/evil.example",
        "https://evil.example",
        "http:evil.example",
    ),
    *(
        "///evil.example",
        "/\t/evil.example",
        " /evil.example",
        "/\r\nSet-Cookie: a=b",
        "/%0d%0aSet-Cookie:%20a=b",
        "javascript:alert(1)",
        "data:text/html,x",
    ),
    *("", None, "evil.example", "/a//b", "@evil.example", "/%0a", "/\u2028x", "/" + "a" * 2001, "?next=/", "//evil.example/%2f..", "/./\\evil"),
]


@pytest.mark.parametrize("address", STRANGE)
def test_an_address_that_could_lead_away_is_refused(address):
    assert local_path(address) is None


@pytest.mark.parametrize("address", ["/", "/me", "/learn/in-your-own-words?step=2", "/library/?topic=repair#top", "/s/Ab3dEf7h9k"])
def test_a_path_of_ours_is_kept(address):
    assert local_path(address) == address
