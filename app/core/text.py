"""What counts as text from a person: normal form, visible content, length in what a reader calls characters."""

import unicodedata
from typing import Final

import regex

from app.core.errors import Invalid

LONGEST_LINE: Final = 200
MOST_POINTS: Final = 16
"""How many code points a letter may have on average in a text that is measured at all: the largest emoji in use has ten."""
MOST_MARKS: Final = 64
"""How many marks may stand on one letter. Putting n of them into their order takes n² steps; Unicode's stream-safe format allows 30 (UAX 15)."""
_GRAPHEME: Final = regex.compile(r"\X")
_INVISIBLE: Final = {"Cc", "Cf", "Zl", "Zp", "Zs", "Cn", "Co", "Cs", "Mn"}
_TURNS: Final = regex.compile(
    r"[\p{bc=R}\p{bc=AL}\p{bc=AN}\p{bc=LRE}\p{bc=RLE}\p{bc=LRO}\p{bc=RLO}\p{bc=PDF}\p{bc=LRI}\p{bc=RLI}\p{bc=FSI}\p{bc=PDI}]"
)
_ISOLATES: Final = regex.compile(r"[\p{bc=LRI}\p{bc=RLI}\p{bc=FSI}\p{bc=PDI}]")
_MARK: Final = r"[\p{M}\uFF9E\uFF9F]"
"""All that normalising may have to put into an order, and the marks that need none."""
_HEAP: Final = regex.compile(rf"({_MARK}{{{MOST_MARKS}}}){_MARK}+")
_FIRST_STRONG, _POP = "\u2068", "\u2069"
_BIDI: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C])


def graphemes(text: str) -> int:
    """Length in extended grapheme clusters (UAX 29): a family emoji is one."""
    return len(_GRAPHEME.findall(text))


def first_graphemes(text: str, count: int) -> str:
    """The first `count` grapheme clusters of `text`; never cuts inside one."""
    return "".join(_GRAPHEME.findall(text)[:count])


def looks_empty(text: str) -> bool:
    """Whether a reader would see nothing: spaces, zero-width and control characters only."""
    return all(unicodedata.category(letter) in _INVISIBLE for letter in text)


def refuse_heaps(text: str, *, longest: int, field: str | None = None) -> None:
    """Refuse before anything is done with it what would take long to normalise or to measure against `longest` graphemes.

    Raises Invalid("text.long") far beyond that many, Invalid("text.marks") for a letter with more marks than anybody could read.
    """
    if len(text) > longest * MOST_POINTS:
        raise Invalid("text.long", field=field, longest=longest)
    if not text.isascii() and _HEAP.search(text):
        raise Invalid("text.marks", field=field)


def without_heaps(text: str) -> str:
    """The text with `MOST_MARKS` marks on a letter at most, for what is normalised and refused nothing."""
    return text if text.isascii() else _HEAP.sub(r"\1", text)


def one_line(text: str, *, field: str, longest: int = LONGEST_LINE, required: bool = True, code_points: int | None = None) -> str:
    """A name or title as it is stored: NFC, one line, no bidi controls, at most `longest` graphemes (and `code_points`, where it goes into a column).

    Raises Invalid("text.empty") when nothing visible is left of a required text, Invalid("text.long") beyond the limit, Invalid("text.marks").
    """
    refuse_heaps(text, longest=longest, field=field)
    clean = " ".join(unicodedata.normalize("NFC", text).translate(_BIDI).replace("\x00", "").split())
    if code_points is not None and len(clean) > code_points:
        raise Invalid("text.long", field=field, longest=longest)
    return _measured(clean, field=field, longest=longest, required=required)


def paragraphs(text: str, *, field: str, longest: int = 20_000, required: bool = True) -> str:
    r"""A longer text as it is stored: NFC, line ends as \\n, at most `longest` graphemes. Raises as `one_line`."""
    refuse_heaps(text, longest=longest, field=field)
    clean = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    return _measured(clean, field=field, longest=longest, required=required)


def _measured(clean: str, *, field: str, longest: int, required: bool) -> str:
    if looks_empty(clean):
        if required:
            raise Invalid("text.empty", field=field)
        return ""
    if len(clean) > longest and graphemes(clean) > longest:
        raise Invalid("text.long", field=field, longest=longest)
    return clean


def isolated(text: str) -> str:
    """What somebody wrote as it stands inside a sentence of ours, which is written from left to right.

    Between U+2068 and U+2069, if it has letters from right to left or marks that turn what is around them; else as it is. Isolates within it
    stay if each is closed in it: one that is not would end ours, or reach beyond it.
    """
    if text.isascii() or not _TURNS.search(text):
        return text
    return f"{_FIRST_STRONG}{text if _is_balanced(text) else _ISOLATES.sub('', text)}{_POP}"


def _is_balanced(text: str) -> bool:
    depth = 0
    for mark in _ISOLATES.findall(text):
        depth += -1 if mark == _POP else 1
        if depth < 0:
            return False
    return depth == 0


def fold(text: str) -> str:
    """The form in which two spellings of one name or address are equal: NFKC, case-folded, trimmed; of a heap of marks `MOST_MARKS` count."""
    if text.isascii():
        return text.casefold().strip()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", without_heaps(text)).casefold()).strip()
