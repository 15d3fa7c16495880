"""What HR reads by name of voluntary learning under each setting, on every surface there is, and on every one there will be (P2, P4)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.clock import now
from app.learning.actions.sharing_certificates import share_certificate
from app.learning.models import Certificate, CertificateDecision
from app.learning.queries.content import PublishedCourse
from app.learning.rules.visibility import Visibility
from app.people.models import Person
from tests.factories.insight import a_certificate, a_time, counted
from tests.factories.learning import a_course
from tests.factories.people import a_person
from tests.support.clock import today

SOON = today() + timedelta(days=20)
LATELY = today() - timedelta(days=3)
SETTINGS = ("completed", "shared", "aggregates")
APP = Path(__file__).parents[2] / "app"


@dataclass(frozen=True)
class Learners:
    """Three people: who completed freely and keeps it to themselves, who shares it, and who had to."""

    silent: Person
    sharing: Person
    obliged: Person
    course: PublishedCourse
    certificates: dict[int, Certificate]

    def of(self, person: Person) -> Certificate:
        """A person's certificate."""
        return self.certificates[person.id]


@pytest.fixture
def hr(browser, cast):
    """Hedy's browser."""
    return browser(cast.hedy)


@pytest.fixture
def learners(session, cast):
    """All three passed lately and hold a certificate that ends soon."""
    course, duty = a_course(session), a_course(session, slug="a-duty", level="spokesperson")
    on_it = {"uuid": course.uuid, "version": 1, "title": {"en": "Principles", "nl": "Principes"}, "passed_on": LATELY.isoformat()}
    silent, sharing, obliged = (a_person(session, name=f"{name} Vos", department=cast.sales) for name in ("Silent", "Sharing", "Obliged"))
    for person in (silent, sharing):
        a_time(session, person=person, course=course, completed_on=LATELY, expires_on=SOON)
    a_time(session, person=obliged, course=duty, completed_on=LATELY, due_on=today(), expires_on=SOON)
    held = {person.id: a_certificate(session, person=person, expires_on=SOON, courses=[on_it]) for person in (silent, sharing)}
    share_certificate(session, sharing.id, held[sharing.id].uuid, visibility=Visibility.SHARED, at=now())
    counted(session, now())
    return Learners(silent, sharing, obliged, course, held)


def names(page):
    """The first names in a list."""
    return {link.get_text(strip=True).split()[0] for link in page.select("tbody th a")}


def surfaces(hr, learners):
    """What each of HR's surfaces says by name: of the list and its searches, what lapses, certificates, and the files."""

    def found(text):
        return {word for word in ("Silent", "Sharing", "Obliged") if f"{word} Vos" in text}

    def of_file(name, view=""):
        return found(hr.post(f"/hr/{name}.csv", {"view": view}).get_data(as_text=True))

    return {
        "list": names(hr.visit("/hr/people")),
        "course": names(hr.visit("/hr/people?course=principles")),
        "completed": names(hr.visit("/hr/people?status=completed")),
        "search": names(hr.visit("/hr/people?q=vos")),
        "yesterday": names(hr.visit(f"/hr/people?on={today() - timedelta(days=1)}")),
        "lapsing": names(hr.visit("/hr/lapsing")),
        "certificates": names(hr.visit("/hr/certificates")),
        "certificates by name": names(hr.visit("/hr/certificates?q=vos")),
        "certificates by state": names(hr.visit("/hr/certificates?state=valid")),
        "people.csv": of_file("people"),
        "people.csv of a course": of_file("people", "?course=principles"),
        "lapsing.csv": of_file("lapsing"),
        "completion.csv": of_file("completion"),
    }


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_list_names_what_its_setting_lets_it_name(hr, seen, learners, setting):
    """P2: everybody who completed; who shares; nobody. P4: who had to is named under each."""
    seen(setting)
    free = {"completed": {"Silent", "Sharing"}, "shared": {"Sharing"}, "aggregates": set()}[setting]
    assert surfaces(hr, learners) == {
        **{name: {"Obliged", *free} for name in ("list", "completed", "search", "yesterday", "people.csv", "lapsing", "lapsing.csv")},
        **dict.fromkeys(("course", "certificates", "certificates by name", "certificates by state", "people.csv of a course"), free),
        "completion.csv": set(),
    }


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_record_says_no_more_than_the_lists(hr, seen, learners, setting):
    seen(setting)
    told = set()
    for person in (learners.silent, learners.sharing, learners.obliged):
        hr.post(f"/hr/people/{person.uuid}/why", {"purpose": "audit"})
        text = hr.visit(f"/hr/people/{person.uuid}").text
        if person is learners.obliged:
            assert text.count("A duty") == 2, "as a duty, and as completed"
            continue
        said = ("Principles" in text, learners.of(person).code in text)
        assert said in {(True, True), (False, False)}
        told |= {person.name} if all(said) else set()
    assert told == {"completed": {"Silent Vos", "Sharing Vos"}, "shared": {"Sharing Vos"}, "aggregates": set()}[setting]


