"""Colleagues are found by any part of their names, among however many, and nothing else is told of them."""

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, select, text

from app.core.jobs import enqueue
from app.people.actions.naming import AT_ONCE, spell_the_rest
from app.people.models import NameWord, Person
from app.people.queries.colleagues import colleague, colleagues_called
from app.people.rules import Colleague, is_called, name_words
from app.web.migrating import alembic_config
from tests.factories.people import a_person
from tests.people.test_directory import ENTRY
from tests.support.statements import counting_statements


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ada de Wit", ("ada", "de", "wit")),
        ("Ånne-Marie O'Neill", ("anne", "marie", "o", "neill")),
        ("Søren Łukasz Æbelø", ("soren", "lukasz", "aebelo")),
        ("STRAẞER Straßer", ("strasser",)),
        ("ＡＤＡ\u200b ıraz", ("ada", "iraz")),
        ("李 小龙", ("李", "小龙")),
        ("x" * 90, ("x" * 40,)),
        (" ".join(f"n{number}" for number in range(30)), tuple(f"n{number}" for number in range(12))),
        ("🙂 — _", ()),
    ],
)
def test_a_name_is_found_by_its_words_without_accents(name, words):
    """T89: as it is typed and not as it is written."""
    assert name_words(name) == words


@pytest.mark.parametrize(
    ("asked", "called"),
    [("ada", True), ("WIT", True), ("wit ad", True), ("de wit", True), ("ada white", False), ("da", False), ("", False), (" - ", False)],
)
def test_every_word_asked_for_begins_a_word_of_the_name(asked, called):
    assert is_called("Ada de Wit", asked) is called


def named(session, asked, most=8):
    return [found.name for found in colleagues_called(session, asked, most=most)]


def test_any_part_of_a_name_finds_its_bearer_and_the_closest_stand_first(session):
    for name in ("Adam Jan", "Jan", "Jan Bakker", "Janneke Vos", "Piet Jansen", "Bram Visser"):
        a_person(session, name=name, email=f"{name.replace(' ', '.')}@meridian.example")
    assert named(session, "jan") == ["Jan", "Jan Bakker", "Janneke Vos", "Adam Jan", "Piet Jansen"]
    assert named(session, "JAN b") == ["Jan Bakker"]
    assert named(session, "vos jann") == ["Janneke Vos"]
    assert named(session, "jan", most=2) == ["Jan", "Jan Bakker"]
    assert named(session, "Bram.Visser@MERIDIAN.example") == ["Bram Visser"]


@pytest.mark.parametrize("asked", ["", " ", "j", "%", "_", "j%n", "' OR 1=1 --", "\x00", "(" * 500, "zz" * 5000, "nobody@meridian.example"])
def test_what_names_nobody_finds_nobody(session, asked):
    """T55: wildcards, quotes and length mean nothing."""
    a_person(session, name="Jan Bakker")
    assert named(session, asked) == []


def test_one_sign_is_enough_where_it_is_a_word(session):
    """T89."""
    a_person(session, name="李 小龙", email="li@meridian.example")
    assert named(session, "李") == ["李 小龙"]


def test_who_left_or_has_not_come_in_yet_is_not_found(cast, session):
    """T12, T22."""
    left, invited = (a_person(session, name=f"Jan {status}", status=status) for status in ("left", "invited"))
    assert named(session, "jan") == []
    assert colleague(session, left.uuid) is None
    assert colleague(session, invited.uuid) is None
    assert colleague(session, "\x00") is None
    assert colleague(session, cast.ada.uuid) == Colleague(cast.ada.uuid, "Ada de Wit", "", "Sales")


def test_a_search_is_one_statement_that_reads_the_index_of_words(session):
    for number in range(30):
        a_person(session, name=f"Jan Number{number}")
    with counting_statements() as sent:
        assert len(colleagues_called(session, "number jan", most=8)) == 8
    assert len(sent) == 1
    connection = session.connection()
    asked = select(NameWord.person_id).where(NameWord.word >= "numb", NameWord.word < "numb\U0010ffff").order_by(NameWord.word, NameWord.person_id)
    said = str(asked.limit(200).compile(connection, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        connection.execute(text("SET LOCAL enable_sort = off"))
    explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    plan = " ".join(str(row[-1]) for row in connection.execute(text(explain + said.replace(":", "\\:"))))
    assert "people_name_word" in plan
    assert "Index" in plan or "COVERING INDEX" in plan, plan
    assert "Sort" not in plan, plan
    assert "TEMP B-TREE" not in plan, plan


def test_a_new_name_is_found_and_the_old_one_no_longer(browser, cast, session):
    rosa = browser(cast.rosa)
    rosa.post("/admin/people/new", ENTRY)
    person = session.query(Person).filter_by(email_key="noor@meridian.example").one()
    person.status = "active"
    session.commit()
    assert named(session, "noor") == ["Noor Ali"]
    assert rosa.post(f"/admin/people/{person.uuid}", {**ENTRY, "name": "Noor van Beek"}).status_code == 303
    assert named(session, "ali") == []
    assert named(session, "beek") == ["Noor van Beek"]


def test_people_without_words_get_them_by_a_job(cast, session, run_jobs):
    """After an upgrade nobody has any."""
    for number in range(AT_ONCE + 5):
        address = f"{number}@x.example"
        session.add(Person(email=address, email_key=address, name=f"Kim N{number}", name_key="", created_at=cast.ada.created_at))
    session.query(NameWord).delete()
    session.commit()
    assert named(session, "ada") == []
    enqueue(session, "people.spell_names", due_at=cast.ada.created_at)
    session.commit()
    assert run_jobs() == 2
    assert named(session, "ada") == ["Ada de Wit"]
    assert session.query(NameWord.person_id).distinct().count() == session.query(Person).count()
    assert spell_the_rest(session) is None


def test_the_table_of_words_comes_and_goes(tmp_path):
    """F13."""
    url = f"sqlite:///{tmp_path / 'words.sqlite3'}"
    command.upgrade(alembic_config(url), "0008")
    engine = create_engine(url)
    assert {index["name"] for index in inspect(engine).get_indexes("people_name_word")} == {"ix_people_name_word_person_id"}
    command.downgrade(alembic_config(url), "0007")
    assert not inspect(engine).has_table("people_name_word")
    command.upgrade(alembic_config(url), "head")
    assert inspect(engine).has_table("people_name_word")
    engine.dispose()
