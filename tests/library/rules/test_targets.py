"""Where a story may lead."""

import pytest

from app.core.errors import Invalid
from app.library.rules.targets import Links, check_target

HERE = Links(own_hosts=("socii.example.com:8443", "Learn.Example.com"))


@pytest.mark.parametrize(
    "address",
    [
        "https://www.meridian.example/stories/laptops-that-last",
        "http://meridian.example:8080/a?b=c&d=%C3%A9#e",
        "HTTPS://Meridian.Example/",
        "https://a-b.co.uk/~user/(x)",
    ],
)
def test_a_public_page_may_be_linked(address):
    assert check_target(address, links=HERE) == address


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("javascript:alert(1)", "target.scheme"),
        ("JaVaScRiPt://x.example/%0aalert(1)", "target.scheme"),
        ("data:text/html,<b>", "target.spelling"),
        ("data:text/html;base64,PGI+", "target.scheme"),
        ("vbscript:x", "target.scheme"),
        ("file:///etc/passwd", "target.scheme"),
        ("//evil.example/", "target.scheme"),
        ("/library/", "target.scheme"),
        ("https:/evil.example", "target.scheme"),
        ("https:evil.example", "target.scheme"),
        ("https:///evil.example", "target.scheme"),
        ("https://meridian.example@evil.example/", "target.host"),
        ("https://user:pass@evil.example/", "target.host"),
        ("https://evil.example\\@meridian.example/", "target.spelling"),
        ("https://meridian.example/\tx", "target.spelling"),
        ("java\nscript:alert(1)", "target.spelling"),
        ("https://meridian.example/ x", "target.spelling"),
        ("https://mеridian.example/", "target.spelling"),
        ("https://xn--mridian-4ve.example/", "target.host"),
        ("https://meridian。example/", "target.spelling"),
        ("https://127.0.0.1/", "target.host"),
        ("https://2130706433/", "target.host"),
        ("https://0x7f.1/", "target.host"),
        ("https://0177.0.0.1/", "target.host"),
        ("https://[::1]/", "target.host"),
        ("https://10.1.2.3/", "target.host"),
        ("https://8.8.8.8/", "target.host"),
        ("https://169.254.169.254/latest/meta-data/", "target.host"),
        ("https://localhost/", "target.host"),
        ("https://intranet/", "target.host"),
        ("https://printer.local/", "target.host"),
        ("https://db.internal/", "target.host"),
        ("https://meridian.example./", "target.host"),
        ("https://meridian..example/", "target.host"),
        ("https://-a.example/", "target.host"),
        ("https://meridian.example:99999/", "target.host"),
        ("https://meridian.example:x/", "target.host"),
        ("https://[/", "target.host"),
        ("https://socii.example.com/s/abc", "target.own"),
        ("https://learn.example.com/s/abc", "target.own"),
        ("https://SOCII.example.com:444/library/", "target.own"),
        ("https://meridian.example/" + "x" * 8_192, "target.long"),
    ],
)
def test_what_does_not_lead_to_a_public_page_is_refused(address, code):
    """T62."""
    with pytest.raises(Invalid) as refused:
        check_target(address, links=HERE)
    assert refused.value.code == code
    assert refused.value.field == "target_url"


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://meridian.example/", True),
        ("https://www.meridian.example/", True),
        ("https://evilmeridian.example/", False),
        ("https://meridian.example.evil.test/", False),
    ],
)
def test_only_the_domains_that_are_allowed_may_be_linked_when_there_are_any(address, fits):
    """T62."""
    links = Links(domains=("meridian.example",))
    if fits:
        assert check_target(address, links=links)
    else:
        with pytest.raises(Invalid, match=r"target\.domain"):
            check_target(address, links=links)
