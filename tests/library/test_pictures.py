"""Pictures that people bring."""

import struct
import subprocess
import sys
import zlib
from io import BytesIO

import pytest
from PIL import Image

from app.core.errors import Invalid
from app.library.adapters.pictures import MOST_BYTES, SIZES, draw_anew
from tests.factories.library import a_picture, a_story


def a_png_that_claims(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def moving():
    stream = BytesIO()
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "blue")]
    frames[0].save(stream, "WEBP", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def in_form(form):
    stream = BytesIO()
    Image.new("RGB", (300, 300), "teal").save(stream, form)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_in_every_size(form):
    drawn = draw_anew(a_picture(2400, 1800, form))
    assert (drawn.width, drawn.height) == (1600, 1200)
    found = {name: Image.open(BytesIO(data)) for name, data in drawn.sizes.items()}
    assert {image.format for image in found.values()} == {"WEBP"}
    assert (found["card"].size, found["small"].size) == (SIZES["card"], SIZES["small"])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture.format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture.format"),
        (b"<html><script>alert(1)</script></html>", "picture.format"),
        (b"GIF89a/*" + b"x" * 200, "picture.format"),
        (in_form("GIF"), "picture.format"),
        (in_form("BMP"), "picture.format"),
        (in_form("TIFF"), "picture.format"),
        (b"AT&TFORM" + b"\x00" * 64, "picture.format"),
        (a_png_that_claims(50_000, 50_000), "picture.pixels"),
        (a_png_that_claims(10_000, 5_000), "picture.pixels"),
        (a_picture(4_000, 4_000, "WEBP", method=0), "picture.pixels"),
        (a_png_that_claims(2_000, 2_000), "picture.broken"),
        (a_picture(1200, 630, "JPEG")[:900], "picture.broken"),
        (a_picture(1200, 630)[:-200], "picture.broken"),
        (a_picture(199, 800), "picture.small"),
        (moving(), "picture.moving"),
        (b"\xff\xd8\xff" + b"\x00" * MOST_BYTES, "picture.large"),
    ],
    ids=lambda each: each if isinstance(each, str) else f"{len(each)} bytes",
)
def test_what_is_not_a_still_picture_of_a_sensible_size_is_refused(content, code):
    """T40, T41: the decoder is chosen by content from three, and nothing is decoded before its header was read."""
    with pytest.raises(Invalid) as refused:
        draw_anew(content)
    assert refused.value.code == code


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_where_a_picture_was_taken_is_in_none_of_its_sizes(form):
    """T42."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 22.0, 0.0), 3: "E", 4: (4.0, 54.0, 0.0)})
    source = a_picture(800, 600, form, exif=exif.tobytes())
    assert b"SecretCamera" in source
    for data in draw_anew(source).sizes.values():
        assert b"SecretCamera" not in data
        assert not Image.open(BytesIO(data)).getexif()


def test_a_picture_lies_the_way_its_camera_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = draw_anew(a_picture(800, 400, "JPEG", exif=exif.tobytes()))
    assert (drawn.width, drawn.height) == (400, 800)


DRAWS = "import sys; from app.library.adapters.pictures import draw_anew; draw_anew(sys.stdin.buffer.read())"
MEASURES = (
    f"import resource, subprocess, sys; subprocess.run([sys.executable, '-c', {DRAWS!r}], check=True); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
"""A process counts the memory of the one that it was forked from as its own, so one that is small stands between."""


@pytest.mark.parametrize(
    ("mode", "size", "form", "how"),
    [
        ("RGBA", (8_000, 5_000), "PNG", {"compress_level": 1}),
        ("RGBA", (200_000, 200), "PNG", {"compress_level": 1}),
        ("RGB", (8_000, 5_000), "JPEG", {"progressive": True, "subsampling": 0}),
        ("RGBA", (4_000, 3_000), "WEBP", {"lossless": True, "method": 0}),
    ],
)
def test_the_largest_picture_of_each_format_takes_no_more_memory_than_a_worker_can_spare(mode, size, form, how):
    """T41, F17: a file of some kilobytes may hold forty million pixels; they are open once, and what we make of them is small."""
    stream = BytesIO()
    Image.new(mode, size, "teal").save(stream, form, **how)
    measured = subprocess.run([sys.executable, "-c", MEASURES], input=stream.getvalue(), capture_output=True, check=True)  # noqa: S603  # our own words
    assert int(measured.stdout) < 300 * 1024


def test_a_picture_that_is_made_smaller_keeps_its_parts_where_they_were():
    picture = Image.new("RGB", (7_001, 1_003), "white")
    picture.paste("red", (0, 0, 3_500, 1_003))
    stream = BytesIO()
    picture.save(stream, "PNG")
    full = Image.open(BytesIO(draw_anew(stream.getvalue()).sizes["full"])).convert("RGB")
    assert full.size == (1_600, 229)
    assert [full.getpixel((x, y))[1] < 60 for x in (5, 790) for y in (3, 225)] == [True] * 4
    assert [full.getpixel((x, y))[1] > 200 for x in (810, 1_595) for y in (3, 225)] == [True] * 4


def test_a_picture_with_nothing_behind_it_stands_on_white():
    stream = BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(stream, "PNG")
    assert min(Image.open(BytesIO(draw_anew(stream.getvalue()).sizes["full"])).getpixel((5, 5))) > 250


def test_the_upload_takes_large_files_there_and_only_there_and_never_uses_their_name(browser, cast, session, app):
    """T44, T75."""
    story = a_story(session, author=cast.grace)
    grace, path = browser(cast.grace), f"/hub/stories/{story.uuid}/picture"
    hostile_name = "../../><b>\u202e 😀.png"
    answer = grace.post(
        path, **multipart(grace, a_picture(800, 600) + b"\x00" * 2_000_000, hostile_name, alt_en="A laptop.", version="1"), csrf=False
    )
    assert answer.status_code == 303
    kept = sorted(file.name for file in (app.extensions["settings"].folder / "files").rglob("*-*"))
    assert [name.partition("-")[2] for name in kept] == ["card", "full", "small"]
    assert all(name.partition("-")[0].isalnum() for name in kept)
    assert grace.post(path, **multipart(grace, b"\x00" * (MOST_BYTES + 200_000), "x.png", alt_en="x", version="2"), csrf=False).status_code == 413
    assert grace.post("/hub/stories/new", {"title_en": "x" * 1_100_000}).status_code == 413


def multipart(browser, content, filename, **fields):
    """A form with a file as a browser sends it, whole in memory."""
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in {"csrf_token": browser.csrf_token(), **fields}.items()
    ]
    body = b"".join(f"--edge\r\n{part}\r\n".encode() for part in parts)
    body += f'--edge\r\nContent-Disposition: form-data; name="picture"; filename="{filename}"\r\nContent-Type: image/png\r\n\r\n'.encode()
    return {
        "input_stream": BytesIO(body + content + b"\r\n--edge--\r\n"),
        "content_type": "multipart/form-data; boundary=edge",
        "content_length": len(body) + len(content) + 12,
    }
