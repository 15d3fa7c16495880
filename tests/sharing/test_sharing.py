"""Sharing as an action: what a share rests on, what it keeps, and what never becomes one."""

import threading
import time
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.core.clock import now
from app.core.errors import Invalid, NotAllowed, NotFound, TooMany, Unavailable
from app.core.models import StoredEvent
from app.core.who import Who
from app.library.actions.reviewing import recall
from app.library.models import Story
from app.library.rules.content import Caption
from app.library.rules.targets import LONGEST_ADDRESS, Links
from app.people.queries import who_by_id
from app.people.rules import Audience
from app.sharing.actions import sharing
from app.sharing.actions.sharing import DAILY, answer, settle, share_story
from app.sharing.models import Link, Share
from app.sharing.queries.shares import colleagues_words, own_shares, reads_by_network
from app.sharing.rules.closeness import compare
from app.sharing.rules.drafts import Draft, House
from app.sharing.rules.networks import NETWORKS
from app.web.database import standalone_work, unit_of_work
from tests.conftest import NOON
from tests.factories.library import an_edition
from tests.factories.people import a_person
from tests.factories.playbooks import a_policy
from tests.factories.sharing import a_right_to_share, a_share
from tests.sharing.conftest import who_is
from tests.support.bursts import burst

HOUSE = House("Meridian", "http://socii.test", Links(("socii.test",)))
MINE = "Last month my own laptop died the day before a deadline. Four minutes later I was back at work."


@pytest.fixture
def story(session, cast):
    return an_edition(session, author=cast.grace, slug="laptops")


@pytest.fixture
def ada(session, cast):
    a_policy(session)
    a_right_to_share(session, person=cast.ada)
    return who_is(cast.ada)


def share(
    who: Who, body: str = MINE, *, form: str = "a-token-of-this-form", network: str = "linkedin", at=NOON, language="en", server="", house=HOUSE
) -> str:
    with unit_of_work() as session:
        draft = Draft(NETWORKS[network], language, body, server)
        return share_story(session, who, "laptops", draft, token=form, house=house, today=at.date(), at=at)


def count(session, table) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def test_a_share_keeps_what_was_sent_and_the_proofs_it_rests_on(session, cast, story, ada):
    """T83: what is kept is what is handed over, letter for letter."""
    uuid = share(ada)
    kept = session.scalars(select(Share).where(Share.uuid == uuid)).one()
    link = session.get_one(Link, kept.link_id)
    assert kept.text == f"I work at Meridian. {MINE}\n\nhttp://socii.test/s/{link.code}"
    assert (kept.disclosure, kept.policy_version, kept.status, kept.closeness) == ("I work at Meridian.", 1, "opened", 0)
    assert (kept.edition_id, kept.person_id, kept.created_at) == (story.id, cast.ada.id, NOON)
    assert kept.certificate_id
    assert session.scalars(select(StoredEvent.name)).all() == ["StoryShared"]


def test_the_link_names_story_and_network_and_not_the_person(session, cast, story, ada):
    """P15."""
    share(ada, network="bluesky")
    link = session.scalars(select(Link)).one()
    assert link.target == "https://www.meridian.example/stories/laptops?utm_source=bluesky&utm_medium=employee-advocacy&utm_campaign=laptops"
    assert not {"person_id", "share_id"} & {column.name for column in Link.__table__.columns}


def test_the_text_in_dutch_begins_in_dutch(session, story, ada):
    share(ada, "Mijn eigen laptop gaf het op.", language="nl")
    assert session.scalars(select(Share.text)).one().startswith("Ik werk bij Meridian. Mijn eigen laptop")


def test_who_says_it_in_other_words_is_not_corrected(session, story, ada):
    share(ada, "At Meridian we stopped glueing; mine opened with a screwdriver.")
    kept = session.scalars(select(Share)).one()
    assert kept.text.startswith("At Meridian we stopped")
    assert kept.disclosure.startswith("At Meridian we stopped")


def test_one_form_sent_twice_makes_one_share(session, story, ada):
    """T87."""
    assert share(ada) == share(ada)
    assert (count(session, Share), count(session, Link), count(session, StoredEvent)) == (1, 1, 1)
    assert share(ada, form="another-form-of-mine") != share(ada)


