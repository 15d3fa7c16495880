"""Parts of pages that read the same for many people, printed once per process and kept."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final

from flask import current_app
from markupsafe import Markup

from app.core.kept import Kept
from app.web.i18n import language

_parts: Final[Kept[tuple[Hashable, ...], Markup]] = Kept(most=2_000)


def printed(template: str, key: Hashable, about: Callable[[], Mapping[str, Any]]) -> Markup:
    """`template` with what `about` gives, in the language of this moment; kept under `key`, which names everything that its words depend on.

    Nothing of the request reaches the template, neither person nor token nor nonce, so that nothing personal can be kept by mistake.
    """
    whole = (template, language(), key)

    def print_it(_keys: object) -> dict[tuple[Hashable, ...], Markup]:
        return {whole: Markup(current_app.jinja_env.get_template(template).render(about()))}  # noqa: S704  # a rendered template

    return _parts.of([whole], print_it)[whole]
