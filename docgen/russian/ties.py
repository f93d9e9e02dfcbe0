"""Which words belong together, so that no line ends between them, and numbers with hyphens."""

from __future__ import annotations

import functools
import re
from enum import Enum
from typing import Final

from docgen.russian.letters import CAPITAL, SMALL

HELD_HYPHEN: Final = "\u2011"
"""A hyphen at which no line ends; LibreOffice and Word draw it as «-», and PDFs say «-»."""

DASHES: Final = frozenset({"–", "—", "-", "−"})


class Tie(Enum):
    """How a word holds on to the next.

    A ``LABEL`` stands before a number («ст. 5»), so the word after that is not ``COUNTED``, but one
    more number may be ``LISTED`` with it («№№ 1, 2»). ``LINKED`` words hold together only where the
    first of them is counted: «3 рабочих дня», «10 % оклада». A dash and the year after a month hold
    on in a ``LOOSE`` way.
    """

    HELD = 1
    LABEL = 2
    LOOSE = 3
    COUNTED = 4
    LINKED = 5
    LISTED = 6


LOOSE_TIES: Final = frozenset({Tie.LOOSE, Tie.COUNTED, Tie.LINKED, Tie.LISTED})
"""Ties that make long pieces, for which no column of a table is made wider."""


_OPENING: Final = "«„“\"'([{"
_CLOSING: Final = "»“”\"')]},;:.!?…"

_SHORT_LABEL_WORDS: Final = (
    "г. гор. с. д. п. ч. к. ул. ст. пп. подп. пр. просп. им. пос. дер. обл. пер. стр. кв. корп."
    " каб. ауд. оф. пом. пл. наб. ш. мкр. мкрн. х. тел. доб. вн. абз. разд. гл. рис. табл. прил."
    " т. тт. л. сер. вып. кл."
)
_SHORT_LABELS: Final = frozenset(_SHORT_LABEL_WORDS.split())
_STANDARDS: Final = frozenset({"ГОСТ", "Р", "СанПиН", "СП", "СНиП", "N"})
_LABELS: Final = re.compile(
    r"(?:стат(?:ь[а-яё]*|ей)|(?:под)?пункт[а-яё]*|част(?:ь|и|ью|ей|ям|ями|ях)|абзац[а-яё]*"
    r"|глав(?:а|ы|е|у|ой|ам|ами|ах)|раздел[а-яё]*|параграф[а-яё]*|приложени[а-яё]*"
    r"|таблиц[а-яё]*|рисун[а-яё]*|квартир[а-яё]*|дом[ауе]?|домом|корпус[а-яё]*|кабинет[а-яё]*"
    r"|аудитори[а-яё]*|комнат[а-яё]*|офис[а-яё]*|строени[а-яё]*|строк[а-яё]*|граф(?:а|ы|е|у|ой)"
    r"|страниц[а-яё]*|сери[яию]|том[ауе]?|модул[а-яё]*|этап[а-яё]*|тем[аыеу]|телефон[а-яё]*)"
)
_SEVERAL: Final = re.compile(
    r"№№|§§|пп\.|(?:под)?пункт(?:ы|ов|ам|ами|ах)|стат(?:ей|ьям|ьями|ьях)|част(?:ей|ям|ями|ях)"
)
_REFERENCE: Final = re.compile(rf"[\d{CAPITAL}A-Z«+(]")
_LABELLED: Final = re.compile(rf"[(+]?\d|[IVXLCDM]+\b|[«\"][{SMALL}][»\"]")
_ABBREVIATED: Final = {
    "и": frozenset({"др", "пр", "т.д", "т.п", "т"}),
    "в": frozenset({"т.ч", "т"}),
    "т.": frozenset({"д", "п", "е", "к", "н", "о", "ч"}),
    "и.": frozenset({"о"}),
    "н.": frozenset({"э"}),
    "до": frozenset({"н.э", "н"}),
    "ГОСТ": frozenset({"Р"}),
}
_NUMBER: Final = re.compile(
    r"(?!\d{6})[+±−–-]?(?:\d[\d.,/–-]*)?\d(?:-(?:[йеяюхм]|го|му|ми|ти|ой|ом|ая|ое|ую|ый|ые|ых|ым))?"
    r"|[IVX]+(?:-(?:[йеяюхм]|го|му|ой|ом))?"
)
_UNIT: Final = re.compile(r"[%‰°₽$€]")
_MONTH: Final = re.compile(
    r"(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)\b",
    re.IGNORECASE,
)
_MONTH_NAME: Final = re.compile(
    r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[ьяею]|март[ае]?|ма[йяе]"
    r"|август[ае]?)"
)
_TIME: Final = re.compile(r"(?:г\.|гг\.|год(?:а|у|ом|ы|ов)?\b|лет\b)", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}(?:\b|/)|\d\d_+")
_WORD: Final = re.compile(rf"[{SMALL}]+(?:-[{SMALL}]+)*")
_NOT_COUNTED_WORDS: Final = (
    "а без был была были было в ввиду во вместо где для до если есть её же за и из или им их к"
    " как ко которая которого которое которой которые который которых кто ли либо между на над не"
    " нет ни но о об обо около он она они оно от перед по под после при про с со сверх согласно"
    " среди так также такой то только у чем через что чтобы является это этого"
)
_NOT_COUNTED: Final = frozenset(_NOT_COUNTED_WORDS.split())
_LINKING: Final = re.compile(
    r"%|уч\.|тыс\.|тысяч[аи]?|млн|млрд|миллион(?:а|ов)?|миллиард(?:а|ов)?"
    r"|(?:рабоч|учебн|календарн|академическ|банковск|полн)[а-яё]+|[а-яё]+(?:[иы]х|[иы]е|[ео]го)"
)
_CLASS_LETTER: Final = re.compile(rf"[«\"][{CAPITAL}A-Z{SMALL}][»\"]|[{CAPITAL}]")
_CLASS: Final = re.compile(r"класс|групп|кл\.|параллел")
_CLASS_NUMBER: Final = re.compile(rf"\d{{1,2}}(?:-?[{CAPITAL}]|-?«[{CAPITAL}]»)")
_THOUSANDS: Final = re.compile(r"\d{3}(?![\d-])")
_PHONE: Final = re.compile(r"(?:\+\d|[78]|\(\d{3,5}\))")
_PHONE_REST: Final = re.compile(r"\(?\d{2,5}\)?(?:-\d{2,4})*")
_PHONE_END: Final = re.compile(r"\d{2,3}(?:-\d\d)+")
_DIGITS: Final = re.compile(r"\d{1,3}")
_PAIR: Final = re.compile(r"\d\d(?:-\d\d)*")
_SNILS: Final = re.compile(r"\d{3}-\d{3}-\d{3}")
"""The number of a pension insurance, which is copied into forms as it is."""
_PLAIN_NUMBER: Final = re.compile(rf"[№\d{CAPITAL}{SMALL}IVXLCDM.,/()+–-]+")
_DOMAIN: Final = re.compile(rf"\.[{CAPITAL}{SMALL}]{{2}}")
_HYPHEN: Final = re.compile(
    rf"(?<=[\d)])-(?=[\d{CAPITAL}{SMALL}(])|(?<=[{CAPITAL}{SMALL}])-(?=\d)"
    rf"|(?<=[IVXLCDM])-(?=[{CAPITAL}{SMALL}]{{1,3}}\b)"
)


