"""Numbers beside names: where not everybody is named, no number and no difference of two says what a name does not (P2, P8, P9)."""

from datetime import date, timedelta
from itertools import chain, combinations
from random import Random

import pytest

from app.core.clock import now
from app.insight.models import CompletionCell, LevelCell
from app.insight.rules import Counts, Figure, Filter, Status, Telling, month_ends, speaks_of_none, speaks_of_the_way, trend, unnamed, untold
from app.learning.actions.sharing_certificates import share_certificate, stop_sharing
from app.learning.models import Certificate
from app.learning.rules.visibility import Visibility
from tests.factories.insight import a_certificate, a_time, counted
from tests.factories.learning import a_course
from tests.factories.people import a_department
from tests.insight.test_completion import people, row
from tests.support.clock import today
from tests.support.statements import counting_statements


@pytest.mark.parametrize(
    ("people", "duty", "choice", "by_name", "expected"),
    [
        (30, 0, Counts(completed=12), True, Figure(12, 30)),
        (30, 0, Counts(completed=12, shared=9), True, Figure(3, 21)),
        (30, 0, Counts(completed=12, shared=9), False, Figure(12, 30)),
        (30, 18, Counts(completed=12, shared=12), True, Figure(0, 0)),
        (10, 8, Counts(completed=5), True, Figure(5, 5)),
    ],
)
def test_a_number_speaks_of_those_who_are_not_named(people, duty, choice, by_name, expected):
    assert unnamed(people, duty=Counts(waiting=duty), choice=choice, by_name=by_name) == expected


@pytest.mark.parametrize(
    ("whole", "groups", "hidden"),
    [
        (Figure(10, 40), {"/a/": Figure(5, 20), "/b/": Figure(5, 20)}, set()),
        (Figure(8, 23), {"/a/": Figure(5, 20), "/b/": Figure(3, 3)}, {"/a/", "/b/"}),
        (Figure(8, 35), {"/a/": Figure(3, 20), "/b/": Figure(4, 12), "/c/": Figure(1, 3)}, {"/b/", "/c/"}),
        (Figure(8, 45), {"/a/": Figure(0, 15), "/b/": Figure(8, 30)}, {"/a/", "/b/"}),
        (Figure(5, 9), {"/a/": Figure(5, 9)}, {"", "/a/"}),
        (Figure(20, 60), {"/a/": Figure(10, 30), "/a/x/": Figure(9, 25), "/b/": Figure(10, 30)}, {"/a/x/"}),
        (Figure(6, 20), {"/a/": Figure(6, 20), "/b/": Figure(0, 0)}, set()),
    ],
)
def test_what_would_follow_by_subtraction_is_unsaid_too(whole, groups, hidden):
    """P9: a part of few, one of whom everybody or nobody completed, and the part beside it."""
    assert untold(whole, groups) == hidden


