r"""The code of a Word field, such as ``REF _Ref1 \h``: its name, arguments and switches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_QUOTED: Final = r'"(?:\\.|[^"\\])*"?|“[^”]*”?|«[^»]*»?|„[^“”]*[“”]?'
_TOKEN: Final = re.compile(rf"(?P<switch>\\[^\s\"\\])|(?P<text>{_QUOTED}|[^\s\"“«„\\]+)|\\+")
_ESCAPE: Final = re.compile(r"\\(.)")
_NAME: Final = re.compile(r"\s*(=|[^\s\\\"]+)\s*")
_GENERAL: Final = frozenset("*@#")
_TAKING_TEXT: Final = {
    "TOC": frozenset("abcdflopst"),
    "REF": frozenset("d"),
    "SEQ": frozenset("rs"),
    "MERGEFIELD": frozenset("bf"),
    "HYPERLINK": frozenset("lot"),
}
"""Which switches of a field are followed by a text; those of ``_GENERAL`` are in every field."""


@dataclass(frozen=True, slots=True)
class FieldCode:
    r"""A code read: ``name`` in capitals; each switch with its text, empty when it has none.

    A switch is its letter in lower case, e.g. ``h`` of ``\h``.
    """

    name: str
    arguments: tuple[str, ...] = ()
    switches: tuple[tuple[str, str], ...] = ()

    @property
    def argument(self) -> str:
        """The first argument, empty when there is none."""
        return self.arguments[0] if self.arguments else ""

    def has(self, switch: str) -> bool:
        """Return whether a switch stands in the code."""
        return any(one == switch for one, _ in self.switches)

    def texts_of(self, switch: str) -> list[str]:
        """Return the texts of a switch, one for each time that it stands in the code."""
        return [text for one, text in self.switches if one == switch]


def read_field_code(code: str) -> FieldCode:
    """Return a code read; a formula has the name ``=``."""
    found = _NAME.match(code)
    if found is None:
        return FieldCode("")
    name = found[1].upper()
    if name.startswith("="):
        return FieldCode("=", (code.strip().removeprefix("="),))
    taking = _GENERAL | _TAKING_TEXT.get(name, frozenset())
    arguments: list[str] = []
    switches: list[tuple[str, str]] = []
    awaits_text = False
    for token in _TOKEN.finditer(code, found.end()):
        if token["switch"]:
            letter = token["switch"][1].lower()
            switches.append((letter, ""))
            awaits_text = letter in taking
        elif token["text"]:
            text = _unquoted(token["text"])
            if awaits_text:
                switches[-1] = (switches[-1][0], text)
            else:
                arguments.append(text)
            awaits_text = False
    return FieldCode(name, tuple(arguments), tuple(switches))


def _unquoted(text: str) -> str:
    if text[:1] == '"':
        return _ESCAPE.sub(r"\1", text[1:].removesuffix('"'))
    if text[:1] in {"“", "„", "«"}:
        return text[1:].rstrip("”“»")
    return text
