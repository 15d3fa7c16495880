"""Tables as files: asked for with a POST, noted in the audit log, streamed at flat memory with the rights of this moment."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qsl

from flask import Flask, Response, current_app
from sqlalchemy import Engine, Select

from app.core.clock import now, today_in
from app.core.crypto import digest
from app.core.errors import Invalid
from app.core.tables import csv_lines
from app.insight.actions.exporting import begin_export, end_export
from app.insight.forms import ExportForm, as_query, filter_from
from app.insight.policy import may_report
from app.insight.presenters import completion_file, lapsing, people
from app.insight.presenters.words import titles_by_slug
from app.insight.queries.lapsing import Lapse, lapse_query
from app.insight.queries.persons import Line, line_query, require_department
from app.insight.queries.report import ground, tallies
from app.insight.queries.telling import telling
from app.insight.rules import Filter
from app.insight.views.sight import the_sight
from app.learning.queries.content import all_version_numbers, published_courses
from app.people.actions.auditing import Door
from app.people.queries import who_by_id
from app.web.database import reading, standalone_reading, standalone_work, unit_of_work
from app.web.door import address_class, request_id
from app.web.i18n import choose_locale
from app.web.session import the_who

BLOCK: Final = 1_000
Stream = Generator[Sequence[Any]]


def completion_csv() -> Response:
    """The report, one row per department and course that it shows."""
    session, sight = reading(), the_sight()
    courses = published_courses(session)
    asked, _values, today = _asked(courses={course.slug for course in courses})
    base = ground(session, sight.paths, asked)
    counts = tallies(session, sight.paths, asked, base.places, base.base, today=today)
    told = telling(session, sight, [course.id for course in courses], today=today)
    rows = (row for row in completion_file.csv_rows(base, counts, courses, asked=asked, telling=told, locale=choose_locale()))
    return _download("completion", as_query(asked), completion_file.csv_head(asked), rows, today, source=rows)


def people_csv() -> Response:
    """The list of persons, whole."""
    asked, _values, today = _asked(by_name=True)
    session, sight = reading(), the_sight()
    require_department(session, sight.paths, asked.department)
    names, versions = people.titles(published_courses(session), choose_locale()), all_version_numbers(session)
    source = _stream(line_query(sight, asked, today=today, whole=True))
    lines = (Line(*row[:12]) for row in source)
    noted = replace(asked, name=digest(asked.name)[:12] if asked.name else "")  # the audit log says that there was a search, and for nobody's name
    return _download("people", as_query(noted), people.csv_head(), people.csv_rows(lines, names, versions), today, source=source)


def lapsing_csv() -> Response:
    """What lapses within the days that the page shows."""
    asked, values, today = _asked()
    session, sight = reading(), the_sight()
    require_department(session, sight.paths, asked.department)
    names, days = titles_by_slug(published_courses(session), choose_locale()), lapsing.days_from(values.get("days"))
    source = _stream(lapse_query(sight, asked, today=today, until=today + timedelta(days=days)))
    found = (Lapse(*row[:7]) for row in source)
    return _download("lapsing", as_query(asked, days=str(days)), lapsing.csv_head(), lapsing.csv_rows(found, names), today, source=source)


def _asked(*, by_name: bool = False, courses: Collection[str] | None = None) -> tuple[Filter, dict[str, str], date]:
    form = ExportForm()
    if not form.sent():
        raise Invalid("form.unknown")
    values = dict(parse_qsl((form.view.data or "").removeprefix("?")))
    today = today_in(the_who().timezone, now())
    return filter_from(values, today=today, by_name=by_name, courses=courses), values, today


def _stream(query: Select[*tuple[Any, ...]]) -> Stream:
    """Rows from a server-side cursor on a connection of its own, which begins with the first row asked for."""
    return _rows(reading().get_bind().engine, query)


def _rows(engine: Engine, query: Select[*tuple[Any, ...]]) -> Stream:
    with engine.connect() as connection, connection.execution_options(yield_per=BLOCK).execute(query) as rows:
        yield from rows


def _download(name: str, filters: str, head: Sequence[str], rows: Iterable[Sequence[object]], today: date, *, source: Stream) -> Response:
    """The file as it is sent; `source` is let go before its end is noted, since SQLite has one writer and its reader may have gone.

    It ends, block by block, where whoever asked for it is HR no longer: a download may take longer than an employment lasts.
    """
    who, door, app = the_who(), Door(request_id(), address_class()), current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # Flask's own way to the application behind its stand-in
    with unit_of_work() as session:
        export = begin_export(session, by_id=who.id, name=name, filters=filters, at=now(), door=door)
    sent = _Counted(rows, partial(_is_still_hr, app, who.id))

    def body() -> Iterator[str]:
        complete = False
        try:
            yield from csv_lines(head, sent)
            complete = not sent.cut
        finally:
            source.close()
            with standalone_work(app) as session:
                end_export(session, export, by_id=who.id, rows=sent.count, complete=complete, at=now(), door=door)

    file = f"{name}-{today.isoformat()}.csv"
    return Response(body(), mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{file}"'})


def _is_still_hr(app: Flask, person_id: int) -> bool:
    with standalone_reading(app) as session:
        return may_report(who_by_id(session, person_id))


class _Counted:
    """Counts the rows that pass; after each block it asks whether the next may."""

    def __init__(self, rows: Iterable[Sequence[object]], may_go_on: Callable[[], bool]) -> None:
        self.count, self.cut = 0, False
        self._rows, self._may_go_on = rows, may_go_on

    def __iter__(self) -> Iterator[Sequence[object]]:
        for row in self._rows:
            if self.count and self.count % BLOCK == 0 and not self._may_go_on():
                self.cut = True
                return
            yield row
            self.count += 1