def a_tree(draw):
    """Departments with their own unnamed people: path -> (completed, people), in and below each; and the whole."""
    own = {"": (0, 0)}
    for _ in range(draw.randrange(1, 8)):
        above = draw.choice([path for path in own if path.count("/") < 4])
        own[f"{above or '/'}{'abcdefgh'[len(own) - 1]}/"] = (0, 0)
    for path in own:
        of = draw.choice((0, 1, 3, 8, 10, 14, 25))
        own[path] = (draw.choice((0, of, of // 2, max(of - 1, 0), draw.randrange(of + 1))), of)
    return {path: Figure(*(sum(each[part] for name, each in own.items() if name.startswith(path)) for part in (0, 1))) for path in own}


def test_no_difference_of_numbers_that_are_said_speaks_of_fewer_than_ten():
    """P9: over 3,000 random trees, a number minus any numbers of parts of it is about nobody or about ten, and then not about each or one of few."""
    said_at_all = 0
    for seed in range(3_000):
        groups = a_tree(Random(seed))
        whole = groups.pop("")
        hidden = untold(whole, groups)
        groups[""] = whole
        said = [path for path in groups if path not in hidden]
        said_at_all += len(said) > 1
        for above in said:
            parts = [path for path in said if path != above and path.startswith(above)]
            for chosen in chain.from_iterable(combinations(parts, size) for size in range(len(parts) + 1)):
                if any(one != other and other.startswith(one) for one in chosen for other in chosen):
                    continue  # a part of a part
                count, of = (getattr(groups[above], name) - sum(getattr(groups[path], name) for path in chosen) for name in ("count", "of"))
                assert speaks_of_none(Figure(count, of)), (seed, above, chosen)
    assert said_at_all > 500, "not by silence alone"


@pytest.mark.parametrize(
    ("started", "completed", "people", "expected"),
    [(5, 5, 15, True), (1, 5, 15, False), (5, 9, 15, False), (0, 5, 15, False), (1, 5, 20, True), (3, 3, 9, False)],
)
def test_who_is_on_the_way_is_said_when_none_of_three_numbers_is_about_one(started, completed, people, expected):
    choice = Counts(completed=completed, started=started)
    assert speaks_of_the_way(people, duty=Counts(), choice=choice, by_name=True) is expected


@pytest.mark.parametrize(
    ("asked", "path", "expected"),
    [
        (Filter(), "/a/", True),
        (Filter(), "/b/", False),
        (Filter(), "", True),
        (Filter(country="NL"), "/a/", False),
        (Filter(on=date(2026, 1, 1)), "/a/", False),
        (Filter(status=Status.STARTED), "", True),
        (Filter(status=Status.WAITING), "/a/", False),
    ],
)
def test_numbers_are_said_of_today_and_all_countries_and_the_way_of_everybody(asked, path, expected):
    assert Telling({1: frozenset({"/b/"})}, frozenset({1})).says(asked, 1, path) is expected


def test_a_line_does_not_rise_by_few_behind_many_who_are_named():
    ends = month_ends(date(2026, 11, 27))
    passes, named = {ends[0]: 10, ends[5]: 10}, {ends[5]: 9}
    assert trend(passes, people=100, ends=ends) == (10,) * 5 + (20,) * 7
    assert trend(passes, people=100, ends=ends, named=named) == (10,) * 12
    assert trend(passes, people=28, ends=ends, named=named) == (), "nineteen who are not named"


@pytest.fixture
def hr(browser, cast):
    """Hedy's browser."""
    return browser(cast.hedy)


@pytest.fixture
def crowd(session, cast):
    """Twenty-five in Sales besides Hedy: twelve passed freely and hold a certificate, of whom three share it."""
    course, members = a_course(session), people(session, cast.sales, 25)
    on_it = [{"uuid": course.uuid, "version": 1, "title": {"en": "Principles", "nl": "Principes"}, "passed_on": today().isoformat()}]
    for number, person in enumerate(members[:12]):
        a_time(session, person=person, course=course, completed_on=today())
        certificate = a_certificate(session, person=person, expires_on=today(), courses=on_it)
        if number < 3:
            share_certificate(session, person.id, certificate.uuid, visibility=Visibility.SHARED, at=now())
    session.commit()
    return members


def behind(page):
    """What the list says of those who are not in it."""
    return [line.get_text(strip=True) for line in page.select("main p") if "freely" in line.text]


def test_the_list_says_how_many_stand_behind_its_names(hr, session, seen, crowd):
    counted(session, now())
    path = "/hr/people?course=principles"
    assert behind(hr.visit(path)) == []
    seen("shared")
    page = hr.visit(path)
    assert behind(page) == ["12 people completed this course freely; 3 share it by name."]
    assert len(page.select("tbody tr")) == 3
    for more in ("&country=NL", "&q=p", f"&on={today()}", "&courses=mandatory", "&status=started"):
        expected = behind(page) if "on=" in more else []  # today is no day gone by
        assert behind(hr.visit(path + more)) == expected, more
    seen("aggregates")
    assert behind(hr.visit(path)) == ["12 people completed this course freely."]


def test_a_few_unnamed_beside_a_shared_list_are_not_counted(hr, session, seen, crowd):
    """The count, the list and the people of a department would together say who did not."""
    small = a_department(session, slug="small")
    course = a_course(session, slug="other")
    on_it = [{"uuid": course.uuid, "version": 1, "title": {"en": "Other", "nl": "Anders"}, "passed_on": today().isoformat()}]
    for number, person in enumerate(people(session, small, 12)):
        a_time(session, person=person, course=course, completed_on=today())
        certificate = a_certificate(session, person=person, expires_on=today(), courses=on_it)
        if number < 9:
            share_certificate(session, person.id, certificate.uuid, visibility=Visibility.SHARED, at=now())
    counted(session, now())
    path = "/hr/completion?open="
    assert row(hr.visit(path), "Small") == ["100%12", "0%0"]
    seen("shared")
    report = hr.visit(path)
    assert row(report, "Small") == ["–toofew", "–toofew"], "three of whom nothing is known, and a department whose numbers would follow"
    assert behind(hr.visit("/hr/people?course=other&department=small")) == []
    exported = hr.post("/hr/completion.csv", {"view": ""}).get_data(as_text=True)
    assert [line.split(",")[-2:] for line in exported.splitlines() if line.startswith("Small,")] == [["", ""]] * 2


@pytest.mark.parametrize("more", ["&country=NL", "&on=2026-01-05"])
def test_the_report_tells_completions_of_whole_departments_and_today_only(hr, session, seen, crowd, more):
    counted(session, now())
    seen("shared")
    assert row(hr.visit("/hr/completion?open="), "Sales") == ["46%12"]
    assert row(hr.visit(f"/hr/completion?open={more}"), "Sales") == ["–toofew"]


def test_the_numbers_at_the_top_keep_to_the_same(hr, session, seen, crowd):
    counted(session, now())

    def stats(path="/hr/completion?open="):
        return {stat.dt.get_text(strip=True): stat.dd.get_text(" ", strip=True) for stat in hr.visit(path).select(".stat")}

    assert {"Certified Enthusiast", "Lapsing within 30 days"} <= set(stats())
    seen("shared")
    assert stats()["Certified Enthusiast"] == "12 3 share it by name"
    assert "Lapsing within 30 days" not in stats()
    assert set(stats("/hr/completion?open=&department=sales")) == {"Mandatory, overdue"}
    seen("aggregates")
    assert stats()["Certified Enthusiast"] == "12"


def test_levels_are_not_counted_beside_duties_that_say_nearly_the_same(hr, session, seen, crowd):
    """Whoever had to pass the only course is named; the few others would follow from the number of certificates."""
    course = a_course(session, slug="duty", level="enthusiast")
    for person in crowd[:8]:
        a_time(session, person=person, course=course, completed_on=today(), due_on=today())
    counted(session, now())
    seen("shared")
    assert "Certified Enthusiast" not in hr.visit("/hr/completion?open=").select_one(".stats").text


def test_who_stops_sharing_is_counted_seconds_later(hr, session, seen, crowd, run_jobs):
    at = now()
    counted(session, at)
    seen("shared")
    for certificate in session.query(Certificate).filter(Certificate.shared_at.is_not(None)).limit(2).all():
        stop_sharing(session, certificate.person_id, certificate.uuid, at=at)
    session.commit()
    for minutes in (1, 2):
        run_jobs(at + timedelta(minutes=minutes))
    assert behind(hr.visit("/hr/people?course=principles")) == ["12 people completed this course freely; 1 shares it by name."]
    cell, level = session.query(CompletionCell).one(), session.query(LevelCell).one()
    assert (cell.completed, cell.shared, level.certified, level.shared) == (12, 1, 12, 1)


def test_the_report_costs_two_statements_more_whatever_the_rows(hr, session, seen, crowd):
    counted(session, now())
    for setting, most in (("completed", 5), ("shared", 7), ("aggregates", 7)):
        seen(setting)
        hr.get("/hr/completion?open=")
        with counting_statements() as sent:
            hr.get("/hr/completion?open=")
        assert len(sent) <= most, setting
