"""Markdown to clean HTML, once, at publication: pages print what this module made and nothing else.

Two walls: bleach lets through a closed list of elements, nh3 goes over the result. Directives (`:::card`, `:::reveal`,
`:::scenario` with `:::choice`) are described in `courses/README.md`.
"""

import html as entities
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import bleach
import nh3
from bleach.css_sanitizer import CSSSanitizer
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

MARKUP_VERSION: Final = 2
"""Raised whenever the same Markdown gives other HTML, so that what was published before can be made anew."""
_SCHEMES: Final = {"http", "https", "mailto"}
_TAGS: Final = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "sup", "s"),
    *("table", "thead", "tbody", "tr", "th", "td", "section", "aside", "details", "summary", "div", "figure", "figcaption"),
}
_ATTRIBUTES: Final = {
    "a": ["href", "title", "id", "class", "aria-label"],
    "img": ["src", "alt", "width", "height", "loading"],
    "ol": ["start", "class"],
    "li": ["id", "class"],
    "section": ["class"],
    "aside": ["class"],
    "details": ["class", "name", "data-verdict"],
    "div": ["class", "tabindex", "role"],
    "p": ["class"],
    "em": ["class"],
    "sup": ["class"],
    "th": ["scope"],
    "hr": ["class"],
    "figure": ["class"],
}
VERDICTS: Final = ("best", "fair", "poor")
Words = Mapping[str, str]
"""Words that directives print, in the language of the text: keys "scenario", "best", "fair", "poor", "sources", "source", "back"."""
MOST_BRACKETS: Final = 300
"""Opening brackets in one paragraph; beyond that nobody is writing links, and looking for their ends would take too long."""
MOST_PASSES: Final = 5


@dataclass(frozen=True)
class Picture:
    """Where a reader's browser finds a picture, and its size in CSS pixels, so that the page does not jump when it arrives."""

    address: str
    width: int | None = None
    height: int | None = None


Pictures = Callable[[str], Picture | None]
"""Maps the address that a writer gave for a picture to the picture; None when there is none, and its alt text stands alone."""


def sanitize(html: str) -> str:
    """Clean HTML that holds no script, style, handler or foreign scheme; cleaning it again changes nothing.

    Passes are repeated until the two walls agree; what does not come to rest is printed as the text it is.
    """
    if "<" not in html and "&" not in html:
        return html
    clean = _pass(html)
    for _turn in range(MOST_PASSES):
        again = _pass(clean)
        if again == clean:
            return clean
        clean = again
    return escapeHtml(entities.unescape(html))


