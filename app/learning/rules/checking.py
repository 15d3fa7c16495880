"""What makes a course whole: checks of sense, after each file has passed its schema."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from app.core.authored import Fault, Tree
from app.core.markup import is_safe_link, references
from app.learning.rules import LANGUAGES
from app.learning.rules.prose import lesson_faults, reading_minutes
from app.learning.rules.source import LANGUAGE_NAMES, CourseSource, ModuleSource, change_parts

RESERVED: Final = frozenset({"media", "certificates"})
"""Names that addresses of this room need for something else."""


def course_faults(source: CourseSource) -> list[Fault]:
    """Everything to mend within one course."""
    found = [*_outline(source), *_changes(source)]
    for module in source.modules:
        found += [*_lessons(module, source), *_items(module)]
    return sorted(set(found))


def shared_id_faults(sources: Sequence[CourseSource]) -> list[Fault]:
    """Ids that stand twice: progress and answers could not be told apart. Lesson names are counted within their course."""
    found: list[Fault] = []
    seen: dict[str, str] = {}
    for source in sources:
        names: dict[str, str] = {}
        for tree, path, uuid in _uuids(source):
            here = f"{tree.file}, line {tree.line_of(*path)}"
            if uuid in seen:
                found.append(tree.fault(f"This uuid stands in {seen[uuid]} already. Make a new one.", *path))
            seen.setdefault(uuid, here)
        for module in source.modules:
            for index, lesson in enumerate(module.module.data["lessons"]):
                if lesson["name"] in names:
                    sentence = f"The lesson {names[lesson['name']]} has this name already. Addresses need it unique within the course."
                    found.append(module.module.fault(sentence, "lessons", index, "name"))
                names.setdefault(lesson["name"], f"{module.slug}/{lesson['name']}")
    return found


def publication_faults(source: CourseSource, *, slug: str, version: int, published: Mapping[str, Any]) -> list[Fault]:
    """What keeps a course from following what was published of it: under the address `slug`, as `version`, from the source `published`."""
    found: list[Fault] = []
    if source.slug != slug:
        found.append(source.course.fault(f"This course is published as “{slug}”. Addresses never change: name the folder so again.", "uuid"))
    if source.as_document() != published and source.course.data["version"] <= version:
        sentence = f"The course changed since version {version} was published. Raise the number, and say in CHANGES.md what is new."
        found.append(source.course.fault(sentence, "version"))
    return found


def _uuids(source: CourseSource) -> Iterator[tuple[Tree, tuple[str | int, ...], str]]:
    yield source.course, ("uuid",), source.course.data["uuid"]
    for module in source.modules:
        yield module.module, ("uuid",), module.module.data["uuid"]
        for index, lesson in enumerate(module.module.data["lessons"]):
            yield module.module, ("lessons", index, "uuid"), lesson["uuid"]
        for index, item in enumerate(module.quiz.data["items"]):
            yield module.quiz, ("items", index, "uuid"), item["uuid"]


def _outline(source: CourseSource) -> Iterator[Fault]:
    course, data = source.course, source.course.data
    if source.slug in RESERVED:
        yield course.fault(f"“{source.slug}” stands for something else in addresses. Name the folder otherwise.", "uuid")
    outcomes = {language: len(data["outcomes"][language]) for language in LANGUAGES}
    if len(set(outcomes.values())) > 1:
        counts = ", ".join(f"{count} in {LANGUAGE_NAMES[language]}" for language, count in outcomes.items())
        yield course.fault(f"Each language needs the same number of outcomes; there are {counts}.", "outcomes")
    if data["mandatory_for"] and not data.get("due_days"):
        yield course.fault("A mandatory course needs “due_days”: how many days people have.", "mandatory_for")
    cover = data.get("cover")
    if cover and cover not in source.pictures:
        yield course.fault(f"There is no picture “{cover}”.", "cover")
    questions = sum(len(module.quiz.data["items"]) for module in source.modules)
    if questions < data["questions"]:
        yield course.fault(f"An attempt draws {data['questions']} questions, and the bank holds {questions}. Write more, or draw fewer.", "questions")
    reading = sum(lesson["minutes"] for module in source.modules for lesson in module.module.data["lessons"])
    if not reading <= data["minutes"] <= reading * 2 + data["questions"] * 2:
        yield course.fault(f"{data['minutes']} minutes do not fit: the lessons alone take {reading}, and the quiz comes on top.", "minutes")


def _changes(source: CourseSource) -> Iterator[Fault]:
    version = source.course.data["version"]
    parts = change_parts(source.changes, version)
    if parts is None:
        yield Fault(source.changes_file, 0, f"There is no heading “## {version}”. Write under it what learners should know of this version.")
        return
    for language in LANGUAGES:
        if not parts.get(language, (0, ""))[1]:
            sentence = f"Under “## {version}” a part that begins with **{LANGUAGE_NAMES[language]}.** is missing."
            yield Fault(source.changes_file, 0, sentence)


def _lessons(module: ModuleSource, source: CourseSource) -> Iterator[Fault]:
    for index, lesson in enumerate(module.module.data["lessons"]):
        for language in LANGUAGES:
            text = module.texts.get((lesson["name"], language))
            if text is None:
                continue
            yield from lesson_faults(module.file_of(lesson["name"], language), text, pictures=source.pictures)
            least, most = reading_minutes(text)
            if not least <= lesson["minutes"] <= most:
                sentence = (
                    f"{lesson['minutes']} minutes for {len(text.split())} words ({LANGUAGE_NAMES[language]})? Honest would be {least} to {most}."
                )
                yield module.module.fault(sentence, "lessons", index, "minutes")


def _items(module: ModuleSource) -> Iterator[Fault]:
    for index, item in enumerate(module.quiz.data["items"]):
        options = item["options"]
        right = sum(option["correct"] for option in options)
        path = ("items", index)
        if item["kind"] == "single" and right != 1:
            yield module.quiz.fault(f"A question of the kind single has exactly one right option; this one has {right or 'none'}.", *path, "options")
        if item["kind"] == "multiple" and not right:
            yield module.quiz.fault("Not one option is right.", *path, "options")
        for name, times in Counter(option["id"] for option in options).items():
            if times > 1:
                yield module.quiz.fault(f"The option id “{name}” stands here {times} times.", *path, "options")
        for language in LANGUAGES:
            if len({option["text"][language].strip().casefold() for option in options}) < len(options):
                yield module.quiz.fault(f"Two options say the same ({LANGUAGE_NAMES[language]}).", *path, "options")
        yield from _links(module.quiz, path)


def _links(quiz: Tree, path: tuple[str | int, ...]) -> Iterator[Fault]:
    item = quiz.data["items"][path[1]]
    places = [((*path, "stem", language), item["stem"][language]) for language in LANGUAGES]
    for number, option in enumerate(item["options"]):
        places += [((*path, "options", number, name, language), option[name][language]) for name in ("text", "feedback") for language in LANGUAGES]
    for place, text in places:
        if "](" not in text:
            continue
        found = references(text)
        if any(reference.is_picture for reference in found):
            yield quiz.fault("Questions have no pictures. Describe what is to be seen.", *place)
        if len(found) != text.count("](") or not all(is_safe_link(reference.address) for reference in found):
            yield quiz.fault("A link here leads nowhere safe. Use https:// or a path of this site.", *place)
