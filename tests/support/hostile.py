"""Types the thirty polyglots into everything that a person can type, through the forms and files that people use.

Each text ends in a mark of its own, so that a walk can tell which of them it has seen.
"""

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from app.library.rules.content import CAPTION_NETWORKS
from tests.factories.course_folder import a_course_folder, an_item, change_yaml
from tests.factories.library import a_picture
from tests.support.demo import House
from tests.support.pen import Pen
from tests.support.polyglots import BREAKOUT, POLYGLOTS
from tests.support.server import ROOT
from tests.support.tour import PERSONAS, begin_quiz, bring

SLUG = "evil-course"
OTHERS = 30
LETTER = "w"
"""Fills every text up to what its place takes, without a space, so that whatever does not break runs out of its window."""
REFUSED = ("](", "\u202e")
"""What the author of a course is told to mend before anybody sees it: links and pictures that lead where none may, and characters that hide."""
LAST = ("{",)
"""What stands behind all letters, and so on a page of a long list that nobody turns to."""
WAYS_OUT = ("--></title></textarea></script></style>",)
"""What makes a text longer than a refusal repeats of it."""
PEOPLE = """SELECT person.email, department.slug, person.country, person.timezone, manager.email FROM people_person person
LEFT JOIN people_department department ON department.id = person.department_id LEFT JOIN people_person manager ON manager.id = person.manager_id
WHERE person.status = 'active' ORDER BY person.id"""