@pytest.mark.parametrize("setting", ["shared", "aggregates"])
def test_no_page_of_hr_or_of_a_manager_tells_of_somebody_who_shares_nothing(browser, cast, seen, learners, setting):
    """P2 for every page and file that HR, managers and administrators may open, also for those that are yet to be written."""
    seen(setting)
    silent = learners.silent
    silent.manager_id = cast.linus.id
    cast.session.commit()
    canary, values = learners.of(silent), {"uuid": silent.uuid, "certificate": learners.of(silent).uuid}
    app, walked = browser().app, 0
    policies = app.extensions["policies"]
    for person, policy in ((cast.hedy, "may_report"), (cast.linus, "may_lead"), (cast.rosa, "may_administer"), (cast.rosa, "may_read_audit")):
        reader = browser(person)
        for rule in app.url_map.iter_rules():
            is_file = rule.rule.endswith(".csv")
            if rule.endpoint not in policies or policies[rule.endpoint].__name__ != policy or not (is_file or "GET" in rule.methods):
                continue
            if policy == "may_report" and rule.endpoint != "insight.why":
                reader.post(f"/hr/people/{silent.uuid}/why", {"purpose": "audit"})
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values.get(found[1], 1)), rule.rule)
            text = reader.post(path, {"view": ""}).get_data(as_text=True) if is_file else reader.get(path).text
            walked += 1
            assert canary.code not in text, path
            assert canary.uuid not in text, path
            if policy in {"may_report", "may_lead"} and silent.uuid not in path:
                assert "Silent" not in text, path
    assert walked > 15


def test_whoever_names_people_beside_what_they_learned_asks_the_one_place_for_leave():
    """P2, by construction: above the learning room, a statement that reads passes or certificates reads names through a `Sight`."""
    careless = []
    for file in sorted(APP.glob("*/queries/*.py")) + sorted(APP.glob("*/queries.py")):
        text = file.read_text(encoding="utf-8")
        if file.relative_to(APP).parts[0] in {"people", "learning", "demo"}:
            continue
        learned = re.search(r"from app.learning.models import .*\b(Certificate|Enrolment)\b", text)
        if learned and re.search(r"Person\.(name|uuid|email)\b", text) and "Sight" not in text:
            careless.append(str(file.relative_to(APP)))
    assert careless == []


@pytest.mark.parametrize("setting", ["shared", "aggregates"])
def test_a_certificate_that_is_not_told_opens_by_its_code_and_is_decided_about(hr, session, seen, learners, setting):
    """HR cannot look for it; whoever was handed the code may take the certificate back, and give it back."""
    seen(setting)
    silent, certificate = learners.silent, learners.of(learners.silent)
    hr.post(f"/hr/people/{silent.uuid}/why", {"purpose": "certificate"})
    assert hr.get(f"/hr/people/{silent.uuid}/certificates/{certificate.uuid}").status_code == 404
    assert names(hr.visit(f"/hr/certificates?q={certificate.code[:-1]}")) == set()
    page = hr.visit(f"/hr/certificates?q={certificate.code}")
    assert names(page) == {"Silent"}
    path = f"/hr/people/{silent.uuid}/certificates/{certificate.code}"
    assert page.select_one("td a")["href"] == path
    assert "Silent" in hr.visit(path).text
    form = hr.visit(f"{path}/revocation")
    assert "unless another certificate of theirs still counts" in form.text
    sent = {"ground": "not_own_work", "reason": "Seen on paper.", "sure": "y"}
    assert hr.submit(form, action=f"{path}/revocation", **sent).headers["Location"] == path
    assert "Revoked" in hr.visit(path).text
    back = hr.visit(f"{path}/reinstatement")
    hr.submit(back, action=f"{path}/reinstatement", ground="was_wrong", reason="It was another.", sure="y")
    assert [each.decision for each in session.query(CertificateDecision).order_by(CertificateDecision.id)] == ["revoked", "reinstated"]


