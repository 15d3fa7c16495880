"""T70: a letter has one recipient and the headers we gave it, whatever stands in names and titles."""

import threading
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from app.core.mail import FileMailbox, Letter, SmtpMailbox, compose
from tools.servers import free_port

SENDER = "Socii <socii@localhost>"
BREAKS = ["\r\n", "\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x00", "\r\n\r\n"]
HEADERS = {"From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"}


def letter(**more):
    return Letter(**{"to": "ada@meridian.example", "subject": "Welcome", "text": "Hello", "html": "<p>Hello</p>", **more})


@pytest.mark.parametrize("mark", BREAKS, ids=repr)
def test_a_line_break_in_a_subject_adds_no_header(mark):
    raw = compose(letter(subject=f"Welcome Ada{mark}Bcc: evil@example.com"), SENDER).as_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    assert set(message.keys()) == HEADERS
    assert message["To"] == "ada@meridian.example"
    assert "Bcc" not in message


@pytest.mark.parametrize(
    "to", [f"ada@meridian.example{mark}evil@example.com" for mark in [*BREAKS, ",", ";", " "]] + ["a@ok)b@evil.example", "", "@", "a@"]
)
def test_an_address_that_is_not_one_address_is_refused(to):
    with pytest.raises(Exception, match=r"."):
        compose(letter(to=to), SENDER).as_bytes()


def test_text_and_html_say_it_both(tmp_path):
    FileMailbox(tmp_path, SENDER).send(letter(text="Groeten uit Zoë’s straat\n", html="<p>Zoë</p>"))
    (file,) = tmp_path.glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message.get_body(("plain",)).get_content().split("\r\n") == ["Groeten uit Zoë’s straat", ""]
    assert message.get_body(("html",)).get_content().split("\r\n") == ["<p>Zoë</p>", ""]


def test_a_mail_server_gets_one_letter_for_one_person():
    arrived, received = threading.Event(), []

    class Keep(Message):
        def handle_message(self, message):
            received.append(message)
            arrived.set()

    port = free_port()
    server = Controller(Keep(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        SmtpMailbox("127.0.0.1", port, "none", "", "", SENDER).send(letter())
        assert arrived.wait(5)
    finally:
        server.stop()
    (message,) = received
    assert message["X-RcptTo"] == "ada@meridian.example"


def test_a_mail_server_that_is_away_raises():
    """F8: the job keeps the letter and tries again."""
    with pytest.raises(OSError, match=r"."):
        SmtpMailbox("127.0.0.1", 1, "none", "", "", SENDER, timeout_seconds=1).send(letter())
