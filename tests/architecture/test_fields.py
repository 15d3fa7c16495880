"""T75: every text field of the house has a greatest length of its own: that many letters are no fault, and one more is refused beside it.

The fields are those of the forms that views fill; each must have its row here. What is refused is stored nowhere and lost nowhere.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch

import pytest
import regex
from bs4 import BeautifulSoup, Tag
from werkzeug.test import TestResponse
from wtforms import Field, StringField

from app.insight.actions.saving import LONGEST_NAME as LONGEST_VIEW
from app.learning.rules.deciding import LONGEST_REASON
from app.library.actions.channels import LONGEST_NAME, LONGEST_TONE
from app.library.actions.reviewing import LONGEST_COMMENT
from app.library.rules.content import LONGEST
from app.library.rules.targets import LONGEST_ADDRESS
from app.people.rules import LONGEST_EMAIL, LONGEST_PASSWORD, LONGEST_SLUG
from app.sharing.rules.addresses import LONGEST as LONGEST_POST_ADDRESS
from app.sharing.rules.addresses import LONGEST_SERVER
from app.sharing.rules.drafts import LONGEST_BODY
from tests.architecture.typable import CHOICES, STAYS_BEHIND, WRITES, addresses, forms_of, is_hidden, is_secret
from tests.architecture.world import World
from tests.support.browser import offered, written_in

LONGEST_OF_ALL = 64_000
"""The most that any field of the house takes: one letter more is too much for every hidden one."""
HEAP = "a" + "\u0315\u0300" * 60_000
"""One letter to a reader, under marks in the order that takes longest to put right: ten seconds and more."""
BRIEF = LONGEST_EMAIL
"""So many marks in a row are in order within a tenth of a millisecond."""


def letters(count: int) -> str:
    """Of those that any field takes."""
    return "x" * count


def after(begin: str) -> Callable[[int], str]:
    """A text that begins like this."""
    return lambda count: begin + "x" * (count - len(begin))


def before(end: str) -> Callable[[int], str]:
    """A text that ends like this."""
    return lambda count: "x" * (count - len(end)) + end


@dataclass(frozen=True)
class Limit:
    """The most letters that a field takes, and a text of so many."""

    most: int
    text: Callable[[int], str] = letters


WEB = after("https://www.meridian.example/")
LIMITS = {
    "*.email": Limit(LONGEST_EMAIL, before("@meridian.example")),
    "PersonForm.manager": Limit(LONGEST_EMAIL, before("@meridian.example")),
    "SignInForm.password": Limit(LONGEST_PASSWORD),
    "ChoosePasswordForm.password": Limit(LONGEST_PASSWORD),
    "ChangePasswordForm.*": Limit(LONGEST_PASSWORD),
    "PersonForm.*": Limit(200),
    "DepartmentForm.name": Limit(200),
    "RenameDepartmentForm.name": Limit(200),
    "DepartmentForm.slug": Limit(LONGEST_SLUG),
    "StoryForm.target_url": Limit(LONGEST_ADDRESS, WEB),
    "StoryForm.replies_by": Limit(200),
    **{f"StoryForm.{part}_*": Limit(LONGEST[part]) for part in ("title", "standfirst", "reader_value", "body", "facts", "angles", "caption")},
    "PictureForm.alt_*": Limit(LONGEST["alt"]),
    "AskForm.comment": Limit(LONGEST_COMMENT),
    "RecallForm.reason": Limit(LONGEST_COMMENT),
    "TopicForm.*": Limit(LONGEST_NAME),
    "FitForm.tone_*": Limit(LONGEST_TONE),
    "ShareForm.body": Limit(LONGEST_BODY),
    "ShareForm.server": Limit(LONGEST_SERVER, before(".example")),
    "PostedForm.post_url": Limit(LONGEST_POST_ADDRESS, after("https://www.linkedin.com/")),
    "RevokeForm.reason": Limit(LONGEST_REASON),
    "ReinstateForm.reason": Limit(LONGEST_REASON),
    "NameViewForm.name": Limit(LONGEST_VIEW),
    "RenameViewForm.name": Limit(LONGEST_VIEW),
}
"""What each form's fields take; the first row that fits a field is its own."""


def _limit(form: str, field: str) -> Limit:
    found = next((limit for pattern, limit in LIMITS.items() if fnmatch(f"{form}.{field}", pattern)), None)
    assert found, f"{form}.{field} has no row in LIMITS"
    return found