def test_the_question_why_leads_on_to_a_certificate_by_its_code(hr, seen, learners):
    seen("shared")
    path = f"/hr/people/{learners.silent.uuid}/certificates/{learners.of(learners.silent).code}"
    asked = hr.get(path).headers["Location"]
    assert hr.submit(hr.visit(asked), purpose="certificate").headers["Location"] == path


def test_a_code_opens_nothing_out_of_reach_and_nothing_through_somebody_else(hr, cast, session, seen, learners):
    """T19."""
    seen("shared")
    far = a_certificate(session, person=cast.mallory, expires_on=SOON)
    hr.post(f"/hr/people/{learners.silent.uuid}/why", {"purpose": "certificate"})
    assert hr.get(f"/hr/people/{learners.silent.uuid}/certificates/{far.code}").status_code == 404


def test_stopping_takes_effect_on_the_next_request(hr, browser, seen, learners):
    seen("shared")
    sharing = learners.sharing
    assert names(hr.visit("/hr/certificates")) == {"Sharing"}
    browser(sharing).post(f"/learn/certificates/{learners.of(sharing).uuid}/sharing/end")
    assert surfaces(hr, learners)["list"] == {"Obliged"}
    assert names(hr.visit("/hr/certificates")) == set()


def test_a_later_pass_that_is_not_shared_leaves_the_earlier_one_as_it_was(hr, session, seen, learners):
    """Each certificate apart: what HR reads is the pass that was shared, with its own day and end."""
    seen("shared")
    later = SOON + timedelta(days=300)
    a_time(session, person=learners.sharing, course=learners.course, completed_on=today(), expires_on=later, ordinal=2)
    page = hr.visit("/hr/people?course=principles")
    assert names(page) == {"Sharing"}
    assert [day["datetime"] for day in page.select("tbody time")] == [LATELY.isoformat(), SOON.isoformat()]


def test_a_duty_fulfilled_by_an_earlier_free_pass_is_told_as_done(hr, session, seen, learners):
    """P4: whoever must is named, whatever the pass was when it was made."""
    seen("aggregates")
    a_time(session, person=learners.silent, course=learners.course, due_on=SOON, ordinal=2)
    page = hr.visit("/hr/people?course=principles")
    assert names(page) == {"Silent"}
    assert page.select_one("tbody .badge").get_text(strip=True) == "Done"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("completed", "Who began, stopped or never came stays with the person."),
        ("shared", "Of voluntary courses you read here by name what people share with HR, certificate by certificate."),
        ("aggregates", "Voluntary courses are never told by name here."),
    ],
)
def test_every_page_says_why_names_are_missing(hr, seen, learners, setting, said):
    seen(setting)
    hr.post(f"/hr/people/{learners.silent.uuid}/why", {"purpose": "audit"})
    pages = {path: hr.visit(path).text for path in ("/hr/people", "/hr/lapsing", "/hr/certificates", "/hr/completion?open=")}
    pages["record"] = hr.visit(f"/hr/people/{learners.silent.uuid}").text
    assert {path for path, text in pages.items() if said in text} == ({"/hr/people"} if setting == "completed" else set(pages))


def test_the_reasons_are_given_in_dutch_too(hr, cast, session, seen):
    cast.hedy.locale = "nl"
    session.commit()
    for setting, said in (("completed", "zie je niet"), ("shared", "certificaat voor certificaat"), ("aggregates", "nooit op naam")):
        seen(setting)
        assert said in hr.visit("/hr/people").text