def test_one_form_sent_eight_times_at_once_makes_one_share(app, session, story, ada):
    """T87: in parallel."""
    session.rollback()
    made, start = [], threading.Barrier(8)

    def press() -> None:
        start.wait()
        with standalone_work(app) as work:
            draft = Draft(NETWORKS["linkedin"], "en", MINE)
            made.append(share_story(work, ada, "laptops", draft, token="pressed-eight-times", house=HOUSE, today=NOON.date(), at=NOON))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8
    assert len(set(made)) == 1
    assert (count(session, Share), count(session, Link), count(session, StoredEvent)) == (1, 1, 1)


def test_of_eight_forms_at_once_only_as_many_are_kept_as_a_day_takes(app, session, cast, story, ada):
    """T87, section 3c: counted while nobody else shares for the same person."""
    certificate = a_right_to_share(session, person=cast.linus)
    for minutes in range(DAILY - 3):
        a_share(session, by=cast.linus, edition=story, certificate=certificate, created_at=NOON - timedelta(minutes=minutes))
    linus = who_is(cast.linus)
    session.rollback()

    def press(work, number):
        about = {"token": f"form-number-{number}", "house": HOUSE, "today": NOON.date(), "at": NOON}
        return share_story(work, linus, "laptops", Draft(NETWORKS["linkedin"], "en", MINE), **about)

    assert burst(app, press, count=8).count("share.too_many") == 5
    assert count(session, Share) == DAILY


def test_anothers_token_is_no_way_to_anothers_share(session, cast, story, ada):
    a_right_to_share(session, person=cast.mallory)
    assert share(ada) != share(who_is(cast.mallory), "Quite another thing that I saw in the workshop.")


@pytest.mark.parametrize("why", ["none", "expired", "revoked"])
def test_without_a_valid_certificate_nobody_shares_whatever_their_rank(session, cast, story, why):
    a_policy(session)
    if why != "none":
        more = {"expires_on": NOON.date() - timedelta(days=1)} if why == "expired" else {"revoked_at": NOON}
        a_right_to_share(session, person=cast.linus, **more)
    with pytest.raises(NotAllowed) as refused:
        share(who_is(cast.linus, leads=True))
    assert refused.value.code == "share.certificate"
    assert count(session, Share) == count(session, Link) == 0


def test_a_certificate_holds_until_the_end_of_its_last_day(session, cast, story):
    a_policy(session)
    a_right_to_share(session, person=cast.ada, expires_on=NOON.date())
    assert share(who_is(cast.ada))


@pytest.mark.parametrize("when", [None, date(2027, 1, 1)])
def test_without_a_policy_in_force_nobody_shares(session, cast, story, when):
    if when:
        a_policy(session, effective_on=when)
    a_right_to_share(session, person=cast.ada)
    with pytest.raises(Unavailable):
        share(who_is(cast.ada))


@pytest.mark.parametrize(
    "more",
    [
        {"opens_at": NOON + timedelta(minutes=1)},
        {"closes_at": NOON},
        {"withdrawn_at": NOON},
        {"audience": Audience(countries=("BE",))},
    ],
)
def test_what_one_may_not_see_one_cannot_share(session, cast, ada, more):
    """T22."""
    an_edition(session, author=cast.grace, slug="laptops", **more)
    with pytest.raises(NotFound):
        share(ada)
    assert count(session, Link) == 0


@pytest.mark.parametrize("body", ["", "  \n ", "\u200b\u200b", "\u2062\u00a0"])
def test_a_text_that_nobody_can_see_is_refused(story, ada, body):
    """T89."""
    with pytest.raises(Invalid) as refused:
        share(ada, body)
    assert refused.value.code == "text.empty"


@pytest.mark.parametrize("body", ["שלום, this is mine", "O'Brien’s own 👩\u200d🏭 story", "ไทย ภาษา", "Line one\nline two"])
def test_any_script_is_kept_in_normal_form(session, story, ada, body):
    """T89."""
    share(ada, body.replace("\n", "\r\n"))
    assert body in session.scalars(select(Share.text)).one()


