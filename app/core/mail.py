"""Letters by e-mail: what one is, and the mailboxes that take it."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol

from app.core.clock import now
from app.core.ids import new_uuid


@dataclass(frozen=True)
class Letter:
    """One e-mail to one person, as text and as HTML."""

    to: str
    subject: str
    text: str
    html: str


class Mailbox(Protocol):
    """Whatever accepts a letter for delivery."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; raises when it was not taken."""


def compose(letter: Letter, sender: str) -> EmailMessage:
    """The letter as a MIME message; a line break in a header is refused by the mail policy."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain="socii.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


@dataclass(frozen=True)
class FileMailbox:
    """For development and a first look: each letter becomes an .eml file in a folder."""

    folder: Path
    sender: str

    def send(self, letter: Letter) -> None:
        """Write the letter as a file of its own."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{now():%Y%m%dT%H%M%S}-{new_uuid()[:8]}.eml"
        (self.folder / name).write_bytes(compose(letter, self.sender).as_bytes())


@dataclass(frozen=True)
class SmtpMailbox:
    """A real mail server. `security` is "starttls", "tls" or "none"."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    timeout_seconds: float = 10

    def send(self, letter: Letter) -> None:
        """Deliver over SMTP; any answer but acceptance raises."""
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.security == "tls":
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout_seconds, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        with server:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(compose(letter, self.sender))
