"""Publishing the policy, by hand and by action."""

from datetime import date

import pytest
import yaml
from sqlalchemy import func, select

from app.core.errors import Conflict
from app.core.kept import forget_everything
from app.people.models import AuditEntry
from app.playbooks.actions import publish_policy
from app.playbooks.models import PolicyVersion
from app.playbooks.queries import current_policy
from app.web.database import unit_of_work
from tests.conftest import NOON
from tests.factories.playbooks import a_policy, a_policy_document
from tests.support.statements import counting_statements


@pytest.fixture
def flask(app):
    """Runs `flask …` and hands back the result."""
    return app.test_cli_runner().invoke


def publish(document):
    with unit_of_work() as session:
        return publish_policy(session, document, at=NOON)


def test_a_number_is_published_once(session):
    assert publish(a_policy_document()) is True
    assert publish(a_policy_document()) is False
    assert session.scalar(select(func.count()).select_from(PolicyVersion)) == 1
    assert [entry.action for entry in session.scalars(select(AuditEntry))] == ["policy.published"]


def test_a_published_number_never_says_something_else(session):
    publish(a_policy_document())
    with pytest.raises(Conflict, match=r"policy\.changed"):
        publish(a_policy_document(help={"en": "Other", "nl": "Anders"}))
    assert session.scalars(select(PolicyVersion.document)).one()["help"]["en"] == "Ask."


def test_a_number_is_never_used_again(session):
    publish(a_policy_document(number=3))
    with pytest.raises(Conflict, match=r"policy\.number_used"):
        publish(a_policy_document(number=2))


@pytest.mark.parametrize(("day", "number"), [("2026-01-04", None), ("2026-01-05", 1), ("2026-11-30", 1), ("2026-12-01", 2)])
def test_a_version_holds_from_its_day_until_the_next(session, day, number):
    a_policy(session, number=1, effective_on=date(2026, 1, 5))
    a_policy(session, number=2, effective_on=date(2026, 12, 1))
    found = current_policy(session, on=date.fromisoformat(day))
    assert (found.number if found else None) == number


def test_the_policy_costs_one_statement_once_it_is_known(session):
    a_policy(session)
    forget_everything()
    with counting_statements() as first:
        current_policy(session, on=NOON.date())
    with counting_statements() as second:
        current_policy(session, on=NOON.date())
    assert (len(first), len(second)) == (2, 1)


def test_loading_says_what_it_did(flask, session, tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text(yaml.safe_dump(a_policy_document()))
    said = [flask(args=["policy", "load", "--file", str(file)]).output for _turn in range(2)]
    assert said == ["policy: published as version 1\n", "policy: unchanged, version 1\n"]


def test_a_change_under_the_same_number_is_a_fault_at_its_line(flask, session, tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text(yaml.safe_dump(a_policy_document(), sort_keys=False))
    flask(args=["policy", "load", "--file", str(file)])
    file.write_text(yaml.safe_dump(a_policy_document(help={"en": "Other", "nl": "Anders"}), sort_keys=False))
    for command in ("check", "load"):
        result = flask(args=["policy", command, "--file", str(file)])
        assert (result.exit_code, result.output.startswith("policy.yaml:1: Version 1 is published and says something else.")) == (1, True)


def test_a_sound_policy_is_said_to_be_sound(flask, session):
    result = flask(args=["policy", "check"])
    assert result.exit_code == 0
    assert "all is well" in result.output
