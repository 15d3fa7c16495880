"""T53: what people call themselves is no formula in anybody's spreadsheet, whatever it takes for the end of a cell.

A strict reading of our own stands for every spreadsheet; where LibreOffice is installed it opens the same files.
"""

from datetime import timedelta

import pytest

from app.core.clock import now
from tests.core.test_tables import HOSTILE
from tests.factories.insight import a_certificate, a_time, counted
from tests.factories.learning import a_course, in_both
from tests.factories.people import a_department, a_person
from tests.support.clock import today
from tests.support.spreadsheets import ALONE, OFFICE, READERS, SETTINGS

STORED = [name for name in HOSTILE if "\x00" not in name]
"""PostgreSQL keeps no NUL, and forms take it out before: what is left can be somebody's name."""


@pytest.fixture
def file_of_all(browser, cast, session, tmp_path):
    """Every table that HR can take along, below each other, filled with names that try to be computed."""
    for number, name in enumerate(STORED):
        course = a_course(session, slug=f"course-{number}", title=in_both(name), level="spokesperson")
        department = a_department(session, slug=f"evil-{number}", name=name)
        person = a_person(session, name=name, email=f"evil{number}@x.example", job_title=name, department=department)
        a_time(session, person=person, course=course, completed_on=today(), due_on=today(), expires_on=today() + timedelta(days=5))
        a_certificate(session, person=person, expires_on=today())
    hr = browser(cast.hedy)
    counted(session, now())
    tables = [hr.post(f"/hr/{name}.csv", {"view": ""}).get_data(as_text=True).removeprefix("\ufeff") for name in ("people", "lapsing", "completion")]
    assert all(table.count("HYPERLINK") >= 1 for table in tables), "every table holds what people wrote"
    file = tmp_path / "all.csv"
    file.write_text("\ufeff" + "".join(tables), encoding="utf-8", newline="")
    return file


def test_the_names_of_the_readers_say_who_proves_the_rule():
    """Nothing is left out in silence: either all four read, or the name of the one that does says who is missing."""
    assert set(READERS) == (set(ALONE) if OFFICE is None else {"strict", *(f"libreoffice-at-{name}" for name in SETTINGS)})


@pytest.mark.parametrize("reader", READERS)
def test_no_reader_finds_a_formula_in_our_files_and_each_would_find_one(file_of_all, tmp_path, reader):
    guilty = tmp_path / "guilty.csv"
    guilty.write_text("\ufeffname\r\n=1+1\r\n", encoding="utf-8", newline="")
    ours, theirs = READERS[reader]([file_of_all, guilty])
    assert ours == []
    assert len(theirs) == 1
