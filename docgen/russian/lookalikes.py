"""Letters of the wrong alphabet: a Latin o in «Бoндаренко», a lone Latin c for «с»."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from docgen.russian.letters import CAPITAL, SMALL

_LATIN_TWINS: Final = frozenset("AaBCcEeHKkMOoPpTXxyu")
_RUSSIAN_TWINS: Final = frozenset("АаВСсЕеНКкМОоРрТХхуи")
_TO_RUSSIAN: Final = str.maketrans("AaBCcEeHKkMOoPpTXxyu", "АаВСсЕеНКкМОоРрТХхуи")
_WORD: Final = re.compile(f"[A-Za-z{CAPITAL}{SMALL}]+")
_LATIN: Final = re.compile("[A-Za-z]")
_RUSSIAN: Final = re.compile(f"[{CAPITAL}{SMALL}]")
# Each begins where its word does: looked for at each letter, a long word takes the square of it.
_LINK: Final = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\S)\S+@\S+"
    r"|(?<![A-Za-z0-9-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/?\S*"
)
_INITIALS: Final = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z](?![A-Za-z0-9-])")
"""Letters with stops between them, which are no address."""
_ROMAN: Final = re.compile(r"(?:[IVXLCDM]{2,}|[IVLD])[а-яё]{0,3}|X(?:й|го|му|м|ый|ая|ое)")
_MOST_OF_A_CODE: Final = 3
_CODE_BESIDE: Final = re.compile(r"\d-?$"), re.compile(r"-?\d")

_INITIAL: Final = "[ABCEHKMOPTX]"
_LONE: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # Initials: «Шапиро A.Г.», «Шапиро А.H.», «Шапиро A.H.», «A.Иванов».
        rf"(?<![\w.])({_INITIAL})\.(?=\s?[{CAPITAL}]\.|[{CAPITAL}][{SMALL}])",
        rf"(?<=[{CAPITAL}]\.)({_INITIAL})\.",
        rf"(?<=[{CAPITAL}]\.\s)({_INITIAL})\.",
        rf"(?<=[{SMALL}]\s)({_INITIAL})\.(?=\s?{_INITIAL}\.)",
        # A small word between Russian ones: «c 1 сентября», «родители o детях».
        rf"(?:^|(?<=[{SMALL}.,;:()«»]\s)|(?<=[(«]))([coaky])(?=\s[{SMALL}{CAPITAL}«0-9])",
        # The same at the beginning of a sentence: «B соответствии».
        rf"(?:^|(?<=[.!?;:]\s)|(?<=[«(]))([BCOKA])(?=\s(?!класс|групп|корпус|вариант|литер)[{SMALL}])",
    )
)
_AFTER_A_NAMED_ONE: Final = re.compile(
    r"(?:класс\w*|групп\w*|витамин\w*|вариант\w*|корпус\w*|литер\w*|категори\w*|част\w*|"
    r"точк\w*|пункт\w*|сери\w*|тип\w*)\s$",
    re.IGNORECASE,
)
"""What a letter names: there the Latin one may be meant."""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A letter of the wrong alphabet: its word, its place there from 1, whether it is Latin."""

    word: str
    letter: str
    place: int
    is_latin: bool


def in_russian_letters(text: str) -> str:
    """Return a text with Russian letters for the Latin ones that look like them."""
    return text.translate(_TO_RUSSIAN)


def find_lookalikes(text: str) -> str:
    """Return the first word that mixes Latin and Cyrillic lookalikes, else an empty text.

    Addresses, Roman numerals, codes and hyphenated pairs such as «IT-специалист» are no mixture,
    and neither are foreign words that a Russian one follows at once: «USBкабель».
    """
    if _LATIN.search(text) is None:
        return ""
    return next((one.word for one in _mixed_words(_without_links(text))), "")


@functools.lru_cache(maxsize=4096)
def every_lookalike(text: str) -> tuple[Lookalike, ...]:
    """Return every letter of the wrong alphabet: in mixed words, in initials, alone as a word.

    Letters of classes and the like («9 A», «корпус B») may be either. Of addresses only those are
    told that lead nowhere for a Russian letter among Latin ones: «schооl@mail.ru».
    """
    if _LATIN.search(text) is None or _RUSSIAN.search(text) is None:
        return ()
    bare = _without_links(text)
    links = " ".join(_LINK.findall(text))
    in_links = (one for one in _mixed_words(links) if not one.is_latin)
    return (*_mixed_words(bare), *_lone_letters(bare), *in_links)


def _without_links(text: str) -> str:
    """Return a text with blanks in place of its addresses."""
    return _LINK.sub(
        lambda match: match[0] if _INITIALS.match(match[0]) else " " * len(match[0]), text
    )


def _lone_letters(text: str) -> Iterator[Lookalike]:
    for pattern in _LONE:
        for match in pattern.finditer(text):
            if not _AFTER_A_NAMED_ONE.search(text, 0, match.start(1)):
                yield Lookalike(match[0].strip(), match[1], 1, is_latin=True)


def _mixed_words(text: str) -> Iterator[Lookalike]:
    for match in _WORD.finditer(text):
        word = match[0]
        latin = sum(letter.isascii() for letter in word)
        if not latin or latin == len(word) or _ROMAN.fullmatch(word) or _is_code(match):
            continue
        is_latin_odd = _LATIN_TWINS.issuperset(one for one in word if one.isascii())
        is_russian_odd = _RUSSIAN_TWINS.issuperset(one for one in word if not one.isascii())
        if is_latin_odd and is_russian_odd:
            # Either would do: the letters that are fewer are the slip.
            is_latin_odd = 2 * latin <= len(word)
        if is_latin_odd or is_russian_odd:
            place = next(n for n, one in enumerate(word) if one.isascii() is is_latin_odd)
            yield Lookalike(word, word[place], place + 1, is_latin_odd)


def _is_code(match: re.Match[str]) -> bool:
    """Whether a few capitals stand beside a number: «К123AВ77», «АB-123»."""
    word, text = match[0], match.string
    if len(word) > _MOST_OF_A_CODE or not word.isupper():
        return False
    before, after = _CODE_BESIDE
    start = max(0, match.start() - 2)
    return bool(before.search(text, start, match.start()) or after.match(text, match.end()))
