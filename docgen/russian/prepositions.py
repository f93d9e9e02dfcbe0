"""The long forms of short prepositions: «со статьёй», «во вторник», «об учителе»."""

from __future__ import annotations

import re

from docgen.russian.letters import CAPITAL

_VOWEL = "аеёиоуыэюя"
_NOT_VOWEL = f"(?![{_VOWEL}ьъ])[а-я]"

_LONG = {
    # Граудина, Ицкович, Катлинская: before с, з, ш, ж with one more consonant, before щ, and before
    # some clusters of a first syllable.
    "с": (
        "со",
        re.compile(
            rf"[сзшж]{_NOT_VOWEL}|щ|вс{_NOT_VOWEL}|вс[её]|вт[оа]р|мно[йю]|льв|льд|рт[аоу]\b"
        ),
    ),
    "в": ("во", re.compile(rf"[вф]{_NOT_VOWEL}|мне\b|льв|льд|рту\b|исполнение\b|избежание\b")),
    "к": ("ко", re.compile(r"вс[её]|втор|мне\b|льв|дню\b|многи")),
    "о": ("об", re.compile(r"[аиоуэ]")),
}
_OBO = re.compile(r"мне\b|вс[её]")
_SPELT = re.compile(f"[{CAPITAL}A-Z]{{2,}}")
_QUOTES = "«\"„“'( "


def with_preposition(preposition: str, text: str) -> str:
    """Return the text after «с», «в», «к» or «о», in its long form where the text needs it.

    An opener may end in the preposition («В соответствии с»). Abbreviations keep the short form,
    as do all other words before a text.
    """
    opener, space, last = preposition.rstrip().rpartition(" ")
    word = text.lstrip(_QUOTES)
    if not _SPELT.match(word):
        last = _lengthened(last, word.lower())
    return f"{opener}{space}{last} {text}"


def _lengthened(preposition: str, word: str) -> str:
    short = preposition.lower()
    if short == "о" and _OBO.match(word):
        return preposition + "бо"
    longer, before = _LONG.get(short, (short, None))
    return preposition[0] + longer[1:] if before is not None and before.match(word) else preposition
