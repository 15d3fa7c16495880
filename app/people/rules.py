"""Pure decisions about people: what an address is, what a password must be, whom an audience includes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from email_validator import EmailNotValidError, validate_email

from app.core.errors import Invalid
from app.core.later import later
from app.core.text import fold
from app.core.who import Grant, Role, Who

guessing = later("zxcvbn")  # its dictionaries take twelve megabytes, and most processes never read a new password
LANGUAGES: Final = ("en", "nl")
SHORTEST_PASSWORD: Final = 15
LONGEST_PASSWORD: Final = 4096
LONGEST_EMAIL: Final = 320
LONGEST_SLUG: Final = 80
ESTIMATED_LENGTH: Final = 72
LOWEST_SCORE: Final = 3
"""zxcvbn's scale of 0–4; 3 means more than ten to the eighth guesses."""
ACCOUNT_FAILURES: Final = 10
ADDRESS_FAILURES: Final = 100
WINDOW: Final = timedelta(minutes=15)
WIDEST: Final = 800
WIDEST_DEPARTMENT: Final = 200
"""What the columns of names take, in code points: a letter may have many."""
LONGEST_WORD: Final = 40
MOST_WORDS: Final = 12
_WORD: Final = re.compile(r"[^\W_]+")
_PLAIN: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that carry no accent and are typed as another all the same."""
LETTER_PAUSE: Final = timedelta(minutes=5)
"""How long a person is spared another letter with a link, whoever asks for it."""
INVITATION_LIFE: Final = timedelta(days=14)
RESET_LIFE: Final = timedelta(hours=1)
FAULTS_KEPT: Final = timedelta(days=30)
"""How long the names beside wrong rows of a file stay for whoever puts them right."""
LOOKS_KEPT: Final = timedelta(days=366)
"""How long a person can read who looked at their record, leap years included."""


def email_key(address: str) -> str:
    """The canonical form of an e-mail address: two spellings of one mailbox give the same key.

    NFKC and case folding, dotless i and its like mapped to plain letters, so that no twin can be made. Raises Invalid("email.wrong" | "email.ascii"
    | "text.long").
    """
    key = fold(_normal(address)).replace("ı", "i")
    if not key.isascii():
        raise Invalid("email.ascii", field="email")
    return key


def email_to_keep(address: str) -> str:
    """An address as it is kept, and as letters go to it: in plain letters, so that what has the same key differs in case at most.

    `mıke@` and a host whose Punycode stands for `merıdian` have the keys of their twins and other mailboxes. Raises as `email_key`.
    """
    if not (address.isascii() and _normal(address).isascii()):
        raise Invalid("email.ascii", field="email")
    return address.strip()


def _normal(address: str) -> str:
    if len(address) > LONGEST_EMAIL:
        raise Invalid("text.long", field="email", longest=LONGEST_EMAIL)  # before it is normalised, which is what costs
    try:
        return validate_email(address.strip(), check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise Invalid("email.wrong", field="email") from error


def check_password(password: str, *, context: tuple[str, ...] = ()) -> None:
    """Refuse a password that is too short, too long, or that a guesser with common words would soon find.

    NIST SP 800-63B-4 §3.1.1: at least 15 characters, no composition rules, code points counted, compared with a blocklist. The
    blocklist is zxcvbn's (some 94,000 common passwords, words and names, with their usual disguises), offline; `context` adds what a
    guesser would try first: the name, the address, the company. Raises Invalid("password.short" | "password.long" | "password.common").
    """
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("password.short", field="password", shortest=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Invalid("password.long", field="password", longest=LONGEST_PASSWORD)
    words = [word for text in context for word in fold(text).replace("@", " ").replace(".", " ").split()]
    rest = fold(password)
    for word in words:
        rest = rest.replace(word, "") if len(word) > 2 else rest
    if len(rest.replace(" ", "")) < SHORTEST_PASSWORD // 2:
        raise Invalid("password.common", field="password")
    if guessing.zxcvbn(password[:ESTIMATED_LENGTH], user_inputs=words, max_length=ESTIMATED_LENGTH)["score"] < LOWEST_SCORE:
        raise Invalid("password.common", field="password")


def name_key(name: str) -> str:
    """By what a name stands in lists: folded, and cut to what its column takes, since one letter may fold to eighteen."""
    return fold(name)[:WIDEST]


def name_words(text: str) -> tuple[str, ...]:
    """The words by which a name is found, and by which one asks for it: folded, without accents, each once.

    "Ånne-Marie O'Neill" gives anne, marie, o, neill: nobody types a name as it is written.
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", fold(text)) if unicodedata.category(letter) != "Mn").translate(_PLAIN)
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(plain)))[:MOST_WORDS]