@functools.lru_cache(maxsize=16384)
def tie(left: str, right: str) -> Tie | None:
    """Return how a word holds on to the one after the blank; None where a line may end.

    Cached, since papers of a school repeat most pairs of words.
    """
    if not left or not right:
        return None
    left, right = left.replace(HELD_HYPHEN, "-"), right.replace(HELD_HYPHEN, "-")
    if right in DASHES or (right[0] in "–—" and not right[1].isdigit()):
        return Tie.LOOSE
    first, second = left.lstrip(_OPENING), right.rstrip(_CLOSING)
    if left[-1] in "№§" or _is_label(first, right):
        return Tie.LABEL
    if second in _ABBREVIATED.get(first, ()) or _is_dated(left, right):
        return Tie.HELD
    if _YEAR.match(right) and _MONTH_NAME.fullmatch(first.lower()):
        return Tie.LOOSE
    if _CLASS.match(right) and (_CLASS_LETTER.fullmatch(left) or _CLASS_NUMBER.fullmatch(first)):
        return Tie.HELD
    if _are_digits(left, first, second):
        return Tie.HELD
    return _counting(first, right, second)


def _is_label(first: str, right: str) -> bool:
    """Return whether a word stands before its number or name."""
    if first in _SHORT_LABELS:
        return bool(_REFERENCE.match(right))
    if first in _STANDARDS:
        return right[0].isdigit()
    return bool(_LABELLED.match(right)) and bool(_LABELS.fullmatch(first.lower()))


def _is_dated(left: str, right: str) -> bool:
    """Return whether a word belongs to a day or a year: a month, «г.», «года», «лет»."""
    if not (left[-1].isdigit() or left[-1] in '»"_'):
        return False
    return bool(_MONTH.match(right) or (left[-1] not in '»"' and _TIME.match(right)))


def _are_digits(left: str, first: str, second: str) -> bool:
    """Return whether two groups of digits are one number, of money, a telephone or a passport."""
    if not (second[-1:].isdigit() or second[-1:] == ")" or left[-1] == ")"):
        return False
    if _DIGITS.fullmatch(first) and _THOUSANDS.match(second):
        return True
    if _PHONE.fullmatch(left) and _PHONE_REST.match(second):
        return True
    if _DIGITS.fullmatch(first) and _PHONE_END.fullmatch(second):
        return True
    return bool(_PAIR.fullmatch(second)) and bool(
        re.fullmatch(r"\d{2,3}|\d{3}-\d{3}-\d{3}|\d\d-\d\d", first)
    )


def _counting(first: str, right: str, second: str) -> Tie | None:
    """Return how a number holds on to what it counts."""
    is_word = _WORD.fullmatch(second) is not None and second not in _NOT_COUNTED
    if _NUMBER.fullmatch(first):
        if _CLASS_LETTER.fullmatch(right.rstrip(",;.")) and first[0].isdigit():
            return Tie.HELD
        return Tie.COUNTED if is_word or _UNIT.match(right) else None
    if first[-1:] == "," and second[:1].isdigit() and _NUMBER.fullmatch(first[:-1]):
        return Tie.LISTED
    if is_word and first[-1:] == "%" and _NUMBER.fullmatch(first[:-1]):
        return Tie.COUNTED
    if (is_word or _UNIT.match(right)) and _LINKING.fullmatch(first):
        return Tie.LINKED
    return None


def names_several(label: str) -> bool:
    """Return whether more than one number stands after a word such as «№№» or «пунктами»."""
    return _SEVERAL.fullmatch(label.lstrip(_OPENING)) is not None


@functools.lru_cache(maxsize=4096)
def hold_hyphens(word: str) -> str:
    """Return a word with a hyphen that does not break for each one beside a number.

    Addresses and СНИЛС, which are copied from documents, stay as they are.
    """
    core = word.lstrip(_OPENING).rstrip(_CLOSING)
    if not _PLAIN_NUMBER.fullmatch(core) or _SNILS.fullmatch(core) or _DOMAIN.search(core):
        return word
    return _HYPHEN.sub(HELD_HYPHEN, word)
