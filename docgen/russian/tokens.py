"""Cutting a phrase into words, quoted names, brackets, names of people and breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.russian import morphology
from docgen.russian.letters import CAPITAL, SMALL

_TOKEN = re.compile(
    r"(?P<quoted>«(?:[^«»]|«[^«»]*»?)*»|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]"
    # What opens and never closes goes on to the end: nobody knows where the name would end.
    r"|«[\s\S]*\Z|\"[^\"]*\Z|“[^”]*\Z|„[^“”]*\Z|\([^)]*\Z)"
    r"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<name>(?:[{CAPITAL}]\.\s?){{1,2}}\s?[{CAPITAL}][{SMALL}-]+"
    rf"|[{CAPITAL}][{SMALL}]+(?:-[{CAPITAL}][{SMALL}]+)*\s(?:[{CAPITAL}]\.\s?){{1,2}})"
    rf"|(?P<abbreviation>[иИ]\.\s?о\.|[{CAPITAL}{SMALL}]{{1,6}}\.)"
    r"|(?P<ordinal>\d+[-‑](?:[йяе]|[ыо]й|ая|[ыо]е)(?![а-яё]))"
    rf"|(?P<word>[A-Za-z{CAPITAL}{SMALL}]+(?:[-‑’'][A-Za-z{CAPITAL}{SMALL}]+)*)"
    r"|(?P<break>,|;|\s[–—-]\s|(?<!\d)/|/(?!\d))"
    r"|(?P<space>\s+)"
    r"|(?P<other>[^\s\w]|\w+)"
)


@dataclass(slots=True)
class Token:
    """A piece of a phrase; ``form`` is filled in when it is declined."""

    kind: str
    text: str
    form: str


_LED_TITLE = re.compile(r"([А-ЯЁа-яё]{3,})([-‑])([а-яё]+(?:ий|ый|ой|ая|яя|ое|ее))")


def to_tokens(text: str) -> list[Token]:
    """Return the tokens of a phrase; joined they are the phrase again."""
    found = [
        Token(match.lastgroup or "other", match[0], match[0]) for match in _TOKEN.finditer(text)
    ]
    for place in range(len(found) - 3, -1, -1):
        parts = _LED_TITLE.fullmatch(found[place].text)
        is_place = parts is not None and parts[1].istitle() and parts[3].istitle()
        if not parts or is_place:
            continue
        if _leads_noun(parts[3], found[place + 2]) and _is_noun(parts[1]):
            kinds = ("word", "break", "word")
            pieces = zip(kinds, parts.groups(), strict=True)
            found[place : place + 1] = [Token(kind, piece, piece) for kind, piece in pieces]
    return found


def _is_noun(word: str) -> bool:
    return morphology.is_known(word) and morphology.is_nominative_noun(word)


def _leads_noun(adjective: str, token: Token) -> bool:
    """Whether a hyphen stands for a dash: «школа-детский сад» is two titles."""
    if token.kind != "word":
        return False
    genders = {each.gender for each in morphology.readings_of(adjective) if not each.is_noun}
    return any(
        each.is_noun and each.gender in genders for each in morphology.readings_of(token.text)
    )


def without_spaces(tokens: list[Token]) -> list[Token]:
    """Return the tokens that are not spaces (the same objects)."""
    return [token for token in tokens if token.kind != "space"]


def to_parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the parts between commas, spaced dashes and slashes outside brackets."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "break" and depth <= 0:
            yield part
            part = []
        else:
            part.append(token)
    yield part
