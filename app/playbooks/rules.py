"""What the policy says, and what makes it whole: principles, and rules that are duties or freedoms."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.core.authored import Fault, Tree

KINDS: Final = ("duty", "freedom")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Rule:
    """A duty (what we count on) or a freedom (what people may count on), with its reason. `id` stands for ever."""

    id: str
    kind: str
    text: Texts
    why: Texts


@dataclass(frozen=True)
class Principle:
    """A principle with the rules that follow from it."""

    id: str
    title: Texts
    summary: Texts
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class PolicyDocument:
    """One version of the policy; every text is plain and stands in every language."""

    title: Texts
    intro: Texts
    changes: Texts
    help: Texts
    principles: tuple[Principle, ...]

    def count(self, kind: str) -> int:
        """How many duties or freedoms there are."""
        return sum(rule.kind == kind for principle in self.principles for rule in principle.rules)


def policy_from(document: Mapping[str, Any]) -> PolicyDocument:
    """The policy that a stored document describes."""
    return PolicyDocument(
        **{name: document[name] for name in ("title", "intro", "changes", "help")},
        principles=tuple(
            Principle(
                principle["id"],
                principle["title"],
                principle["summary"],
                tuple(
                    Rule(rule["id"], rule["kind"], rule["text"], rule["why"]) for rule in document["rules"] if rule["principle"] == principle["id"]
                ),
            )
            for principle in document["principles"]
        ),
    )


def effective_on(document: Mapping[str, Any]) -> date:
    """The day from which a stored document holds."""
    return date.fromisoformat(document["effective_on"])


def policy_faults(tree: Tree) -> list[Fault]:
    """What makes no sense in a policy file that has passed its schema."""
    data, found = tree.data, []
    try:
        effective_on(data)
    except ValueError:
        found.append(tree.fault("There is no such day.", "effective_on"))
    known = {principle["id"] for principle in data["principles"]}
    used = {rule["principle"] for rule in data["rules"]}
    ids = [(("principles", index), each["id"]) for index, each in enumerate(data["principles"])]
    ids += [(("rules", index), each["id"]) for index, each in enumerate(data["rules"])]
    times = Counter(name for _path, name in ids)
    found += [
        tree.fault(f"The id “{name}” stands {times[name]} times. Each address needs its own.", *path, "id") for path, name in ids if times[name] > 1
    ]
    for index, rule in enumerate(data["rules"]):
        if rule["principle"] not in known:
            found.append(tree.fault(f"There is no principle “{rule['principle']}”.", "rules", index, "principle"))
    for index, principle in enumerate(data["principles"]):
        if principle["id"] not in used:
            found.append(tree.fault(f"No rule follows from “{principle['id']}”. Write one, or drop the principle.", "principles", index))
    return sorted(found)


def publication_faults(tree: Tree, *, number: int, published: Mapping[str, Any]) -> list[Fault]:
    """What keeps a policy file from following version `number`, the last one published."""
    version = tree.data["version"]
    if version > number or (version == number and tree.data == published):
        return []
    if version == number:
        return [
            tree.fault(f"Version {number} is published and says something else. Raise the number, and say under “changes” what is new.", "version")
        ]
    return [tree.fault(f"Version {number} is published already. A number is never used again.", "version")]
