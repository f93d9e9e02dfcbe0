"""No-break spaces, and words that mix Latin and Cyrillic letters."""

from __future__ import annotations

import functools
import re

NBSP = "\u00a0"
_MONTHS = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_INITIALS = r"[А-ЯЁ]\.(?:[ \u00a0]?-?[А-ЯЁ]\.)*"
_SURNAME = r"[А-ЯЁ][а-яё]+"

# Signs of which a text must hold one for the pattern to find anything, and the pattern.
_GLUES = tuple(
    (re.compile(f"[{signs}]"), re.compile(pattern))
    for signs, pattern in (
        ("№§", r"(?<=[№§]) (?=\S)"),
        # Initials on either side of the surname, and between themselves.
        (".", rf"(?<=[А-ЯЁ]\.) (?={_SURNAME}(?![а-яё]*\.))"),
        (".", rf"(?<=[а-яё]) (?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.(?![ \u00a0]?{_SURNAME}))"),
        (".", r"(?<=[а-яё]) (?=[А-ЯЁ]\.(?=[ \u00a0][а-яё]|[,;)]|$))"),
        (".", r"(?<=[А-ЯЁ]\.) (?=[А-ЯЁ]\.)"),
        (r"\d", rf"(?<=\d) (?=(?:{_MONTHS})\b)"),
        ('»"', rf"(?<=[»\"]) (?=(?:{_MONTHS}) \d{{4}})"),
        ('»"', rf"(?<=[»\"]) (?=(?:{_MONTHS})\u00a0\d{{4}})"),
        ('«"', r"(?<=[«\"]) (?=\d{1,2}[ \u00a0][»\"])"),
        ('«"', r"(?<=[«\"]\u00a0\d\d) (?=[»\"])"),
        ('«"', r"(?<=[«\"]\u00a0\d) (?=[»\"])"),
        (r"\d", r"(?<=\d) (?=(?:г\.|гг\.|год\b|года\b|году\b|годом\b|годы\b|годов\b|лет\b))"),
        # Short words that belong to the number or the name after them; blanks are found fastest.
        (
            ".",
            r" (?=[\dА-ЯЁ«])(?:(?<=\bг\. )|(?<=\bс\. )|(?<=\bд\. )|(?<=\bп\. )|(?<=\bч\. )"
            r"|(?<=\bк\. ))",
        ),
        (
            ".",
            r" (?=[\dА-ЯЁ«])(?:(?<=\bул\. )|(?<=\bст\. )|(?<=\bпп\. )|(?<=\bпр\. )|(?<=\bим\. ))",
        ),
        (
            ".",
            r" (?=[\dА-ЯЁ«])(?:(?<=\bпос\. )|(?<=\bдер\. )|(?<=\bобл\. )|(?<=\bпер\. )"
            r"|(?<=\bстр\. ))",
        ),
    )
)


@functools.lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """Return the text with U+00A0 for each space that must not break.

    After № and §, between initials and surname, inside dates, before «г.» and «года», and after
    «г.», «ул.», «ст.» and the like. The length of the text stays, and so does a text typeset once.
    """
    for signs, glue in _GLUES:
        if signs.search(text):
            text = glue.sub(NBSP, text)
    return text


_LATIN_TWINS = "AaBCcEeHKkMOoPpTXxyu"
_WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/?\S*")
_ROMAN = re.compile(r"[IVXLCDM]+(?:[а-яё]{0,3})")


def find_lookalikes(text: str) -> str:
    """Return the first word that mixes Latin and Cyrillic lookalikes, else an empty text.

    Addresses, Roman numerals and hyphenated pairs such as «IT-специалист» are no mixture.
    """
    for match in _WORD.finditer(_LINK.sub(" ", text)):
        word = match[0]
        latin = [letter for letter in word if letter.isascii()]
        if not latin or len(latin) == len(word) or _ROMAN.fullmatch(word):
            continue
        if any(letter in _LATIN_TWINS for letter in latin):
            return word
    return ""
