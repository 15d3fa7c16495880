"""What lapses next: certificates, and passes of mandatory courses, of people who are here."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, exists, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased

from app.insight.queries.sight import Sight
from app.insight.queries.standing import in_department, standings
from app.insight.rules import Filter, Status
from app.learning.models import Certificate, Course, Enrolment
from app.learning.queries.levels import is_valid
from app.people.models import Department, Person
from app.people.queries.colleagues import LONGEST_SEARCH, called

HORIZON: Final = timedelta(days=365)
PAGE: Final = 50


@dataclass(frozen=True)
class Lapse:
    """Something of a person that ends: a certificate (`level`) or a mandatory course (`course`); the other one is ""."""

    uuid: str
    name: str
    department: str | None
    country: str
    level: str
    course: str
    expires_on: date


@dataclass(frozen=True)
class Listed:
    """A certificate in the list; `certificate` is by what it is addressed."""

    id: int
    uuid: str
    name: str
    department: str | None
    certificate: str
    level: str
    code: str
    expires_on: date
    revoked: bool


def lapse_query(sight: Sight, asked: Filter, *, today: date, until: date) -> Select[*tuple[Any, ...]]:
    """What ends from today until `until`, soonest first, unless it has been renewed; columns as in `Lapse`, then name_key."""
    return _ordered(_certificates(sight, asked, today=today, until=until), _duties(sight, asked, today=today, until=until))


def _ordered(*parts: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    row = union_all(*parts).subquery()
    return select(*row.c).order_by(row.c.expires_on, row.c.name_key, row.c.uuid, row.c.level, row.c.course)


def _place(asked: Filter) -> list[Any]:
    conditions: list[Any] = [Person.status == "active"]
    if asked.country:
        conditions.append(Person.country == asked.country)
    if asked.department:
        conditions.append(in_department(asked.department))
    return conditions


def _certificates(sight: Sight, asked: Filter, *, today: date, until: date) -> Select[*tuple[Any, ...]]:
    newer = aliased(Certificate)
    same = (newer.person_id == Certificate.person_id, newer.level == Certificate.level, newer.revoked_at.is_(None))
    renewed = exists().where(*same, newer.expires_on > Certificate.expires_on)
    return sight.certificates(
        *(Person.uuid, Person.name, Department.name.label("department"), Person.country, Certificate.level),
        *(literal("").label("course"), Certificate.expires_on, Person.name_key),
    ).where(is_valid(today), Certificate.expires_on <= until, ~renewed, *_place(asked))


def _duties(sight: Sight, asked: Filter, *, today: date, until: date) -> Select[*tuple[Any, ...]]:
    row = standings(today).where(sight.reaches(), Enrolment.mandatory_role.is_not(None), *_place(asked)).subquery()
    passed = aliased(Enrolment)
    same = (passed.person_id == row.c.person_id, passed.course_id == row.c.course_id)
    last = select(func.max(passed.expires_on)).where(*same, passed.state == "completed", passed.expires_on >= today).scalar_subquery()
    return (
        select(
            *(Person.uuid, Person.name, Department.name.label("department"), Person.country, literal("").label("level")),
            *(Course.slug.label("course"), last.label("expires_on"), Person.name_key),
        )
        .select_from(row)
        .join(Person, Person.id == row.c.person_id)
        .join(Course, Course.id == row.c.course_id)
        .outerjoin(Department, Department.id == Person.department_id)
        .where(row.c.status == Status.COMPLETED.value, last <= until)
    )


def lapses_by_day(session: Session, sight: Sight, asked: Filter, *, today: date) -> dict[date, int]:
    """How much ends on each day of the coming year."""
    row = lapse_query(sight, asked, today=today, until=today + HORIZON).order_by(None).subquery()
    rows = session.execute(select(row.c.expires_on, func.count().label("number")).group_by(row.c.expires_on).order_by(row.c.expires_on))
    return {row.expires_on: row.number for row in rows}


def lapses(session: Session, sight: Sight, asked: Filter, *, today: date, until: date, after: str = "") -> tuple[list[Lapse], str | None]:
    """A page of what ends soonest, and where the next one begins; `after` is what the page before returned, and anything else begins anew."""
    query = lapse_query(sight, asked, today=today, until=until).limit(PAGE + 1)
    start = _start(session, sight, after) if after.isprintable() else None
    if start is not None:
        row = query.selected_columns
        query = query.where(tuple_(row.expires_on, row.name_key, row.uuid, row.level, row.course) > tuple_(*start))
    found = [Lapse(*each[:7]) for each in session.execute(query)]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.expires_on}.{last.uuid}.{last.level}.{last.course}" if last else None


def _start(session: Session, sight: Sight, after: str) -> tuple[date, str, str, str, str] | None:
    day, uuid, level, course, *_rest = (*after[:200].split("."), "", "", "", "")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    mark = select(Person.name_key).outerjoin(Department, Department.id == Person.department_id).where(Person.uuid == uuid, sight.reaches())
    key = session.scalar(mark)
    return None if key is None else (on, key, uuid, level, course)


def certificates(
    session: Session, sight: Sight, *, today: date, search: str = "", state: str = "", before: int | None = None
) -> tuple[list[Listed], int | None]:
    """A page of certificates, newest first, and the id before which the next page begins; found by name or by the whole code."""
    code = search.strip()[:LONGEST_SEARCH]
    columns = (Certificate.id, Person.uuid, Person.name, Department.name, sight.handle(), Certificate.level, Certificate.code)
    query = sight.certificates(*columns, Certificate.expires_on, Certificate.revoked_at.is_not(None), code=code)
    query = query.order_by(Certificate.id.desc()).limit(PAGE + 1)
    if search:
        query = query.where(or_(and_(called(search[:LONGEST_SEARCH]), sight.names_certificate()), Certificate.code == code))
    states: dict[str, Any] = {
        "valid": (is_valid(today),),
        "expired": (Certificate.revoked_at.is_(None), Certificate.expires_on < today),
        "revoked": (Certificate.revoked_at.is_not(None),),
    }
    query = query.where(*states.get(state, ()))
    if before is not None:
        query = query.where(Certificate.id < before)
    found = [Listed(*row) for row in session.execute(query)]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
