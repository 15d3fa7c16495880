"""The departments of HR's report: folded beyond the top, a page at a time, each page small and each department on one of them."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import now
from app.insight.forms import LONGEST_OPEN, MOST_OPEN, clean_view, opened
from app.insight.presenters.places import FEWEST_ROWS, MOST_ROWS, rows_for, stretch
from app.insight.queries.report import Ground
from app.insight.rules import Place
from app.people.models import Department
from tests.factories.insight import counted
from tests.factories.learning import a_course
from tests.factories.people import a_department, a_person
from tests.support.clock import today
from tests.support.statements import counting_statements


def many_departments(session, count, *, people=10) -> list[Department]:
    """So many departments at the top, with as many people each, called as departments are in life."""
    found = []
    for number in range(count):
        name = f"Customer Operations Benelux {number:03}"
        found.append(a_department(session, slug=f"customer-operations-benelux-{number:03}", name=name))
        for person in range(people):
            a_person(session, name=f"{number} {person}", department=found[-1])
    return found


def names(page) -> list[str]:
    """The departments of a page, without the whole at its top."""
    return [row.th.find(["button", "bdi"]).get_text(strip=True) for row in page.select("table.matrix tbody tr")][1:]


def pages_from(hr, path) -> Iterator[object]:
    """Page after page, as *Next* leads on."""
    while path:
        page = hr.visit(path)
        yield page
        path = next((link["href"] for link in page.select(".pager a[rel=next]")), None)


def test_four_hundred_departments_and_eleven_courses_keep_to_forty_kilobytes_and_five_statements(browser, cast, session):
    """LOOK: HTML ≤ 40 kB; SPEED 3.6: keyset pages. With departments unfolded as far as an address can say."""
    for number in range(11):
        a_course(session, slug=f"social-media-principles-for-managers-{number}")
    departments = many_departments(session, 400)
    for top in departments[:10]:
        below = a_department(session, slug=f"{top.slug}-below", name=f"{top.name} Below", parent=top)
        for person in range(10):
            a_person(session, name=f"{below.slug} {person}", department=below)
    hedy = cast.hedy
    counted(session, now())
    hr, unfolded = browser(hedy), ",".join(top.slug for top in departments[:10])
    hr.get("/hr/completion?open=")
    with counting_statements() as sent:
        answer = hr.get(f"/hr/completion?open={unfolded}&courses=voluntary&status=completed&country=NL")
    assert answer.text.count("<tr>") == rows_for(11) + 2, "as many as fit, everybody and a head"
    assert answer.text.count("</b></td>") >= rows_for(11) * 11
    assert len(answer.data) <= 40_000
    assert len(sent) <= 5


def test_every_department_stands_on_one_page_and_next_and_previous_lead_through_them(browser, cast, session):
    departments = many_departments(session, 2 * MOST_ROWS + 5)
    hedy = cast.hedy
    counted(session, now())
    hr, seen, last = browser(hedy), [], None
    for page in pages_from(hr, "/hr/completion?open="):
        seen += names(page)
        last = page
    assert {each.name for each in departments} <= set(seen)
    assert len(seen) == len(set(seen))
    first = names(hr.visit("/hr/completion?open="))
    for _back in range(2):
        last = hr.visit(last.select_one(".pager a[rel=prev]")["href"])
    assert names(last) == first
    assert last.select_one(".pager a[rel=prev]") is None


def test_a_department_unfolds_where_it_stands_and_the_page_stays_where_it_began(browser, cast, session):
    departments = many_departments(session, MOST_ROWS + 10)
    below = a_department(session, slug="below", name="Below the last one", parent=departments[-1])
    for number in range(10):
        a_person(session, name=f"B {number}", department=below)
    hedy = cast.hedy
    counted(session, now())
    hr = browser(hedy)
    second = hr.visit(hr.visit("/hr/completion?country=NL").select_one(".pager a[rel=next]")["href"])
    begins = names(second)[0]
    (form,) = second.select("form#folds")
    kept = {field["name"]: field["value"] for field in form.select("input")}
    button = second.find("button", string=departments[-1].name)
    assert button["form"] == "folds"
    assert button["aria-expanded"] == "false"
    page = hr.visit("/hr/completion", query_string={**kept, button["name"]: button["value"]})
    assert names(page)[0] == begins
    assert "Below the last one" in names(page)
    assert page.find("button", string=departments[-1].name)["aria-expanded"] == "true"
    assert page.select_one("form[action='/hr/completion/view'] [name=view]")["value"] == f"country=NL&open={departments[-1].slug}"
    kept = {field["name"]: field["value"] for field in page.select("form#folds input")}
    assert "Below the last one" not in names(hr.visit("/hr/completion", query_string={**kept, button["name"]: button["value"]}))


def test_a_page_that_begins_inside_a_department_names_what_is_above_it(browser, cast, session):
    top = a_department(session, slug="top", name="The top")
    for number in range(MOST_ROWS + 5):
        below = a_department(session, slug=f"below-{number:02}", name=f"Below {number:02}", parent=top)
        for person in range(10):
            a_person(session, name=f"{number} {person}", department=below)
    hedy = cast.hedy
    counted(session, now())
    hr = browser(hedy)
    page = hr.visit(hr.visit("/hr/completion?open=top").select_one(".pager a[rel=next]")["href"])
    assert names(page)[0] == "The top"
    assert names(page)[1].startswith("Below ")


def test_the_page_begins_at_a_name_that_is_typed(browser, cast, session):
    many_departments(session, MOST_ROWS + 10)
    hedy = cast.hedy
    counted(session, now())
    hr = browser(hedy)
    form = hr.visit("/hr/completion?courses=voluntary").select_one("form[role=search]:has([name=begin])")
    kept = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    assert kept == {"courses": "voluntary"}
    assert (
        names(hr.visit("/hr/completion", query_string={**kept, "begin": "customer operations BENELUX 045"}))[0] == "Customer Operations Benelux 045"
    )
    assert len(names(hr.visit("/hr/completion?begin=zzz"))) == 1, "beyond the last name stands the last department"


def test_a_small_organisation_reads_one_page_without_a_way_to_others(browser, cast, session):
    many_departments(session, 3)
    hedy = cast.hedy
    counted(session, now())
    page = browser(hedy).visit("/hr/completion?open=")
    assert page.select(".pager") == page.select("[name=begin]") == []


def test_a_view_holds_as_many_unfolded_departments_as_its_form_takes(browser, cast):
    """What is kept, saved and sent along is never longer than the form, the cookie and the column for it."""
    slugs = [f"department-with-a-rather-long-address-{number:02}" for number in range(60)]
    asked = {"open": ",".join(slugs), "fold": "the-latest"}
    found = opened(asked)
    assert found[0] == "the-latest"
    assert found[1:] == slugs[: len(found) - 1]
    assert len(",".join(found)) <= LONGEST_OPEN
    assert len(opened({"open": ",".join(map(str, range(99)))})) == MOST_OPEN
    hr, query = browser(cast.hedy), f"department=sales&country=NL&courses=mandatory&status=completed&open={','.join(slugs)}"
    view = clean_view(query, today=today())
    assert hr.post("/hr/completion/view", {"view": view}).status_code == 303
    assert hr.get("/hr/completion").headers["Location"] == f"/hr/completion?{view}"
    assert hr.post("/hr/completion/views/new", {"name": "All unfolded", "view": view}).status_code == 303


def test_more_courses_make_fewer_rows():
    assert rows_for(0) == rows_for(10) == MOST_ROWS
    assert MOST_ROWS > rows_for(11) > rows_for(20) > rows_for(30) > rows_for(300) == FEWEST_ROWS


@st.composite
def organisations(draw) -> Ground:
    """Trees of a few dozen departments, some of which have nobody."""
    places: list[Place] = []
    for number in range(draw(st.integers(1, 30))):
        above = draw(st.sampled_from([None, *places]))
        people = draw(st.integers(0, above.people)) if above else draw(st.integers(0, 9))
        path = f"{above.path if above else '/'}{number}/"
        places.append(Place(number, str(number), draw(st.sampled_from("aBc")), path, people))
    tops = tuple(place for place in places if place.parent_path == "/")
    return Ground(None, sum(top.people for top in tops), tops, tuple(places), frozenset(), ())


@given(organisations(), st.sets(st.integers(0, 29)), st.integers(1, 7))
def test_whatever_is_unfolded_the_pages_together_are_the_whole_report(ground, open_numbers, most):
    """T76: no row twice or missed."""
    unfolded = {str(number) for number in open_numbers}
    whole = stretch(ground, unfolded, most=1000).places
    after, seen, pages = "", [], []
    while after is not None:
        page = stretch(ground, unfolded, most=most, after=after)
        shown = page.places[-min(most, len(whole) - len(seen)) :] if whole else ()
        assert set(page.places) - set(shown) == {place for place in whole if shown and shown[0] != place and shown[0].path.startswith(place.path)}
        seen += shown
        pages.append(page)
        after = page.following
    assert seen == list(whole)
    assert [page.before for page in pages] == [None, *(page.after for page in pages[:-1])]
