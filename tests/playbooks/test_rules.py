"""What makes a policy whole, and what may follow what is published."""

import pytest
import yaml

from app.core.authored import yaml_tree
from app.playbooks.adapters.file import SHIPPED, read_policy
from app.playbooks.rules import policy_faults, policy_from, publication_faults
from tests.factories.playbooks import a_policy_document


def tree(**more):
    return yaml_tree("policy.yaml", yaml.safe_dump(a_policy_document(**more), sort_keys=False))


def rule(**more):
    return {**a_policy_document()["rules"][0], **more}


def test_rules_stand_under_their_principle_in_order():
    document = policy_from(a_policy_document())
    assert [(principle.id, [each.id for each in principle.rules]) for principle in document.principles] == [("be-open", ["say-so", "own-voice"])]
    assert (document.count("duty"), document.count("freedom")) == (1, 1)


def test_a_sound_policy_has_no_fault():
    assert policy_faults(tree()) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"effective_on": "2026-02-30"}, "no such day"),
        ({"rules": [rule(principle="be-closed"), rule(id="b")]}, "There is no principle “be-closed”"),
        ({"rules": [rule(), rule()]}, "“say-so” stands 2 times"),
        ({"rules": [rule(id="be-open")]}, "“be-open” stands 2 times"),
        ({"principles": [*a_policy_document()["principles"], {**a_policy_document()["principles"][0], "id": "idle"}]}, "No rule follows from “idle”"),
    ],
)
def test_each_thing_that_makes_no_sense_is_named(more, words):
    assert any(words in fault.sentence and fault.line for fault in policy_faults(tree(**more)))


@pytest.mark.parametrize(
    ("number", "changed", "words"),
    [(1, False, None), (2, True, None), (2, False, None), (1, True, "says something else"), (0, True, "published already")],
)
def test_a_number_means_one_text_for_ever(number, changed, words):
    follower = tree(number=number, **({"help": {"en": "Other", "nl": "Anders"}} if changed else {}))
    found = [fault.sentence for fault in publication_faults(follower, number=1, published=a_policy_document())]
    assert (found == []) if words is None else (words in found[0])


def test_the_policy_that_comes_with_the_application_is_sound():
    policy, faults = read_policy(SHIPPED)
    assert [str(fault) for fault in faults] == []
    assert {each["kind"] for each in policy.data["rules"]} == {"duty", "freedom"}


@pytest.mark.parametrize("content", [b"\xff", b"", b"a: [", b"- 1", b"version: 1\nrules: &a []"])
def test_a_broken_file_is_a_sentence(tmp_path, content):
    (tmp_path / "policy.yaml").write_bytes(content)
    policy, faults = read_policy(tmp_path / "policy.yaml")
    assert policy is None
    assert faults