def _pass(html: str) -> str:
    cleaner = bleach.Cleaner(
        tags=_TAGS, attributes=_ATTRIBUTES, protocols=_SCHEMES, strip=True, css_sanitizer=CSSSanitizer(allowed_css_properties=[])
    )
    once = cleaner.clean(html)
    return nh3.clean(
        once,
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def is_safe_link(address: str) -> bool:
    """Whether an address may stand in a link: a path of this site, an anchor, or a full address of a scheme on the list."""
    plain = "".join(letter for letter in unquote(entities.unescape(address)) if letter.isprintable()).strip()
    try:
        parts = urlsplit(plain)
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES if parts.scheme else not (parts.netloc or "\\" in plain)


def inline_html(markdown: str) -> str:
    """One line of Markdown (a quiz stem, an option) as clean HTML without a paragraph around it."""
    return sanitize(_plain().renderInline(markdown))


def story_html(markdown: str) -> str:
    """The body of a story as clean HTML: plain Markdown, no directives, no pictures."""
    return sanitize(_plain().disable("image").render(markdown))


def lesson_html(markdown: str, *, words: Words, pictures: Pictures) -> str:
    """A lesson as clean HTML with its directives and footnotes."""
    parser = _plain().use(footnote_plugin)
    _directives(parser, words)
    _footnotes(parser, words)
    _pictures(parser, pictures)
    return sanitize(parser.render(markdown))


def _plain() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
    parser.validateLink = is_safe_link  # type: ignore[method-assign, assignment]
    parser.add_render_rule("table_open", lambda *_: '<div class="table-scroll" tabindex="0" role="group"><table>')
    parser.add_render_rule("table_close", lambda *_: "</table></div>")
    parser.add_render_rule("th_open", lambda *_: '<th scope="col">')
    parser.core.ruler.at("inline", _inline)
    return parser


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.content.count("[") > MOST_BRACKETS:
            token.children = [Token("text", "", 0, content=token.content)]
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _directives(parser: MarkdownIt, words: Words) -> None:
    scenarios = iter(range(1, 10_000))
    open_scenarios: list[int] = []

    def title(tokens: Sequence[Token], index: int, name: str) -> str:
        return tokens[index].info.strip().removeprefix(name).strip()

    def card(_self: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        if tokens[index].nesting < 0:
            return "</aside>\n"
        heading = escapeHtml(title(tokens, index, "card"))
        return f'<aside class="card-note"><p class="card-note-title">{heading}</p>\n'

    def reveal(_self: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        if tokens[index].nesting < 0:
            return "</div></details>\n"
        return f'<details class="reveal"><summary>{escapeHtml(title(tokens, index, "reveal"))}</summary><div>\n'

    def scenario(_self: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        if tokens[index].nesting < 0:
            open_scenarios.pop()
            return "</section>\n"
        open_scenarios.append(next(scenarios))
        heading = escapeHtml(title(tokens, index, "scenario") or words["scenario"])
        return f'<section class="scenario"><p class="scenario-kicker">{heading}</p>\n'

    def choice(_self: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        if tokens[index].nesting < 0:
            return "</div></details>\n"
        verdict, _, label = title(tokens, index, "choice").partition(" ")
        number = open_scenarios[-1] if open_scenarios else 0
        return (
            f'<details class="choice" data-verdict="{escapeHtml(verdict)}" name="scenario-{number}"><summary>{escapeHtml(label)}</summary>'
            f'<div class="consequence"><p class="verdict">{escapeHtml(words[verdict])}</p>\n'
        )

    for name, rule in (("card", card), ("reveal", reveal), ("scenario", scenario), ("choice", choice)):
        parser.use(container_plugin, name, render=rule, validate=_begins_with(name))


def _begins_with(name: str) -> Callable[[str, str], bool]:
    def validate(params: str, *_rest: Any) -> bool:
        words = params.strip().split()
        if not words or words[0] != name:
            return False
        return name != "choice" or (len(words) > 2 and words[1] in VERDICTS)

    return validate


def _footnotes(parser: MarkdownIt, words: Words) -> None:
    def opening(*_rest: Any) -> str:
        return f'<section class="footnotes"><h2>{escapeHtml(words["sources"])}</h2><ol>\n'

    def marker(_self: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        number = int(tokens[index].meta["id"]) + 1
        again = tokens[index].meta.get("subId", 0)
        suffix = f"-{again}" if again else ""
        label = escapeHtml(words["source"].format(number=number))
        return f'<sup class="footnote-ref"><a href="#fn{number}" id="fnref{number}{suffix}" aria-label="{label}">{number}</a></sup>'

    def back(_self: object, tokens: Sequence[Token], index: int, *_rest: Any) -> str:
        number = int(tokens[index].meta["id"]) + 1
        return f' <a class="footnote-back" href="#fnref{number}" aria-label="{escapeHtml(words["back"])}">↩</a>'

    parser.add_render_rule("footnote_block_open", opening)
    parser.add_render_rule("footnote_block_close", lambda *_: "</ol></section>\n")
    parser.add_render_rule("footnote_ref", marker)
    parser.add_render_rule("footnote_anchor", back)


def _pictures(parser: MarkdownIt, pictures: Pictures) -> None:
    def image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        token = tokens[index]
        alt = escapeHtml(self.renderInlineAsText(token.children or [], options, env))
        picture = pictures(str(token.attrs["src"]))
        if picture is None:
            return f"<em>{alt}</em>"
        size = f' width="{picture.width}" height="{picture.height}"' if picture.width and picture.height else ""
        caption = f"<figcaption>{escapeHtml(str(token.attrs['title']))}</figcaption>" if token.meta.get("alone") and token.attrs.get("title") else ""
        return f'<img src="{escapeHtml(picture.address)}" alt="{alt}"{size} loading="lazy">{caption}'

    parser.add_render_rule("image", image)
    parser.core.ruler.after("inline", "figures", _figures)


def _figures(state: StateCore) -> None:
    """A paragraph that holds one picture and nothing else is a figure; the picture's title is its caption."""
    for before, inline, after in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        children = inline.children or []
        if before.type == "paragraph_open" and len(children) == 1 and children[0].type == "image":
            before.tag = after.tag = "figure"
            before.hidden = after.hidden = False
            children[0].meta["alone"] = True


@dataclass(frozen=True)
class Reference:
    """A link or picture in a text: where it leads, what it says, and on which line it stands."""

    is_picture: bool
    address: str
    words: str
    line: int


def references(markdown: str) -> list[Reference]:
    """Every link and picture of a lesson that a reader would get, in order."""
    parser = _plain().use(footnote_plugin)
    _directives(parser, dict.fromkeys(("scenario", *VERDICTS), ""))
    found: list[Reference] = []
    for token in parser.parse(markdown):
        line = token.map[0] + 1 if token.map else 0
        children = token.children or []
        for index, child in enumerate(children):
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            elif child.type == "image":
                found.append(Reference(True, str(child.attrs["src"]), child.content.strip(), line))
            elif child.type == "link_open":
                end = next(
                    place for place in range(index, len(children)) if children[place].type == "link_close" and children[place].level == child.level
                )
                words = "".join(part.content for part in children[index:end])
                found.append(Reference(False, str(child.attrs["href"]), words.strip(), line))
    return found
