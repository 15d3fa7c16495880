"""What a picture of a course may be: drawings are documents that run, photographs may say too much."""

from io import BytesIO

import pytest
from PIL import Image

from app.learning.adapters.pictures import BadPicture, kept_name, size_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20">'


def drawing(inner="", head=HEAD):
    return f"{head}{inner}</svg>".encode()


def photograph(kind="PNG", size=(30, 20), **more):
    buffer = BytesIO()
    Image.new("RGB", size).save(buffer, kind, **more)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("inner", "head", "size"),
    [
        ("", HEAD, (10, 20)),
        ("", '<svg xmlns="http://www.w3.org/2000/svg" width="720px" height="360.4" viewBox="0 0 1 1">', (720, 360)),
        ("", '<svg xmlns="http://www.w3.org/2000/svg" width="100%">', (None, None)),
        ("", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="a b c d">', (None, None)),
        ('<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#a)"/>', HEAD, (10, 20)),
        ('<use href="#a"/><use xlink:href="#a"/>', HEAD, (10, 20)),
        ("<title>A door</title><text x='1'>Hi &amp; bye</text>", HEAD, (10, 20)),
    ],
)
def test_plain_drawings_pass_and_say_their_size(inner, head, size):
    assert size_of(drawing(inner, head), "svg") == size


@pytest.mark.parametrize(
    "content",
    [
        drawing("<script>alert(1)</script>"),
        drawing("<SCRIPT>alert(1)</SCRIPT>"),
        drawing('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'),
        drawing('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
        drawing("<style>* { fill: url(https://evil.example) }</style>"),
        drawing("<foreignObject><body/></foreignObject>"),
        drawing('<image href="https://evil.example/x.png"/>'),
        drawing('<a href="https://evil.example"><path d="M0 0"/></a>'),
        drawing('<use href="https://evil.example/x.svg#a"/>'),
        drawing('<use xlink:href="data:image/svg+xml,x#a"/>'),
        drawing('<animate attributeName="href" to="javascript:alert(1)"/>'),
        drawing('<set attributeName="onload" to="alert(1)"/>'),
        drawing("<path onclick='alert(1)'/>"),
        drawing("<path style='fill: red'/>"),
        drawing("<rect fill='url(https://evil.example/#a)'/>"),
        drawing("<rect fill='url(  \"//evil.example\")'/>"),
        drawing("<rect fill='u\\72l(//evil.example)'/>"),
        drawing("<rect fill='url(#a) url('/>"),
        drawing("<rect fill='java&#10;script:alert(1)'/>"),
        drawing("<iframe/>"),
        drawing("<handler/>"),
        drawing("<filter><feImage href='#a'/></filter>"),
        drawing(head=HEAD.replace("<svg ", '<svg onload="alert(1)" ')),
        b'<?xml-stylesheet href="https://evil.example/x.css"?>' + drawing(),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + drawing("&b;"),
        b'<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + drawing(),
        b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
        b"<svg/>",
        b"not a drawing",
        b"",
        drawing("<g>" * 60 + "</g>" * 60),
        drawing("<g>"),
        b"\xff\xfe\x00",
    ],
)
def test_drawings_that_could_run_or_fetch_anything_are_refused(content):
    """T37: only what is on the lists passes; a refusal says what to do."""
    with pytest.raises(BadPicture, match=r"\w"):
        size_of(content, "svg")


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("JPEG", "jpeg"), ("WEBP", "webp")])
def test_photographs_say_their_size(kind, ending):
    assert size_of(photograph(kind), ending) == (30, 20)


def test_a_photograph_is_what_its_ending_says():
    with pytest.raises(BadPicture, match="not a JPEG"):
        size_of(photograph("PNG"), "jpg")


def test_a_broken_photograph_is_refused():
    with pytest.raises(BadPicture):
        size_of(photograph()[:40], "png")


def test_a_giant_photograph_is_refused_before_it_is_unpacked():
    with pytest.raises(BadPicture, match="4000"):
        size_of(photograph(size=(4001, 1)), "png")


def test_a_photograph_that_tells_where_it_was_taken_is_refused():
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    with pytest.raises(BadPicture, match="GPS"):
        size_of(photograph("JPEG", exif=exif), "jpg")


def test_the_same_content_has_the_same_name():
    assert kept_name(b"a", "svg") == kept_name(b"a", "svg") != kept_name(b"b", "svg")
