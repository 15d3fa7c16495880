"""Every setting, once: its name, what it means, its unit and what it is when nobody says anything.

`load(environ)` reads the environment, reports all faults at once, and refuses to start in production with a missing or known
secret. `docs/reference/settings.md` is made from this file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from xml.parsers.expat import ExpatError, ParserCreate

from app.core.later import later

HERE: Final = Path(__file__).resolve().parent
KNOWN_SECRETS: Final = frozenset(
    {"", "change-me", "secret", "development-only-secret-development-only", "a-secret-for-tests-only-a-secret-for-tests-only"}
)
SHORTEST_SECRET: Final = 32
FEWEST_LETTERS: Final = 10
"""So many different characters a secret has at least: of 32 hexadecimal digits drawn at random, one in ten thousand has fewer."""
HOW_TO_MAKE_ONE: Final = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
LARGEST_LOGO: Final = 100_000
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


class Misconfigured(SystemExit):
    """The environment does not describe a working installation; `faults` says everything that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        """Print every fault on a line of its own and end the process."""
        super().__init__("Socii cannot start:\n" + "\n".join(f"  - {fault}" for fault in faults))
        self.faults = faults


def _setting(default: Any, text: str) -> Any:
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True)
class Settings:
    """The settings of one installation. Each is read from the environment variable SOCII_<NAME>, except those of `BARE`."""

    mode: str = _setting("development", "development, test or production")
    secret: str = _setting("", "key of cookies and links: 32 or more random characters; in development one is made and kept in the instance folder")
    old_secrets: tuple[str, ...] = _setting((), "earlier values of the secret, comma-separated, so that a change signs nobody out")
    base_url: str = _setting("http://127.0.0.1:8000", "the address at which people reach this installation; links in mails use it")
    hosts: tuple[str, ...] = _setting((), "further host names that may be asked for, comma-separated; the one of the base address is always allowed")
    proxies: int = _setting(0, "how many trusted proxies stand in front and set X-Forwarded-For")
    instance: str = _setting("instance", "folder for the embedded database, files, mails and journals")
    database_url: str = _setting("", "PostgreSQL or SQLite address; empty: SQLite in the instance folder")
    ratelimit_storage_uri: str = _setting("memory://", "where request limits are counted: memory:// or redis://…")
    storage_url: str = _setting("", "where files are kept: empty for the instance folder, or s3://… and the like")
    jobs: str = _setting(
        "thread", "who runs the jobs: thread (in the web process), none (only `flask jobs run`) or celery (the same, told over Redis)"
    )
    jobs_broker_url: str = _setting("", "where Celery's messages go, with JOBS=celery: redis://… or rediss://…")
    job_threads: int = _setting(2, "how many job threads each process runs")
    mail_url: str = _setting("", "smtp://user:password@host:587 (STARTTLS), smtps://… or smtp+plain://…; empty: files in the instance folder")
    mail_from: str = _setting("Socii <socii@localhost>", "the sender of mails")
    org_name: str = _setting("Meridian", "the name of the organisation, as people say it")
    org_tagline: str = _setting("", "one line under the name on public pages")
    org_url: str = _setting("", "the organisation's public site; links of stories that were taken back offer it")
    accent: str = _setting("", "the organisation's colour, such as #0f665f; made darker or lighter where text would be hard to read")
    logo: str = _setting("", "path of the organisation's logo, an SVG or PNG file of at most 100 kB; it stands where the name would")
    session_hours: int = _setting(336, "hours after which a session ends, however often it is used")
    demo: bool = _setting(False, "demo mode: the sign-in page shows the personas of the demo organisation; never in production")
    voluntary_learning_visibility: str = _setting(
        "completed",
        "what HR reads by name of courses that nobody has to take: completed (what was completed), shared (only certificates that the learner "
        "shares, one by one) or aggregates (nothing, only numbers); mandatory courses stay named",
    )
    link_targets: tuple[str, ...] = _setting((), "domains to which stories may lead, comma-separated; empty allows every public one")

    @property
    def is_production(self) -> bool:
        """Whether strangers' data is at stake."""
        return self.mode == "production"

    @property
    def https(self) -> bool:
        """Whether people reach this installation over TLS."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The host (and port) of the base address."""
        return urlsplit(self.base_url).netloc

    @property
    def folder(self) -> Path:
        """The instance folder as an absolute path."""
        return (HERE / self.instance).resolve()

    @property
    def logo_file(self) -> Path | None:
        """The logo as an absolute path."""
        return (HERE / self.logo).resolve() if self.logo else None

    @property
    def database(self) -> str:
        """The database's address as SQLAlchemy reads it."""
        if not self.database_url:
            return f"sqlite:///{self.folder / 'socii.sqlite3'}"
        for prefix in ("postgres://", "postgresql://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url.removeprefix(prefix)
        return self.database_url


BARE: Final = {name: name.upper() for name in ("database_url", "ratelimit_storage_uri", "storage_url", "jobs", "jobs_broker_url")}
"""Settings whose variable has a name that other software uses too."""


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return BARE.get(name, f"SOCII_{name.upper()}")


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings; raises Misconfigured with every fault at once."""
    faults: list[str] = []
    values: dict[str, Any] = {}
    for each in fields(Settings):
        text = environ.get(variable(each.name))
        if text is None:
            continue
        try:
            values[each.name] = _read(text, each.default)
        except ValueError as error:
            faults.append(f"{variable(each.name)}: {error}")
    settings = Settings(**values)
    faults += _faults(settings)
    if faults:
        raise Misconfigured(faults)
    return settings


def _read(text: str, default: object) -> object:
    if isinstance(default, bool):
        if text.lower() not in {"0", "1", "true", "false", "yes", "no", "on", "off", ""}:
            raise ValueError("say 1 or 0")
        return text.lower() in {"1", "true", "yes", "on"}
    if isinstance(default, int):
        try:
            return int(text)
        except ValueError:
            raise ValueError("a whole number is needed") from None
    if isinstance(default, tuple):
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _faults(settings: Settings) -> list[str]:
    faults = [*_brand_faults(settings), *_job_faults(settings)]
    if settings.mode not in {"development", "test", "production"}:
        faults.append("SOCII_MODE: say development, test or production")
    if settings.voluntary_learning_visibility not in {"completed", "shared", "aggregates"}:
        faults.append("SOCII_VOLUNTARY_LEARNING_VISIBILITY: say completed, shared or aggregates")
    if settings.session_hours < 1:
        faults.append("SOCII_SESSION_HOURS: one hour at least")
    if urlsplit(settings.base_url).scheme not in {"http", "https"} or not settings.host:
        faults.append("SOCII_BASE_URL: a full address is needed, such as https://socii.example.com")
    if settings.mail_url and urlsplit(settings.mail_url).scheme not in {"smtp", "smtps", "smtp+plain"}:
        faults.append("SOCII_MAIL_URL: begin with smtp://, smtps:// or smtp+plain://")
    if settings.is_production:
        if _is_guessable(settings.secret):
            faults.append(f"SOCII_SECRET: production needs 32 or more random characters that nobody else knows; make them with {HOW_TO_MAKE_ONE}")
        if any(_is_guessable(old) for old in settings.old_secrets):
            faults.append(
                "SOCII_OLD_SECRETS: each needs 32 or more random characters; one that could be guessed opens every session, so leave it out"
            )
        if settings.demo:
            faults.append("SOCII_DEMO: production never runs in demo mode")
        if not settings.https:
            faults.append("SOCII_BASE_URL: production needs https://")
    return faults


def _is_guessable(secret: str) -> bool:
    """Whether a secret is known, short, or of few characters again and again; blanks at its ends are a slip of whoever pasted it."""
    return secret in KNOWN_SECRETS or secret != secret.strip() or len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_LETTERS


def _job_faults(settings: Settings) -> list[str]:
    faults = []
    if settings.jobs not in {"thread", "none", "celery"}:
        faults.append("JOBS: say thread, none or celery")
    if settings.job_threads < 1:
        faults.append("SOCII_JOB_THREADS: one thread at least")
    if settings.jobs == "celery":
        if not (find_spec("celery") and find_spec("redis")):
            faults.append("JOBS: Celery is not installed here; install requirements-scale.txt, or say thread or none")
        if urlsplit(settings.jobs_broker_url).scheme not in {"redis", "rediss"} or not urlsplit(settings.jobs_broker_url).hostname:
            faults.append("JOBS_BROKER_URL: celery needs the address of a Redis, such as redis://localhost:6379/1")
    return faults


def _brand_faults(settings: Settings) -> list[str]:
    faults = []
    if settings.accent and not _COLOUR.fullmatch(settings.accent):
        faults.append("SOCII_ACCENT: a colour is # and six digits of 0-9 and a-f, such as #0f665f")
    if settings.logo_file:
        try:
            _check_logo(settings.logo_file)
        except OSError:
            faults.append(f"SOCII_LOGO: there is no file to read at {settings.logo_file}")
        except ValueError as error:
            faults.append(f"SOCII_LOGO: {error}")
    return faults


def _check_logo(file: Path) -> None:
    """Raises ValueError with what is wrong, OSError when there is nothing to read."""
    content = file.read_bytes()
    if len(content) > LARGEST_LOGO:
        raise ValueError(f"{file.name} has {len(content) // 1000} kB; at most 100 kB are sent with every first visit")
    check = {".svg": _is_svg, ".png": _is_png}.get(file.suffix.lower())
    if check is None:
        raise ValueError(f"{file.name} must be a file that ends in .svg or .png")
    if not check(content):
        raise ValueError(f"{file.name} does not hold what its ending says; save it again as {file.suffix[1:].upper()}")


def _is_svg(content: bytes) -> bool:
    names: list[str] = []
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _attributes: names.append(name)
    try:
        parser.Parse(content, True)
    except ExpatError:
        return False
    return names[0] == "http://www.w3.org/2000/svg svg"


def _is_png(content: bytes) -> bool:
    image = later("PIL.Image")  # few houses have a logo of dots
    try:
        with image.open(BytesIO(content), formats=["PNG"]) as picture:
            picture.load()
    except (OSError, ValueError, SyntaxError, image.DecompressionBombError):
        return False
    return True
