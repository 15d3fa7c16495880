"""Pictures that people bring: decoded within bounds, drawn anew, and free of what a camera or an editor wrote into them."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from app.core.errors import Invalid
from app.core.later import later

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Image, ImageOps = later("PIL.Image"), later("PIL.ImageOps")  # few workers are ever brought a picture
MOST_BYTES: Final = 15 * 1024 * 1024
LEAST_SIDE: Final = 200
MOST_PIXELS: Final = {"JPEG": 40_000_000, "PNG": 40_000_000, "WEBP": 12_000_000}
"""Per format, of which we know these: the decoder of WebP takes some twenty bytes for each pixel, the others at most six."""
MEDIA_TYPE: Final = "image/webp"
SIZES: Final = {"full": (1600, 1600), "card": (1200, 630), "small": (240, 240)}
"""Name -> width and height: "full" keeps the proportions inside, the others are cut to fill it."""
_FIELD: Final = "picture"
_TILE: Final = 1024
"""A side, in pixels: so much of a picture stands beside it while it is made smaller, and no second whole one."""
_one_at_a_time: Final = BoundedSemaphore(1)
"""The largest picture of each format takes some 250 MB while it is open: never two of them at once in one process."""


@dataclass(frozen=True)
class Drawn:
    """A picture as we drew it anew: its bytes per size, and the width and height of the largest."""

    width: int
    height: int
    sizes: dict[str, bytes]


def draw_anew(content: bytes) -> Drawn:
    """The picture in our sizes and format, without any metadata.

    Only the decoders of `MOST_PIXELS` are asked, whatever the file calls itself; size and frames are read from the header before a
    pixel is decoded. Raises Invalid("picture.large" | "picture.format" | "picture.pixels" | "picture.small" | "picture.moving" | "picture.broken").
    """
    if len(content) > MOST_BYTES:
        raise Invalid("picture.large", field=_FIELD, most=MOST_BYTES // (1024 * 1024))
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return _drawn(_opened(content))


def _opened(content: bytes) -> "Picture":
    try:
        image = Image.open(BytesIO(content), formats=tuple(MOST_PIXELS))
    except Image.DecompressionBombError as error:
        raise Invalid("picture.pixels", field=_FIELD, most=max(MOST_PIXELS.values()) // 1_000_000) from error
    except (Image.UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Invalid("picture.format", field=_FIELD) from error
    most = MOST_PIXELS[image.format or "PNG"]
    if image.width * image.height > most:
        raise Invalid("picture.pixels", field=_FIELD, most=most // 1_000_000)
    if min(image.size) < LEAST_SIDE:
        raise Invalid("picture.small", field=_FIELD, least=LEAST_SIDE)
    if getattr(image, "n_frames", 1) != 1:
        raise Invalid("picture.moving", field=_FIELD)
    return image


def _drawn(image: "Picture") -> Drawn:
    try:
        image.draft("RGB", SIZES["full"])
        upright = ImageOps.exif_transpose(_smaller(image))
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError) as error:
        raise Invalid("picture.broken", field=_FIELD) from error
    finally:
        image.close()
    full = ImageOps.contain(upright, SIZES["full"]) if max(upright.size) > max(SIZES["full"]) else upright
    sizes = {"full": _encoded(full), **{name: _encoded(ImageOps.fit(full, SIZES[name])) for name in ("card", "small")}}
    return Drawn(full.width, full.height, sizes)


def _smaller(image: "Picture") -> "Picture":
    """The picture on white at no less than twice the size that we keep, tile by tile; it still knows how its camera was held."""
    image.load()
    factor = max(1, max(image.size) // (2 * max(SIZES["full"])))
    side = max(1, _TILE // factor) * factor
    ground = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    for left, top in product(range(0, image.width, side), range(0, image.height, side)):
        tile = _on_white(image.crop((left, top, min(left + side, image.width), min(top + side, image.height))))
        ground.paste(tile.reduce(factor), (left // factor, top // factor))
    ground.info = {name: value for name, value in image.info.items() if name != "transparency"}
    return ground


def _on_white(image: "Picture") -> "Picture":
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("RGB")
    return image.convert("RGB")


def _encoded(image: "Picture") -> bytes:
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    stream = BytesIO()
    clean.save(stream, "WEBP", quality=84, method=4)
    return stream.getvalue()
