"""Letters to people: rendered in their language with links to the configured address, and carried to the mailbox as errands of jobs."""

from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from app.core.jobs import Errand
from app.core.mail import FileMailbox, Letter, Mailbox, SmtpMailbox
from app.web.i18n import speaking
from config import Settings

_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
_SECURITY = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "none"}


def mailbox_from(settings: Settings) -> Mailbox:
    """The mailbox that the settings name: a mail server, or files in the instance folder."""
    if not settings.mail_url:
        return FileMailbox(settings.folder / "mail", settings.mail_from)
    parts = urlsplit(settings.mail_url)
    return SmtpMailbox(
        host=parts.hostname or "localhost",
        port=parts.port or _PORTS[parts.scheme],
        security=_SECURITY[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=settings.mail_from,
    )


def absolute(endpoint: str, **values: Any) -> str:
    """The full address of a page, built on the configured base address and never on what a request claims."""
    settings: Settings = current_app.extensions["settings"]
    parts = urlsplit(settings.base_url)
    adapter = current_app.url_map.bind(parts.netloc, url_scheme=parts.scheme, script_name=parts.path or "/")
    return adapter.build(endpoint, values, force_external=True)


def write_letter(template: str, *, to: str, locale: str, **context: Any) -> Errand:
    """Render `<template>.txt` (first line: the subject) and `<template>.html` in `locale`; the errand hands the letter over."""
    with speaking(locale):
        text = render_template(f"{template}.txt", locale=locale, **context)
        html = render_template(f"{template}.html", locale=locale, **context)
    subject, _, body = text.strip().partition("\n")
    mailbox: Mailbox = current_app.extensions["mailbox"]
    return partial(mailbox.send, Letter(to=to, subject=subject, text=body.strip() + "\n", html=html))