def _rest(world: World, member: str, path: str, endpoint: str) -> dict[str, object]:
    """What the page with the form sends along."""
    page = BeautifulSoup(world.ask(member, "GET", path).text, "html.parser")
    form = next((form for form in page.select("main form[method=post]") if form.get("action") in {None, path}), None)
    values = offered(form) if form else {}
    return {name: value for name, value in {**values, **CHOICES.get(endpoint, {})}.items() if name != "csrf_token"}


def _shown(answer: TestResponse, name: str) -> Tag | None:
    return BeautifulSoup(answer.text, "html.parser").select_one(f"main :is(input, textarea)[name={name}]")


def _fault(answer: TestResponse, name: str) -> str:
    """What stands beside a field."""
    page = BeautifulSoup(answer.text, "html.parser")
    said = page.find(id=f"{name}-error")
    return said.get_text(" ", strip=True) if said else ""


@dataclass(frozen=True)
class Place:
    """Where a field stands, and what is sent along with it."""

    world: World
    member: str
    path: str
    rest: dict[str, object]

    def answer(self, field: Field, text: str, language: str = "en") -> TestResponse:
        """What is said to a text in this field."""
        return self.world.ask(self.member, "POST", f"{self.path}?lang={language}", data={**self.rest, field.name: text})


def _texts(place: Place) -> list[tuple[str, Field]]:
    """Every text field of the forms that this write fills, with the name of its form."""
    forms = forms_of(place.world, place.member, place.path)
    return [(type(form).__name__, field) for form in forms for field in form if isinstance(field, StringField)]


@pytest.mark.parametrize("endpoint", WRITES)
def test_a_text_of_the_greatest_length_is_no_fault_and_one_letter_more_is_told_in_the_readers_language(world: World, endpoint: str):
    places = [Place(world, member, path, _rest(world, member, path, endpoint)) for member, path in addresses(world, endpoint)]
    for form, field in _texts(places[0]):
        if is_hidden(field):
            assert 400 <= places[0].answer(field, letters(LONGEST_OF_ALL + 1)).status_code < 500, f"{endpoint} takes {field.name}"
            assert world.contents() == world.untouched, f"{endpoint} keeps {field.name}"
        elif endpoint not in STAYS_BEHIND:
            limit = _limit(form, field.name)
            place = next((each for each in places if _shown(each.answer(field, limit.text(limit.most + 1)), field.name)), None)
            assert place, f"{endpoint} shows {field.name} nowhere"
            said = {_refused(place, field, limit, language) for language in ("en", "nl")}
            assert len(said) == 2, f"{field.name} of {endpoint} speaks one language: {said}"
            assert world.contents() == world.untouched, f"{endpoint} keeps {field.name}"
            assert said.isdisjoint({_fault(place.answer(field, limit.text(limit.most)), field.id)}), (
                f"{endpoint} refuses {limit.most} in {field.name}"
            )
            world.reset()


def _refused(place: Place, field: Field, limit: Limit, language: str) -> str:
    """What is said beside the field, in which everything that was typed still stands."""
    typed = limit.text(limit.most + 1)
    answer = place.answer(field, typed, language)
    shown, fault, what = _shown(answer, field.name), _fault(answer, field.id), f"{field.name} of {place.path}"
    assert answer.status_code == 422, f"{what}: {answer.status_code}"
    assert is_secret(field) or (shown.get("value") if shown.name == "input" else written_in(shown)) == typed, f"{what} loses what was typed"
    assert shown.get("maxlength") is None, f"a browser cuts what is pasted into {what}"
    assert str(limit.most) in fault, f"{what} does not say how long it may be: {fault!r}"
    return fault


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many marks in a row each text had that was normalised."""
    found: list[int] = []
    normalize = unicodedata.normalize

    def watched(form: str, text: str) -> str:
        found.append(max(map(len, regex.findall(r"\p{M}+", text)), default=0))
        return normalize(form, text) if found[-1] <= BRIEF else ""

    monkeypatch.setattr(unicodedata, "normalize", watched)
    return found


@pytest.mark.parametrize("endpoint", WRITES)
def test_a_heap_of_marks_on_one_letter_is_refused_before_anybody_puts_it_into_order(world: World, runs: list[int], endpoint: str):
    """T74, T75: normalising takes steps that grow with the square of the marks on a letter, so one field could hold everybody up."""
    member, path = addresses(world, endpoint)[0]
    place = Place(world, member, path, _rest(world, member, path, endpoint))
    for _form, field in _texts(place):
        answer = place.answer(field, HEAP)
        assert answer.status_code < 500, f"{endpoint} breaks on {field.name}: {answer.status_code}"
        assert max(runs, default=0) <= BRIEF, f"{endpoint} puts {max(runs)} marks of {field.name} into order"
    assert world.contents() == world.untouched, f"{endpoint} keeps a heap of marks"