def is_called(name: str, asked: str) -> bool:
    """Whether every word that was asked for begins a word of the name; nothing asked is nobody's name."""
    words = name_words(asked)
    return bool(words) and all(any(own.startswith(word) for own in name_words(name)) for word in words)


def window_is_over(began_at: datetime, at: datetime) -> bool:
    """Whether a throttle's window has passed."""
    return at - began_at >= WINDOW


@dataclass(frozen=True)
class Colleague:
    """A colleague as everybody who works here may see them: nothing else is told."""

    uuid: str
    name: str
    job_title: str
    department: str


@dataclass(frozen=True)
class Audience:
    """Whom something is meant for: empty parts mean everybody; within a part any match will do, and all parts must match.

    `departments` are materialised paths; a path includes everything below it. `people` are UUIDs that are always included.
    """

    departments: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    people: tuple[str, ...] = field(default=())

    def includes(self, who: Who) -> bool:
        """Whether the person belongs to this audience."""
        if who.uuid in self.people:
            return True
        if self.people and not (self.departments or self.countries or self.languages or self.roles):
            return False
        return (
            (not self.departments or any(who.department_path.startswith(path) for path in self.departments))
            and (not self.countries or who.country in self.countries)
            and (not self.languages or who.locale in self.languages)
            and (not self.roles or any(who.has(Role(role)) for role in self.roles))
        )

    def as_document(self) -> dict[str, list[str]]:
        """The audience as it is stored."""
        return {name: list(getattr(self, name)) for name in ("departments", "countries", "languages", "roles", "people") if getattr(self, name)}


def audience_from(document: Mapping[str, Any]) -> Audience:
    """The audience that `as_document` stored."""
    return Audience(**{name: tuple(values) for name, values in document.items()})


def way_to(path: str) -> list[str]:
    """A department's path and those above it, from the top: "/sales/nl/" gives "/sales/" and "/sales/nl/"."""
    steps = path.strip("/").split("/")
    return ["/" + "/".join(steps[: number + 1]) + "/" for number in range(len(steps))]


def may_grant(giver: Who, role: Role, path: str) -> bool:
    """Whether `giver` may give `role` for the department at `path`: administrators only, and only inside their own scope.

    An administrator of a department gives any role but administrator; only one of the whole organisation makes another.
    """
    if role is Role.ADMIN:
        return giver.has_for(Role.ADMIN, "/")
    return giver.has_for(Role.ADMIN, path)


def after_quiet(at: datetime, *, timezone: str, quiet_from: time, quiet_until: time) -> datetime:
    """From when somebody may be written to: `at`, or the end of the quiet hours that it falls into.

    The hours are those of the clock in `timezone` (IANA name), over midnight too; two equal hours mean that there are none.
    """
    here = at.astimezone(ZoneInfo(timezone))
    clock, over_midnight = here.time(), quiet_from > quiet_until
    is_quiet = (clock >= quiet_from or clock < quiet_until) if over_midnight else quiet_from <= clock < quiet_until
    if not is_quiet:
        return at
    day = here.date() + timedelta(days=1 if over_midnight and clock >= quiet_from else 0)
    return datetime.combine(day, quiet_until, ZoneInfo(timezone)).astimezone(UTC)


def may_keep_account(keeper: Who, grants: Iterable[Grant]) -> bool:
    """Whether `keeper` may change the address or the state of an account that holds `grants`: only who could give all of them.

    Links for a password go to the address, so whoever sets it could come in with what the account holds.
    """
    return all(may_grant(keeper, grant.role, grant.path) for grant in grants)
