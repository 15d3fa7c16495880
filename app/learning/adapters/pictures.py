"""Pictures of courses: what may be kept, and how large it is drawn.

Drawings (SVG) are documents that a browser runs, so only what is on a list passes: shapes, text, gradients; no script, no style sheet,
no animation, no address outside the file.
"""

import re
from hashlib import sha256
from io import BytesIO
from typing import Any, Final
from xml.parsers.expat import ExpatError, ParserCreate

from app.core.later import later

Image = later("PIL.Image")
LARGEST: Final = 1_000_000
TYPES: Final = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}
_FORMATS: Final = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}
_MOST_PIXELS: Final = 4000
_DEEPEST: Final = 40
_GPS: Final = 0x8825
_SVG: Final = "http://www.w3.org/2000/svg"
_ELEMENT_NAMES: Final = (
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs symbol use marker "
    "linearGradient radialGradient stop clipPath mask pattern"
)
_ATTRIBUTE_NAMES: Final = (
    "id class role aria-hidden aria-label aria-labelledby version viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d "
    "points pathLength transform rotate offset gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform "
    "clipPathUnits maskUnits maskContentUnits markerWidth markerHeight markerUnits refX refY orient "
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset "
    "stroke-opacity opacity color stop-color stop-opacity clip-path clip-rule mask marker-start marker-mid marker-end vector-effect paint-order "
    "font-family font-size font-weight font-style letter-spacing word-spacing text-anchor dominant-baseline textLength lengthAdjust "
    "shape-rendering text-rendering visibility display overflow href lang"
)
_ELEMENTS: Final = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES: Final = frozenset(_ATTRIBUTE_NAMES.split())
_REFERENCE: Final = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


class BadPicture(Exception):
    """A picture that may not be kept; says why, and what to do."""


def kept_name(content: bytes, ending: str) -> str:
    """The name under which a picture is kept: the same content has the same name."""
    return f"{sha256(content).hexdigest()[:32]}.{ending}"


def size_of(content: bytes, ending: str) -> tuple[int | None, int | None]:
    """Width and height in CSS pixels; (None, None) for a drawing that does not say. Raises BadPicture."""
    return _drawing(content) if ending == "svg" else _photograph(content, ending)


def _photograph(content: bytes, ending: str) -> tuple[int, int]:
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[ending]]) as picture:
            width, height = picture.size
            has_place = bool(picture.getexif().get_ifd(_GPS))
            if max(width, height) <= _MOST_PIXELS:
                picture.load()
    except (Image.UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadPicture(f"This is not a {_FORMATS[ending]} picture. Save it again in that format, or give it the ending it should have.") from error
    if max(width, height) > _MOST_PIXELS:
        raise BadPicture(f"This picture is {width} × {height} pixels. Keep it within {_MOST_PIXELS}.")
    if has_place:
        raise BadPicture("This picture says where it was taken. Remove the location (GPS) from it.")
    return width, height


def _drawing(content: bytes) -> tuple[int | None, int | None]:
    reader = _Reader()
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(content, True)
    except ExpatError as error:
        raise BadPicture(f"This drawing is not well-formed XML (line {error.lineno}). Save it again as plain SVG.") from error
    return reader.size


class _Reader:
    """Goes over a drawing once and refuses what is not on the lists."""

    def __init__(self) -> None:
        self.depth = 0
        self.size: tuple[int | None, int | None] = (None, None)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, element = name.rpartition(" ")
        if not self.depth and (namespace != _SVG or element != "svg"):
            raise BadPicture(f'A drawing begins with <svg xmlns="{_SVG}">.')
        if namespace != _SVG or element not in _ELEMENTS:
            raise BadPicture(f"A drawing may not hold <{element}>. Save it as plain SVG, without scripts, styles, pictures or editor data.")
        if not self.depth:
            self.size = _size(attributes)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise BadPicture("This drawing is nested too deeply.")
        for attribute, value in attributes.items():
            _check(attribute.rpartition(" ")[2], value)

    def end(self, _name: str) -> None:
        self.depth -= 1

    def doctype(self, *_about: Any) -> None:
        raise BadPicture("A drawing may not have a DOCTYPE. Remove that line.")

    def instruction(self, target: str, _data: str) -> None:
        raise BadPicture(f"A drawing may not hold <?{target} …?>. Remove it.")


def _check(attribute: str, value: str) -> None:
    if attribute not in _ATTRIBUTES:
        raise BadPicture(f"A drawing may not use the attribute {attribute}. Save it as plain SVG with presentation attributes.")
    if attribute == "href" and not value.startswith("#"):
        raise BadPicture('A drawing may point only to parts of itself (href="#…").')
    lowered = "".join(value.split()).lower()
    if any(not target.strip().startswith("#") for _quote, target in _REFERENCE.findall(value)) or "javascript:" in lowered or "\\" in value:
        raise BadPicture(f"The attribute {attribute} points outside the drawing. Use url(#…) or a plain colour.")
    if lowered.count("url(") != len(_REFERENCE.findall(value)):
        raise BadPicture(f"The attribute {attribute} is not written as it should be.")


def _size(attributes: dict[str, str]) -> tuple[int | None, int | None]:
    width, height = (_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height"))
    if width and height:
        return round(float(width.group(1))), round(float(height.group(1)))
    box = attributes.get("viewBox", "").replace(",", " ").split()
    try:
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (None, None)
    except (ValueError, OverflowError):
        return None, None