@pytest.mark.parametrize(("network", "most"), [("x", 280), ("bluesky", 300), ("mastodon", 500), ("linkedin", 3000)])
def test_a_text_that_the_network_would_cut_is_refused_and_not_trimmed(session, story, ada, network, most):
    """T90."""
    with pytest.raises(Invalid) as refused:
        share(ada, "word " * (most // 5), network=network, server="mastodon.social")
    assert refused.value.code == "draft.long"
    assert count(session, Link) == 0


def test_the_last_letter_that_fits_with_disclosure_and_link_is_sent_whole(session, story, ada):
    """T90: the limit holds for what is sent, and not for what is typed."""
    taken = len("I work at Meridian. ") + len("\n\n") + 23
    share(ada, "a" * (280 - taken), network="x")
    with pytest.raises(Invalid):
        share(ada, "a" * (281 - taken), network="x", form="one-more-letter")


def test_a_copied_caption_is_refused_and_a_reworded_one_is_kept_with_its_closeness(session, cast, ada):
    caption = "We used to glue our keyboards in, and then wondered why so many laptops were thrown away."
    an_edition(session, author=cast.grace, slug="laptops", captions=(Caption("linkedin", "en", caption),))
    with pytest.raises(Invalid) as refused:
        share(ada, caption.upper())
    assert refused.value.code == "draft.copied"
    share(ada, "We used to glue keyboards in and wondered why so many laptops were thrown away. I was one of them.")
    assert session.scalars(select(Share.closeness)).one() > 30


def test_a_colleagues_post_cannot_be_posted_again(session, cast, story, ada):
    certificate = a_right_to_share(session, person=cast.linus)
    a_share(
        session,
        by=cast.linus,
        edition=story,
        certificate=certificate,
        text="I work at Meridian. My old machine got a second life today.\n\nhttp://socii.test/s/x",
    )
    with pytest.raises(Invalid):
        share(ada, "My old machine got a second life today.")


def test_ones_own_text_may_go_to_a_second_network(story, ada):
    share(ada)
    assert share(ada, network="whatsapp", form="for-my-friends-too")


def test_colleagues_words_are_compared_without_name_link_and_disclosure(session, cast, story):
    certificate = a_right_to_share(session, person=cast.linus)
    a_share(session, by=cast.linus, edition=story, certificate=certificate)
    assert colleagues_words(session, story.story_id, but_not=cast.ada.id) == [" I mended mine."]
    assert colleagues_words(session, story.story_id, but_not=cast.linus.id) == []


def test_fifty_shares_a_day_are_as_many_as_one_account_makes(session, cast, story, ada):
    certificate = a_right_to_share(session, person=cast.linus)
    for minutes in range(DAILY):
        a_share(session, by=cast.linus, edition=story, certificate=certificate, created_at=NOON - timedelta(minutes=minutes))
    linus = who_is(cast.linus)
    with pytest.raises(TooMany):
        share(linus)
    assert share(linus, at=NOON + timedelta(days=1, seconds=1))
    assert share(ada, "Ada has fifty of her own, and this is the first of them.")


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "//evil.example/", "https://socii.test/s/abc", "https://a@evil.example/", "http://10.0.0.1/"]
)
def test_a_link_is_never_made_to_what_may_not_be_linked(session, cast, ada, target):
    """T62, once more where the link is made."""
    an_edition(session, author=cast.grace, slug="laptops", target_url=target)
    with pytest.raises(Invalid):
        share(ada)
    assert count(session, Link) == 0


def test_a_house_that_names_domains_links_nowhere_else(session, story, ada):
    with pytest.raises(Invalid):
        share(ada, house=House("Meridian", "http://socii.test", Links(("socii.test",), ("other.example",))))
    assert share(ada, house=House("Meridian", "http://socii.test", Links(("socii.test",), ("meridian.example",))))


def test_mastodon_needs_a_server(story, ada):
    with pytest.raises(Invalid) as refused:
        share(ada, network="mastodon", server="localhost")
    assert refused.value.field == "server"
    assert share(ada, network="mastodon", server="@ada@hachyderm.io")


def test_an_answer_is_kept_and_may_change(session, story, ada):
    uuid = share(ada)
    for said, url, status in (
        ("posted", "https://www.linkedin.com/feed/update/1", "confirmed"),
        ("not_posted", "", "not_posted"),
        ("posted", "", "confirmed"),
    ):
        with unit_of_work() as work:
            answer(work, ada.id, uuid, said, post_url=url, at=NOON)
        kept = session.scalars(select(Share)).one()
        assert (kept.status, kept.post_url, kept.answered_at) == (status, url, NOON)


def test_nobody_answers_for_another(session, cast, story, ada):
    uuid = share(ada)
    with pytest.raises(NotFound), unit_of_work() as work:
        answer(work, cast.mallory.id, uuid, "posted", at=NOON)


