"""Doors for the hand: courses are checked, published, written out and looked at."""

import base64
import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import click
from flask import current_app, render_template
from flask.cli import AppGroup
from markupsafe import Markup
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.core.clock import now
from app.core.errors import Refusal
from app.learning.actions.publishing import SHELF, publish_course
from app.learning.adapters.folder import SHIPPED, course_folders, read_course, write_course
from app.learning.adapters.pictures import TYPES
from app.learning.queries.content import PublishedSource, published_sources
from app.learning.rules import LANGUAGES
from app.learning.rules.checking import course_faults, publication_faults, shared_id_faults
from app.learning.rules.document import CourseDocument, course_from
from app.learning.rules.rendering import MEDIA, document_of
from app.learning.rules.source import CourseSource
from app.learning.rules.wording import PREVIEW
from app.web.assets import FOLDER, manifest
from app.web.database import reading, unit_of_work
from app.web.errors import sentence

commands = AppGroup("courses", help="Courses: check, load, export, preview.")
_folder = click.option(
    "--dir", "root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SHIPPED, help="Where the courses' folders stand."
)
_ASSET: Final = re.compile(r"url\([\"']?([\w.-]+)[\"']?\)")


@commands.command("check")
@click.argument("slugs", nargs=-1)
@_folder
def check(slugs: Sequence[str], root: Path) -> None:
    """Say everything that is wrong with the courses SLUGS (default: all), with file and line."""
    sources, faults = _sound_courses(root, slugs)
    _end(faults)
    lessons = sum(len(module.module.data["lessons"]) for source in sources for module in source.modules)
    items = sum(len(module.quiz.data["items"]) for source in sources for module in source.modules)
    click.echo(f"{_count(len(sources), 'course')}, {_count(lessons, 'lesson')}, {_count(items, 'question')}: all is well.")


@commands.command("load")
@_folder
def load(root: Path) -> None:
    """Publish a new version of each course whose content changed; one with a fault stays as it is published."""
    sources, faults = _sound_courses(root, (), to_load=True)
    for source in sources:
        document = document_of(source)
        try:
            with unit_of_work() as session:
                pictures = source.pictures.values()
                made = publish_course(session, document, pictures=pictures, storage=current_app.extensions["storage"], at=now())
        except Refusal as refusal:
            click.echo(f"{source.slug}: {sentence(refusal)}", err=True)
            raise click.exceptions.Exit(1) from refusal
        said = f"published as version {document['version']}" if made.is_new else "unchanged"
        click.echo(f"{source.slug}: {said}")
    _end(faults)


@commands.command("export")
@click.argument("slug")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(slug: str, folder: Path) -> None:
    """Write the published course SLUG into FOLDER/SLUG, as its author would have it."""
    found = next((each for each in published_sources(reading()).values() if each.slug == slug), None)
    if found is None:
        raise click.UsageError(f"No course is published as “{slug}”.")
    try:
        write_course(folder / slug, found.source, picture=_kept_picture)
    except FileExistsError:
        raise click.UsageError(f"{folder / slug} is there already. Choose another folder, so that nothing is lost.") from None
    click.echo(str(folder / slug))


@commands.command("preview")
@click.argument("slug")
@_folder
def preview(slug: str, root: Path) -> None:
    """Write the course SLUG as one page per language, to be looked at before it is published."""
    sources, faults = _sound_courses(root, (slug,))
    _end(faults)
    source = sources[0]
    course = course_from(document_of(source))
    folder = current_app.extensions["settings"].folder / "preview"
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        file = folder / f"{slug}.{language}.html"
        file.write_text(_preview_page(course, source, language), encoding="utf-8")
        click.echo(str(file))


def _sound_courses(root: Path, slugs: Sequence[str], *, to_load: bool = False) -> tuple[list[CourseSource], int]:
    """The courses without fault, and how many faults the others have: each is printed."""
    known = course_folders(root)
    for slug in slugs:
        if slug not in known:
            raise click.UsageError(f"There is no course “{slug}”. There are: {', '.join(known) or 'none'}.")
    read = [read_course(root, slug) for slug in slugs or known]
    sources = [source for source, _faults in read if source is not None]
    faults = {*chain.from_iterable(found for _source, found in read), *chain.from_iterable(map(course_faults, sources)), *shared_id_faults(sources)}
    published = _published(needed=to_load)
    for source in sources:
        before = published.get(source.course.data["uuid"])
        if before:
            faults |= {*publication_faults(source, slug=before.slug, version=before.version, published=before.source)}
    for fault in sorted(faults):
        click.echo(str(fault))
    spoiled = {fault.file.partition("/")[0] for fault in faults}
    return [source for source in sources if source.slug not in spoiled], len(faults)


def _end(faults: int) -> None:
    """Fail if there were any, saying how many."""
    if faults:
        click.echo(f"{_count(faults, 'thing')} to mend.", err=True)
        raise click.exceptions.Exit(1)


def _count(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else word + 's'}"


def _published(*, needed: bool) -> dict[str, PublishedSource]:
    try:
        return published_sources(reading())
    except (OperationalError, ProgrammingError):
        if needed:
            raise click.UsageError("The database has no tables yet. Run `flask db upgrade` first.") from None
        click.echo("(There is no database yet, so version numbers are not compared with what is published.)", err=True)
        return {}


def _kept_picture(name: str) -> bytes:
    content: bytes | None = current_app.extensions["storage"].get(SHELF + name)
    if content is None:
        raise click.UsageError(f"The picture {name} is missing from the store. Load the course again first.")
    return content


def _preview_page(course: CourseDocument, source: CourseSource, language: str) -> str:
    styles = Markup(f"<style>{_styles()}</style>")  # noqa: S704  # our own build
    html = render_template("learning/preview.html", course=course, language=language, words=PREVIEW[language], styles=styles)
    for picture in source.pictures.values():
        kind = TYPES[picture.name.rpartition(".")[2]]
        html = html.replace(MEDIA + picture.name, f"data:{kind};base64,{base64.b64encode(picture.content).decode()}")
    return html


def _styles() -> str:
    """The style sheet with its fonts and marks inside, so that the page stands alone."""

    def inside(found: re.Match[str]) -> str:
        file = FOLDER / found.group(1)
        if not file.is_file():
            return found.group()
        kind = "font/woff2" if file.suffix == ".woff2" else "image/svg+xml"
        return f"url(data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()})"

    sheet = FOLDER / manifest().get("app.css", "app.css")
    return _ASSET.sub(inside, sheet.read_text(encoding="utf-8")) if sheet.is_file() else ""
