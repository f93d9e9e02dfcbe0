"""Names of places after a type in the plural: «сёла Ахты и Касумкент» stay, each of them."""

from __future__ import annotations

import re
from typing import Final

from docgen.russian.tokens import Token

_SURE: Final = re.compile(
    r"(?:городов|город(?:ам|ами|ах)|сёл(?:а|ам|ами|ах)?|сел(?:ам|ами|ах)|деревень"
    r"|(?:деревня|станция)(?:м|ми|х)|станиц(?:ам|ами|ах)?|слобод(?:ам|ами|ах)?"
    r"|пос[её]лк(?:и|ов|ам|ами|ах)|(?:аул|улус|хутор|наслег)(?:ы|ов|ам|ами|ах)|республик(?:ам|ами|ах)?)",
    re.IGNORECASE,
)
_MAYBE: Final = re.compile(
    r"города|деревни|станицы|слободы|станции|хутора|республики", re.IGNORECASE
)
"""Plurals that are a genitive of one, too: two names after them tell."""
_NAME: Final = re.compile("[А-ЯЁ][А-ЯЁа-яё‑-]*")
_ADJECTIVE: Final = re.compile(r"[А-ЯЁ][а-яё-]+(?:ий|ый|ой|ая|яя|ое|ее|ие|ые)")


def listed_end(tokens: list[Token], place: int) -> int:
    """Return where the names after a plural type end, 0 where there is no such type."""
    word = tokens[place].text
    is_sure = _SURE.fullmatch(word) is not None
    if not is_sure and not _MAYBE.fullmatch(word):
        return 0
    names, end = 0, 0
    start = place + 2
    while _is_name(tokens, start):
        end = _end_of_name(tokens, start)
        names += 1
        start = _after_link(tokens, end)
    return end if names >= (1 if is_sure else 2) else 0


def _is_name(tokens: list[Token], place: int) -> bool:
    before = place - 1
    return (
        0 < place < len(tokens)
        and tokens[before].kind in {"space", "break"}
        and tokens[place].kind == "word"
        and _NAME.fullmatch(tokens[place].text) is not None
    )


def _end_of_name(tokens: list[Token], start: int) -> int:
    """Return the place behind a name of one word or of adjectives and a word."""
    end = start + 1
    while _ADJECTIVE.fullmatch(tokens[end - 1].text) and _is_name(tokens, end + 1):
        if tokens[end].kind != "space" or _is_oblique(tokens[end + 1].text):
            break
        end += 2
    return end


def _is_oblique(word: str) -> bool:
    return word.lower().endswith(("ского", "ской", "цкого", "цкой"))


def _after_link(tokens: list[Token], end: int) -> int:
    """Return where the next name of a list may begin: after «и» or a comma."""
    if end + 2 < len(tokens) and tokens[end].text.strip() == ",":
        return end + 1 + (tokens[end + 1].kind == "space")
    if end + 3 < len(tokens) and tokens[end + 1].text.lower() in {"и", "или"}:
        return end + 3
    return 0