def test_after_three_days_without_an_answer_we_say_that_we_do_not_know(session, story, ada):
    share(ada)
    share(ada, form="answered-before", at=NOON)
    answered = session.scalars(select(Share.uuid).where(Share.token == "answered-before")).one()
    with unit_of_work() as work:
        answer(work, ada.id, answered, "posted", at=NOON)
    for passed, status in ((timedelta(days=3, seconds=-1), "opened"), (timedelta(days=3), "unknown")):
        with unit_of_work() as work:
            settle(work, at=NOON + passed)
        statuses = dict(session.execute(select(Share.token, Share.status)).all())
        assert statuses == {"a-token-of-this-form": status, "answered-before": "confirmed"}


def test_readers_are_added_up_only_where_ten_people_shared(session, cast, story):
    """P8, P13: nine are too few, one person's ten shares are one person, and there is no total to subtract from."""
    for number in range(10):
        person = a_person(session, name=f"Colleague {number}")
        certificate = a_right_to_share(session, person=person)
        a_share(session, by=person, edition=story, certificate=certificate, people=number, network="linkedin")
        if number < 9:
            a_share(session, by=person, edition=story, certificate=certificate, people=5, network="bluesky")
    for _ in range(10):
        a_share(session, by=person, edition=story, certificate=certificate, people=7, network="x")
    assert [(each.network, each.readers) for each in reads_by_network(session, story.story_id)] == [("linkedin", 45)]


def test_ones_own_shares_come_in_pages_without_loss(session, cast, story):
    certificate = a_right_to_share(session, person=cast.ada)
    made = [a_share(session, by=cast.ada, edition=story, certificate=certificate).id for _ in range(5)]
    a_share(session, by=cast.linus, edition=story, certificate=certificate)
    first = own_shares(session, cast.ada.id, at=now(), limit=3)
    rest = own_shares(session, cast.ada.id, at=now(), before=first[-1].id, limit=3)
    assert [share.id for share in [*first, *rest]] == sorted(made, reverse=True)


def test_comparing_with_hostile_text_takes_linear_time():
    """T74."""
    import time

    began = time.perf_counter()
    compare("a " * 30_000, texts=["a " * 30_000] * 5, facts=["a'" * 20_000])
    assert time.perf_counter() - began < 10


def test_what_a_form_may_say_the_database_keeps(session, cast, ada):
    """T75: the longest target, tagged, and a disclosure of letters that are written with many signs."""
    host = "https://www.meridian.example/"
    an_edition(session, author=cast.grace, slug="laptops", target_url=host + "a" * (LONGEST_ADDRESS - len(host)))
    share(ada, "I work at Meridian " + "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 90 + " and that is my family.")
    kept = session.scalars(select(Share)).one()
    assert kept.text.startswith(kept.disclosure)
    assert session.scalars(select(Link.target)).one().endswith("utm_campaign=laptops")


def test_a_long_silence_between_two_words_keeps_nobody_waiting(session, cast, story, ada):
    """T74: sixty thousand spaces are a text that Facebook takes."""
    share(ada, f"Mine{' ' * 60_000}too, I think.", network="facebook")
    began = time.process_time()
    (mine,) = own_shares(session, cast.ada.id, at=now())
    assert colleagues_words(session, story.story_id, but_not=cast.linus.id) == [f" Mine{' ' * 60_000}too, I think."]
    assert mine.words.endswith("I think.")
    assert time.process_time() - began < 1


def test_no_link_outlives_a_recall_that_came_between(app, session, cast, story, ada, monkeypatch):  # noqa: PLR0917
    """T82: whoever shares while the hub recalls either finds no story or has their link closed with the others."""
    uuid, version = session.execute(select(Story.uuid, Story.version)).one()
    hugo, make_link = who_by_id(session, cast.hugo.id), sharing.make_link
    session.rollback()
    reached, recalled = threading.Event(), threading.Event()

    def slowly(*args, **more):
        reached.set()
        recalled.wait(2)
        return make_link(*args, **more)

    def take_back() -> None:
        reached.wait(10)
        with standalone_work(app) as work:
            recall(work, uuid, reason="It was wrong.", version=version, by=hugo, at=NOON)
        app.extensions["jobs"].run_due(NOON)
        recalled.set()

    monkeypatch.setattr(sharing, "make_link", slowly)
    hub = threading.Thread(target=take_back)
    hub.start()
    with standalone_work(app) as work:
        share_story(work, ada, "laptops", Draft(NETWORKS["linkedin"], "en", MINE), token="meanwhile", house=HOUSE, today=NOON.date(), at=NOON)
    hub.join()
    assert session.scalars(select(Link.state)).all() == ["recalled"]
