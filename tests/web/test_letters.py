"""What holds for every letter, whatever it is about."""

import re
from email import message_from_string
from email.header import decode_header, make_header

from bs4 import BeautifulSoup
from markupsafe import escape

from tests.support.browser import BASE
from tests.support.letters import kinds_of_letters, letters_to

EVIL = "evil.example"
CLAIMS = dict.fromkeys(("Referer", "Origin"), f"https://{EVIL}/") | {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Proto": "gopher",
    "X-Host": EVIL,
    "Forwarded": f"host={EVIL}",
    "X-Original-URL": f"https://{EVIL}/",
}
LINK = re.compile(r'https?://[^\s"<>]+|(?<=href=")[^"]*')


def test_no_link_of_any_letter_stands_on_what_a_request_claims(app, cast, session, run_jobs, letters):
    """T3: even if a letter were written while a hostile request is being answered."""
    kinds = letters_to(session, cast.ada, author=cast.grace)
    assert kinds == kinds_of_letters(), "a new letter: let letters_to write one too"
    with app.test_request_context("/", base_url=f"http://{EVIL}", headers=CLAIMS):
        run_jobs()
    written = letters()
    assert len(written) == len(kinds)
    for letter in written:
        plain = letter.replace("=\n", "").replace("=3D", "=")
        links = LINK.findall(plain)
        assert EVIL not in plain
        assert links
        assert all(link.startswith(f"{BASE}/") for link in links), links


def test_a_letter_that_a_stranger_asks_for_stands_on_the_configured_address(browser, cast, run_jobs, letters):
    """T3: Referer and forwarded hosts go with the request that brings it; a foreign Origin brings none."""
    for name, claim in CLAIMS.items():
        answer = browser().post("/forgotten", {"email": cast.ada.email}, headers={name: claim})
        assert answer.status_code == (400 if name == "Origin" else 303), name
    run_jobs()
    (letter,) = letters()
    assert EVIL not in letter
    assert f"{BASE}/password/" in letter


def test_no_letter_that_waits_goes_to_somebody_who_was_let_go_meanwhile(browser, cast, session, run_jobs, letters):
    """T12: every kind of letter, in the job table when its receiver is deactivated."""
    letters_to(session, cast.ada, author=cast.grace)
    assert browser(cast.rosa).post(f"/admin/people/{cast.ada.uuid}/deactivate").status_code == 303
    run_jobs()
    assert letters() == []


def test_a_letter_in_plain_text_says_names_as_they_are_written_and_one_as_a_page_escapes_them(app, cast, session, run_jobs, letters):
    """T47, T89."""
    name = "Ada O'Brien & דנה"
    cast.ada.name = cast.grace.name = name
    kinds = letters_to(session, cast.ada, author=cast.grace)
    run_jobs()
    written = letters()
    assert len(written) == len(kinds)
    for letter in map(message_from_string, written):
        plain, page = (part.get_payload(decode=True).decode() for part in letter.walk() if part.get_content_maintype() == "text")
        assert f"\u2068{name}\u2069" in plain
        assert f"\u2068{escape(name)}\u2069" in page
        assert "&#39;" not in plain + str(make_header(decode_header(letter["Subject"])))
        for said in (plain, BeautifulSoup(page, "html.parser").get_text()):
            assert name not in said.replace(f"\u2068{name}\u2069", "")
