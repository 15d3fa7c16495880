"""The list of what one shared, as its writer sees it."""

import pytest

from tests.factories.sharing import a_share


def test_my_shares_tell_when_people_read_on_and_leave_robots_out(ada, session, story, cast, certificate):
    assert "Nothing shared yet" in ada.visit("/shares").text
    for people, readers in ((17, 12), (3, 0), (1, 1), (0, 0)):
        a_share(session, by=cast.ada, edition=story, certificate=certificate, people=people, readers=readers)
    told = [said.get_text(strip=True) for said in ada.visit("/shares").find_all(class_="share-reads")]
    assert told == ["Nobody has read on yet", "One reader, opened once", "Opened 3 times", "About 12 readers, opened 17 times"]
    text = ada.visit("/shares").text
    assert "Nobody has read on yet" in text


def test_my_shares_come_in_pages(ada, session, story, cast, certificate):
    for number in range(21):
        a_share(session, by=cast.ada, edition=story, certificate=certificate, text=f"Text number {number}.\n\nhttp://socii.test/s/x", disclosure="")
    page = ada.visit("/shares")
    assert "Text number 0." not in page.text
    assert "Text number 0." in ada.visit(page.find("a", rel="next")["href"]).text


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30])
def test_an_odd_page_is_no_fault(ada, before):
    """T76."""
    assert ada.get(f"/shares?before={before}").status_code == 200
