"""Values of the archive's records, as cells of a register show them."""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Iterable
from typing import Final

_WITH_TEXT: Final = frozenset({"Phrase", "PersonName", "Reference"})
_JOINED: Final = "; "


def shown_value(kept: str) -> str | dt.date | None:
    """Return what a cell said, given Python's ``repr`` of its value; None if that is not known.

    Of what was built before it was signed the archive knows some values by their hashes alone.
    """
    try:
        return _shown(ast.parse(kept, mode="eval").body)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        return None


def _shown(node: ast.expr) -> str | dt.date | None:
    match node:
        case ast.Constant(value=bool(is_set)):
            return "да" if is_set else None
        case ast.Constant(value=str(text)):
            return text or None
        case ast.Constant(value=int(number)):
            return str(number)
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str(digits))]):
            return digits.replace(".", ",")
        case ast.Call(func=ast.Name(id=name), keywords=keywords) if name in _WITH_TEXT:
            return next((_shown(one.value) for one in keywords if one.arg == "text"), None)
        case ast.Call(func=ast.Attribute(attr="date"), args=parts):
            return dt.date(*_numbers(parts))
        case ast.Tuple(elts=items):
            texts = [_shown(item) for item in items]
            known = [text for text in texts if isinstance(text, str)]
            return _JOINED.join(known) if known and len(known) == len(texts) else None
    return None


def _numbers(nodes: Iterable[ast.expr]) -> list[int]:
    return [
        node.value for node in nodes if isinstance(node, ast.Constant) and type(node.value) is int
    ]
