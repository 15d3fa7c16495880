"""JSON Schema with sentences: what a schema has against an author's document, at the line where it stands."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.validators import extend

from app.core.authored import Fault, Parts, Tree

_whole = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _checker, value: isinstance(value, int) and not isinstance(value, bool))
_Validator: Final = extend(Draft202012Validator, type_checker=_whole)  # type: ignore[no-untyped-call]
_TYPES: Final[Mapping[str, str]] = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "empty",
}


def schema_faults(tree: Tree, schema: Mapping[str, Any]) -> list[Fault]:
    """What `schema` has against a document, in the order of its lines."""
    found: set[Fault] = set()
    for error in _Validator(schema).iter_errors(tree.data):
        path: Parts = tuple(error.absolute_path)
        found.update(tree.fault(sentence, *path, *more) for more, sentence in _sentences(error, _spoken(path)))
    return sorted(found)


def _sentences(error: Any, where: str) -> Iterator[tuple[Parts, str]]:
    limit, value = error.validator_value, error.instance
    if error.validator == "required":
        inside = f" in {where}" if where else ""
        yield from (((), f"“{name}” is missing{inside}.") for name in limit if name not in value)
    elif error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        yield from (((name,), _unknown(name, known)) for name in value if name not in known)
    elif error.validator in _SAID:
        yield (), f"{where or 'This'} {_SAID[error.validator](limit, value)}."
    else:
        yield (), f"{where or 'This'} is not as it should be. {error.schema.get('description', error.validator)}"


def _unknown(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"“{name}” is not known here. " + (f"Did you mean “{near[0]}”?" if near else "Remove it.")


def _type(limit: Any, value: Any) -> str:
    wanted = limit if isinstance(limit, list) else [limit]
    hint = " (put quotes around it)" if "string" in wanted and isinstance(value, int | float) else ""
    return f"must be {' or '.join(_TYPES[each] for each in wanted)}{hint}"


_SAID: Final[Mapping[str, Callable[[Any, Any], str]]] = {
    "type": _type,
    "enum": lambda limit, _value: f"must be one of these: {', '.join(map(str, limit))}",
    "minLength": lambda limit, _value: "is empty" if limit == 1 else f"must have at least {limit} characters",
    "maxLength": lambda limit, value: f"must have at most {limit} characters, and has {len(value)}",
    "minItems": lambda limit, value: f"needs at least {limit} {'entry' if limit == 1 else 'entries'}, and has {len(value)}",
    "maxItems": lambda limit, value: f"takes at most {limit} entries, and has {len(value)}",
    "minimum": lambda limit, _value: f"must be at least {limit}",
    "maximum": lambda limit, _value: f"must be at most {limit}",
    "uniqueItems": lambda _limit, _value: "names something twice",
}


def _spoken(path: Parts) -> str:
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return f"“{text.removeprefix('.')}”" if text else ""