class Hostile:
    """What was typed where: `marks` maps each mark to its place.

    `doors` names what each of the cast made that no link may lead to; `typings` where a script prints while they type: page, field, text, and
    whom it asks.
    """

    def __init__(self, house: House, pen: Callable[[str], Pen]) -> None:
        """`pen` writes as the member of the cast that it is given."""
        self.house = house
        self.pen = pen
        self.marks: dict[str, str] = {}
        self.doors: dict[str, tuple[str, ...]] = {}
        self.typings: dict[str, tuple[tuple[str, str, str, str], ...]] = {}

    def text(self, where: str, *, most: int = 200, but: tuple[str, ...] = ()) -> str:
        """The next polyglot that fits into `most` letters and holds nothing of `but`, and a way out of whatever it stands in, for this place."""
        mark, out = f"mark{len(self.marks):03}", BREAKOUT
        for part in but:
            out = out.replace(part, "")
        for step in range(len(POLYGLOTS)):
            polyglot = POLYGLOTS[(len(self.marks) + step) % len(POLYGLOTS)]
            text = f"{polyglot} {out} {mark}"
            if len(text) <= most and not any(part in polyglot for part in but):
                self.marks[mark] = f"{where}: {text}"
                return text + LETTER * (most - len(text))
        raise AssertionError(f"no polyglot fits {where}")

    def both(self, where: str, *, most: int = 200, but: tuple[str, ...] = ()) -> dict[str, str]:
        """One for each language, the same."""
        return dict.fromkeys(("en", "nl"), self.text(where, most=most, but=but))

    def spoil(self, folder: Path) -> None:
        """Type into everything; `folder` takes the course."""
        self.departments_and_people()
        self.course(folder)
        self.topics()
        self.stories()
        self.shares()
        self.views()

    def departments_and_people(self) -> None:
        """Names of departments, persons and jobs; a file's name, a wrong row of it, and an address that nobody has."""
        rosa = self.pen("rosa")
        for number in range(3):
            rosa.send("/admin/departments", "/admin/departments", name=self.text("a department"), slug=f"evil-{number}")
        people = self.house.ask(PEOPLE)
        chosen = [row for row in people if str(row[0]).partition("@")[0] in PERSONAS] + people[-OTHERS:]
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(("email", "name", "job_title", "department", "country", "language", "timezone", "manager"))
        for number, (email, department, country, timezone, manager) in enumerate(chosen):
            known = number < len(chosen) - OTHERS
            job, place = (self.text("a job"), department) if known else ("", f"evil-{number % 3}")
            name = self.text("a name", but=() if known else LAST)
            rows.writerow((email, name, job, place, country, "en", timezone, manager or ""))
        place = bring(rosa, "people.csv", table.getvalue().encode())
        rosa.send(place, "/confirm")
        rosa.wait_for(place, ".notice-done")
        wrong = io.StringIO()
        csv.writer(wrong).writerows([("email", "name", "department"), ("b@x.example", "B", self.text("a wrong row", most=80, but=WAYS_OUT))])
        outcome = bring(rosa, f"{self.text('the name of a file', most=190)}.csv", wrong.getvalue().encode())
        answer = rosa.send(
            "/admin/people/new", "/new", name=self.text("a new person"), email="evil@meridian.example", job_title=self.text("a new job")
        )
        self.doors["rosa"] = (outcome, rosa.inside(answer))

    def course(self, folder: Path) -> None:
        """Every word of a course; bram passes it, so that a certificate bears his new name."""
        words = {name: self.both(f"a course's {name}", most=120, but=REFUSED) for name in ("title", "cover_alt", "summary", "audience")}
        outcomes = [self.text("an outcome", most=160, but=REFUSED) for _ in range(3)]
        root = a_course_folder(folder, slug=SLUG, level="professional", mandatory_for=[], outcomes={"en": outcomes, "nl": outcomes}, **words)
        items = [an_item(stem=self.both("a question", but=REFUSED), options=self.options()) for _ in range(2)]
        change_yaml(root / "beginning/quiz.yaml", lambda data: data.update(items=items))
        lesson = self.lesson()
        module = {"title": self.both("a module", most=120, but=REFUSED)}
        change_yaml(
            root / "beginning/module.yaml",
            lambda data: [
                data.update(module),
                data["lessons"][0].update(title=self.both("a lesson", most=120, but=REFUSED), lead=self.both("a lead", but=REFUSED)),
            ],
        )
        for language in ("en", "nl"):
            (root / f"beginning/the-door.{language}.md").write_text(lesson, encoding="utf-8")
        command = [sys.executable, "-m", "flask", "courses", "load", "--dir", str(folder)]
        done = subprocess.run(command, cwd=ROOT, env=self.house.server.environ, capture_output=True, text=True, check=False)  # noqa: S603  # our own list
        assert done.returncode == 0, done.stdout + done.stderr
        bram = self.pen("bram")
        question = begin_quiz(bram, SLUG)
        for _ in items:
            right = next(label for label in bram.read(question).select(".choice-card") if "the right one" in label.get_text())
            question = bram.inside(bram.send(question, question, chosen=[str(right.input["value"])]))
        self.doors["bram"] = (bram.inside(bram.send(question, "/submission")).partition("#")[0],)

    def options(self) -> list[dict[str, object]]:
        """Three answers to a question, of which the first says that it is right."""
        texts = [self.both("an option", but=REFUSED) for _ in range(3)]
        texts[0] = {language: f"{text} the right one" for language, text in texts[0].items()}
        feedback = self.both("feedback", but=REFUSED)
        return [{"id": name, "correct": name == "a", "text": text, "feedback": feedback} for name, text in zip("abc", texts, strict=True)]

    def lesson(self) -> str:
        """Everything that a lesson may be made of."""
        block = {
            name: self.text(f"a lesson's {name}", but=REFUSED)
            for name in ("heading", "text", "list", "quotation", "card", "reveal", "scenario", "note")
        }
        cell, code = self.text("a lesson's table", but=(*REFUSED, "|")), self.text("a lesson's code", but=("`", "\u202e"))
        alt, caption = (self.text(f"a lesson's {name}", but=(*REFUSED, "[", "]", '"', "\\")) for name in ("alt text", "caption"))
        fair, best = (self.text("a choice", but=REFUSED) for _ in range(2))
        return f"""\
## {block["heading"]}

{block["text"]} [^law] `{code}` [a link](/policy)

- {block["list"]}

> {block["quotation"]}

| one | two |
|---|---|
| {cell} | x |

```
{code}
```

![{alt}](../img/door.svg "{caption}")

:::card {block["card"]}
{block["card"]}
:::

:::reveal {block["reveal"]}
{block["reveal"]}
:::

::::scenario {block["scenario"]}
{block["scenario"]}

:::choice fair {fair}
{fair}
:::

:::choice best {best}
{best}
:::
::::

[^law]: {block["note"]}
"""

    def topics(self) -> None:
        """A topic, and how it does on a network."""
        hugo = self.pen("hugo")
        hugo.send("/hub/channels", "/topics", slug="evil", name_en=BREAKOUT, name_nl=BREAKOUT)
        tone = self.text("a tone")
        hugo.send("/hub/channels?topic=evil&network=linkedin", "/evil/linkedin", fit="good", tone_en=tone, tone_nl=tone)

    def stories(self) -> None:
        """A story that is open, one that is sent back with a question, and one that is recalled."""
        grace, iris, hugo = (self.pen(name) for name in ("grace", "iris", "hugo"))
        fields = self.words_of_a_story()
        opened, asked, recalled = (self.story(grace, fields) for _ in range(3))
        iris.send(f"/hub/reviews/{opened}", "/approval")
        iris.send(f"/hub/reviews/{asked}", "/question", comment=self.text("a question to the author"))
        iris.send(f"/hub/reviews/{recalled}", "/approval")
        hugo.send(f"/hub/reviews/{recalled}", "/recall", reason=self.text("a reason"))
        self.doors["grace"] = (f"/hub/stories/{asked}", f"/hub/stories/{asked}/picture", f"/hub/reviews/{asked}")
        self.doors["hugo"] = (f"/hub/stories/{opened}", f"/hub/reviews/{recalled}")
        self.doors["iris"] = (f"/hub/reviews/{opened}",)
        slug = self.house.ask("SELECT slug FROM library_story WHERE uuid = ?", opened)[0][0]
        self.typings["bram"] = ((f"/share/{slug}?network=bluesky", "#body", f"{BREAKOUT}{POLYGLOTS[1]}", "/check"),)
        self.typings["grace"] = ((f"/hub/stories/{asked}", "[name=replies_by]", "data-canary", "/colleagues"),)
        self.doors |= {name: (*self.doors.get(name, ()), f"/library/{slug}", f"/share/{slug}") for name in ("bram", "ada")}

    def words_of_a_story(self) -> dict[str, str]:
        """Every field of the editor that takes words."""
        lengths = (("title", 120), ("standfirst", 400), ("reader_value", 240), ("body", 400))
        words = {part: self.text(f"a story's {part}", most=most) for part, most in lengths}
        words |= {part: "\n".join(self.text(f"a story's {part}", most=300) for _ in range(2)) for part in ("facts", "angles")}
        words |= {f"caption_{network}": self.text(f"a caption for {network}") for network in CAPTION_NETWORKS}
        return {f"{part}_{language}": text for part, text in words.items() for language in ("en", "nl")}

    def story(self, grace: Pen, fields: dict[str, str]) -> str:
        """A story of grace, complete, with a picture, sent to review; returns its id."""
        more = {
            "topics": ["evil"],
            "target_url": "https://www.meridian.example/evil",
            "replies_by": "grace@meridian.example",
            "replies_within_hours": "24",
        }
        place = grace.inside(grace.send("/hub/stories/new", "/new", **fields, **more))
        picture = {"name": f"{BREAKOUT}.png", "mimeType": "image/png", "buffer": a_picture()}
        alt = self.text("an alt text")
        grace.send(f"{place}/picture", "/picture", files={"picture": picture}, alt_en=alt, alt_nl=alt)
        grace.send(place, place, to=f"{place}/sending")
        return place.rpartition("/")[2]

    def shares(self) -> None:
        """What bram wrote for several networks."""
        bram, path = self.pen("bram"), self.doors["bram"][-1]
        for network in ("linkedin", "x", "bluesky", "threads", "email"):
            bram.send(f"{path}?network={network}", path, body=self.text(f"a post on {network}"))

    def views(self) -> None:
        """What HR calls a view of the report."""
        self.pen("hedy").send("/hr/completion/views/new", "/views/new", name=self.text("a saved view", most=60, but=WAYS_OUT))
