"""Certificates in the company's colour and under its logo, on screen, on paper and where anybody verifies them."""

import io
import re

import pytest
from PIL import Image
from pypdf import PdfReader

from app.web.brand import LIGHT, palette
from tests.factories.learners import a_certificate
from tests.support.browser import Browser

YELLOW = "#ffe600"
OLIVE = palette(YELLOW, LIGHT)["--color-primary"]
"""What can be read on white of it."""
DRAWN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40">
<style>.word { fill: #1d1c1a } @media (prefers-color-scheme: dark) { .word { fill: #f1eee8 } }</style><path class="word" d="M0 0h200v40z"/>%s</svg>"""
READS_FILES = ("/etc/passwd", "file:///etc/passwd", "certificate.typ", "certificate_pdf.py", "http://127.0.0.1:9/x.png")


@pytest.fixture
def own(branded, tmp_path):
    """The application of a company in yellow, with this logo."""

    def open_one(content: bytes, ending: str = "svg"):
        logo = tmp_path / f"logo.{ending}"
        logo.write_bytes(content)
        return branded(accent=YELLOW, logo=str(logo), org_name="Ruiter & Zn")

    return open_one


def a_png() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (120, 40), "#c8102e").save(stream, "png")
    return stream.getvalue()


def paper(own, person, certificate) -> PdfReader:
    with own.app_context():
        answer = Browser(own, person).get(f"/learn/certificates/{certificate.uuid}/certificate.pdf")
    assert answer.status_code == 200
    return PdfReader(io.BytesIO(answer.data))


def alternatives(node) -> list[str]:
    """What a screen reader says for the pictures below this part of the structure."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [words for each in node for words in alternatives(each)]
    if not isinstance(node, dict):
        return []
    return [str(node["/Alt"])] if "/Alt" in node else alternatives(node.get("/K", []))


def colours_of(reader: PdfReader) -> set[str]:
    """Every colour that the page sets, as # and six digits."""
    content = reader.pages[0].get_contents().get_data().decode("latin-1")
    found = re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN|rg|RG|sc|SC)\b", content)
    return {"#" + "".join(f"{round(float(part) * 255):02x}" for part in parts) for parts in found}


def test_the_sheet_and_the_public_page_have_the_accent_and_the_logo(own, cast, session):
    certificate = a_certificate(session, person=cast.ada)
    app = own((DRAWN % "").encode())
    with app.app_context():
        sheet = Browser(app, cast.ada).visit(f"/learn/certificates/{certificate.uuid}")
        public = Browser(app).visit(f"/verify/{certificate.code}")
    logo, colours = app.extensions["brand"].logo.address, app.extensions["brand"].sheet
    for picture in (sheet.select_one(".certificate .brand img"), public.select_one(".brand img")):
        assert (picture["src"], picture["alt"]) == (logo, "Ruiter & Zn")
    assert sheet.select_one(".guilloche")["stroke"] == OLIVE
    assert f"--paper-accent:{OLIVE}".encode() in colours.content
    for page in (sheet, public):
        assert page.select_one(f'link[href="{colours.address}"]')


@pytest.mark.parametrize(("content", "ending"), [((DRAWN % "").encode(), "svg"), (a_png(), "png")])
def test_the_pdf_has_the_accent_and_the_logo_and_says_whose_it_is(own, cast, session, content, ending):
    reader = paper(own(content, ending), cast.ada, a_certificate(session, person=cast.ada))
    assert len(reader.pages) == 1
    assert "Ruiter" not in reader.pages[0].extract_text()
    assert alternatives(reader.trailer["/Root"]["/StructTreeRoot"])[0] == "Ruiter & Zn"
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert OLIVE in colours_of(reader)


def test_without_a_brand_the_pdf_is_teal_under_the_name(app, cast, session):
    reader = paper(app, cast.ada, a_certificate(session, person=cast.ada))
    assert "Meridian" in reader.pages[0].extract_text()
    assert "#0f665f" in colours_of(reader)


@pytest.mark.parametrize("address", READS_FILES)
def test_a_logo_that_asks_for_a_file_or_an_address_gives_way_to_the_name(own, cast, session, address):
    """T60: the printer reads neither files nor the network."""
    reading = own((DRAWN % f'<image href="{address}" width="9" height="9"/>').encode())
    reader = paper(reading, cast.ada, a_certificate(session, person=cast.ada))
    text = reader.pages[0].extract_text()
    assert "Ruiter" in text
    assert "root:" not in text
