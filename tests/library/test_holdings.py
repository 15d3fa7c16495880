"""P3: what the library holds about an author, in words."""

from tests.factories.library import a_review_entry, a_story, an_asset
from tests.support.holdings import columns_without_words


def test_an_author_reads_what_the_library_holds_in_words(app, browser, cast, session):
    story = a_story(session, author=cast.grace, title={"en": "Laptops that last"})
    a_review_entry(session, story=story, by=cast.grace, comment="Shorter now.")
    an_asset(session, app.extensions["storage"], added_by=cast.grace, alt={"en": "A laptop"})
    grace = browser(cast.grace)
    page = grace.visit("/me/everything").text
    for said in ("Laptops that last", "Draft", "Shorter now.", "A laptop"):
        assert said in page
    assert columns_without_words(grace) == set()
