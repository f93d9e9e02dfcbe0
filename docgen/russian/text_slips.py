"""Slips of the keyboard in official Russian: unpaired marks, room left for words, wrong cases.

Only what is wrong in any text is a slip: each rule has its innocent twins in a test. Prepositions
and their cases follow Д. Э. Розенталь, «Справочник по правописанию», §§ 198-201.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from docgen.russian.case_readings import dative_instead
from docgen.russian.letters import CAPITAL, SMALL
from docgen.russian.morphology import is_adjective, is_known


class SlipKind(enum.StrEnum):
    """What sort of slip it is: how much it matters to who signs."""

    UNPAIRED = "unpaired"
    PLACEHOLDER = "placeholder"
    TYPING = "typing"


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: the words it stands in, and what to do about it, in Russian."""

    kind: SlipKind
    found: str
    advice: str


_LETTER: Final = f"[{CAPITAL}{SMALL}]"
_AROUND: Final = 24

# --- marks in pairs --------------------------------------------------------------------------

_ITEM_NUMBER: Final = re.compile(rf"(?<![\w(])(?:\d{{1,3}}|[{SMALL}{CAPITAL}a-z])\)$")
"""A bracket that closes the number of an item, «1)» or «а)», opens nowhere."""
_BRACKETS: Final = {")": "(", "]": "["}
_BRACKET: Final = re.compile(r"[()\[\]]")
_QUOTE: Final = re.compile("[«»]")


def _unpaired(text: str) -> Iterator[Slip]:
    yield from _unpaired_quotes(text)
    opened: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        sign, place = found[0], found.start()
        if sign not in _BRACKETS:
            opened.append((sign, place))
        elif opened or not _ITEM_NUMBER.search(text, max(0, place - 4), place + 1):
            if not opened or opened[-1][0] != _BRACKETS[sign]:
                yield _pair(text, place, f"скобка «{sign}» без открывающей")
                return
            opened.pop()
    for sign, place in opened[:1]:
        yield _pair(text, place, f"скобка «{sign}» не закрыта")


def _unpaired_quotes(text: str) -> Iterator[Slip]:
    """Yield a slip where a quotation ends that never began, or the reverse.

    Two that end together are closed by one mark: «Положение «О порядке» is right.
    """
    opened: list[int] = []
    is_shared = False
    for found in _QUOTE.finditer(text):
        if found[0] == "«":
            opened.append(found.start())
            continue
        if not opened:
            yield _pair(text, found.start(), "закрывающая кавычка без открывающей")
            return
        is_shared = len(opened) == 2
        opened.pop()
    if opened and not (is_shared and len(opened) == 1):
        yield _pair(text, opened[-1], "открывающая кавычка без закрывающей")
    if text.count('"') % 2 and not re.search(r'\d"', text):
        yield _pair(text, text.rindex('"'), "кавычка без пары")


def _pair(text: str, place: int, what: str) -> Slip:
    return Slip(SlipKind.UNPAIRED, _near(text, place), f"{what}; поставьте пару или уберите")


# --- room left for words ---------------------------------------------------------------------

_PLACEHOLDERS: Final = {
    "(": re.compile(
        r"\([^()]*(?:…|\.\.\.)\s*\)"
        r"|\((?:указать|укажите|вписать|впишите|вставить|вставьте)\b[^()]*\)"
        r"|\((?:[а-яё]+ное )?(?:название|наименование) (?:[а-яё]+ой |[а-яё]+ого )*"
        r"(?:организации|школы|учреждения|сада|колледжа|техникума|органа|ОО|ОУ|ДОУ|ДОО)\)",
        re.IGNORECASE,
    ),
    "[": re.compile(r"\[(?!\d+\])[^\[\]]+\]"),
    "<": re.compile(r"(?<!<)<[^<>]{2,40}>(?!>)"),
    "ХХ": re.compile(r"\bХ{2,}(?:\.Х{2,})*\b"),
    "XX": re.compile(r"\bX{4,}\b"),
}
"""Patterns of room left for words, by a sign that each needs: few texts have any."""


def _placeholders(text: str) -> Iterator[Slip]:
    for sign, pattern in _PLACEHOLDERS.items():
        if sign in text:
            for found in pattern.finditer(text):
                yield Slip(
                    SlipKind.PLACEHOLDER, found[0], "место для слов не заполнено; впишите их"
                )


# --- slips of typing -------------------------------------------------------------------------

_AGREEING: Final = re.compile(
    rf"\b(согласно|вопреки) (?:[{SMALL}]+(?:ого|его|ой|ей|ых|их) ){{0,3}}"
    rf"([{CAPITAL}{SMALL}][{SMALL}]{{3,}})(?![\w-])",
    re.IGNORECASE,
)
_ALIKE: Final = re.compile(r"привод|привед|привест|\bим\w+ (?:[а-яё]+ )?$", re.IGNORECASE)
"""Words before which the same ones are right: «привести в соответствие с», «имея в виду»."""
_TASKS: Final = re.compile(
    r"(?:мероприяти|мер|работ|план|комисси|действи|задач|деятельност)[а-яё]* $", re.IGNORECASE
)
"""What is done for an end: «мероприятия по завершению ремонта»."""
_ENDS: Final = frozenset({"окончанию", "завершению"})
_CASES: Final = {
    "окончанию": (r"\bпо окончанию\b", "по окончании"),
    "завершению": (r"\bпо завершению\b", "по завершении"),
    "истечению": (r"\bпо истечению\b", "по истечении"),
    "прибытию": (r"\bпо прибытию\b", "по прибытии"),
    "в течении": (
        r"\bв течении (?=\d|всего|года|месяц|учебн|недел|дн|срок|период|одного|двух|трёх|трех"
        r"|четверт|полугод|суток)",
        "в течение",
    ),
    "не смотря": (r"\bне смотря на\b", "несмотря на"),
    "вследствии": (r"\bвследствии\b", "вследствие"),
    "в следствие": (r"\bв следствие\b", "вследствие"),
    "в виду": (r"\bв виду (?=[а-яё]+(?:и|ия|ы|а|ния|ти)\b)", "ввиду"),
    "по приезду": (r"\bпо приезду\b", "по приезде"),
    "соответсви": (r"\bв соответсви[ие]\b", "в соответствии"),
    "на основание": (
        r"^на основание\b|\bна основание (?=приказ|протокол|решени|заявлени|письм|закон|распоряж"
        r"|постановл|положени|договор|пункта|статьи)",
        "на основании",
    ),
    "соответствие с": (r"\bв соответствие с\b", "в соответствии с"),
    "в соответствии": (r"\bв соответствии (?:к|согласно)\b", "в соответствии с"),
}
"""Wrong cases after prepositions by words that each has: what is wrong, what is right."""
_PAPER_FORMS: Final = {
    "план мероприятий, плана мероприятий, плану мероприятий, планом мероприятий": "ив р д т",
    "плане мероприятий": "п",
    "дорожная карта, дорожной карты, дорожной карте, дорожную карту, дорожной картой": "и р дп в т",
}
_WORD_FORMS: Final = {
    "план, плана, плану, планом, плане": "ив р д т п",
    "порядок, порядка, порядку, порядком, порядке": "ив р д т п",
    "алгоритм, алгоритма, алгоритму, алгоритмом, алгоритме": "ив р д т п",
    "регламент, регламента, регламенту, регламентом, регламенте": "ив р д т п",
    "перечень, перечня, перечню, перечнем, перечне": "ив р д т п",
    "список, списка, списку, списком, списке": "ив р д т п",
    "положение, положения, положению, положением, положении": "ив р д т п",
    "программа, программы, программе, программу, программой": "и р дп в т",
}
_PAPER_CASES: Final = {
    form: cases
    for words, each in (_PAPER_FORMS | _WORD_FORMS).items()
    for form, cases in zip(words.split(", "), each.split(), strict=True)
}
"""The cases in which a form stands, by their first letters."""
_PAPERS: Final = "|".join(", ".join(_PAPER_FORMS).split(", "))
_WORDS: Final = "|".join(", ".join(_WORD_FORMS).split(", "))
_NAMED_TWICE: Final = re.compile(
    rf"\b(?P<verb>(?:утвердить|разработать|согласовать|принять) (?:прилагаем[а-я]+ )?)?"
    rf"(?P<one>{_PAPERS}|{_WORDS}) \((?P<mark>[«\"]?)"
    rf"(?P<two>(?:{_PAPERS})\b|(?:{_WORDS})(?=[»\"]?\)))",
    re.IGNORECASE,
)
"""A single word is a second name only when it fills the brackets: «(порядка 30 человек)»."""
_GLUED: Final = re.compile(
    r"\b(?:(в)(?=соответствии\b|целях\b|рамках\b|связи\b)|(на)(?=основании\b)|(во)(?=исполнение\b)"
    r"|(по)(?=итогам\b|вопросам\b|результатам\b|согласованию\b))(\w+)",
    re.IGNORECASE,
)
_MONTHS: Final = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_GLUED_NUMBER: Final = re.compile(
    rf"\b\d{{1,4}}(?:{_MONTHS}|года|году|часов|человек|рублей|приложени[ея]|уч|учебн[а-яё]+)\b"
    rf"|\b(?:{_MONTHS})\d{{4}}|(?<=[\w.])№|(?<![\w-])(?:до|от|за)\d{{1,4}}(?= [{SMALL}])",
    re.IGNORECASE,
)
_GLUED_ADJECTIVE: Final = re.compile(
    rf"\b([{CAPITAL}]?[{SMALL}]{{4,}}(?:ых|их|ого|его|ой|ей|ую|юю|ые|ие|ым|им|ыми|ими|ому|ему))"
    rf"([{SMALL}]{{5,}})\b"
)
_DOUBLED_LETTER: Final = re.compile(rf"\b([{SMALL}]{{4,}})([{SMALL}])\2([{SMALL}]*)\b")
_GLUED_SENTENCE: Final = re.compile(
    rf"(?<=[{SMALL}]{{4}})\.(?=[{CAPITAL}][{SMALL}])(?<!Яндекс\.)(?<!Дневник\.)"
)
"""«Яндекс.Учебник» is one name."""
_GLUED_COMMA: Final = re.compile(rf"(?<=[{SMALL}]{{2}})[,;](?=[{SMALL}{CAPITAL}][{SMALL}])")
_GLUED_CASES: Final = re.compile(rf"(?<=[{SMALL}]{{3}})(?=[{CAPITAL}][{SMALL}])")
_LATIN_N: Final = re.compile(
    r"(?<![\w-])N(?=[ \u00a0]?(?:\d|[А-ЯA-Z]{1,3}-\d))|\bNo(?=[ \u00a0]\d)|#(?=[ \u00a0]?\d)"
)
_EARLY_BLANK: Final = re.compile(
    rf"(?<=[{CAPITAL}{SMALL})»])[ \u00a0]+[,;:](?=\s|$|{_LETTER})"
    rf"|(?<=[{CAPITAL}{SMALL})»])[ \u00a0]+\.(?=$|,)|(?<=[{CAPITAL}]\.)[ \u00a0]+,"
)
_INNER_BLANK: Final = re.compile(
    rf"(?<=[«(])[ \u00a0]+(?={_LETTER})|(?<=[{CAPITAL}{SMALL}.])[ \u00a0]+(?=[»)])"
)
"""A blank within a pair of marks; «« 03 » марта» is a house form of dates."""
_STRAIGHT: Final = re.compile(rf"\"(?={_LETTER})[^\"«»]*\"|<<(?={_LETTER})|“(?={_LETTER})[^“”«»]*”")
_NO_DASH: Final = re.compile(rf"\([Дд]алее(?:[ \u00a0](?=[«{CAPITAL}])|[-–—]|[ \u00a0][-–—](?=\S))")
"""«(далее Положение)» and «(далее– Положение)» for «(далее – Положение)»."""
_SHORT_YEAR: Final = re.compile(
    r"(?<![\d.])\d{2}\.\d{2}\.\d{2}(?=[ \u00a0]?г(?:ода|\.))"
    r"|(?<=\bот )\d{2}\.\d{2}\.\d{2}(?![\d.]\d|\d)"
)
_DOUBLED_MARK: Final = re.compile(r",\s?,|;\s?;|:\s?:|,;|;,|,\.(?!\.)|\.,(?<=[а-яё]{4}\.,)")
_LITTLE_WORDS: Final = frozenset(
    [
        "в",
        "во",
        "на",
        "с",
        "со",
        "к",
        "ко",
        "по",
        "о",
        "об",
        "и",
        "за",
        "от",
        "для",
        "при",
        "из",
        "у",
        "не",
    ]
)
_LONG_WORD: Final = 5
_TWICE_RIGHT: Final = frozenset({"только", "всего", "много", "вновь", "снова"})
_QUOTED: Final = re.compile("«[^«»]*»")


_ADDRESS: Final = re.compile(r"[/@\\]|www\.|·")
_MARKS: Final = (
    (_EARLY_BLANK, "пробел перед знаком препинания; уберите"),
    (_DOUBLED_MARK, "лишний знак препинания; уберите"),
    (_NO_DASH, "после «далее» нет тире с пробелами; поставьте « – »"),
    (_SHORT_YEAR, "год из двух цифр; впишите все четыре"),
    (_INNER_BLANK, "пробел внутри кавычек или скобок; уберите"),
    (_LATIN_N, "вместо «№» стоит другой знак; поставьте «№»"),
)


def _typing(text: str) -> Iterator[Slip]:
    yield from _wrong_cases(text)
    yield from _disagreeing(text)
    # What stands in quotation marks is a name: «КванториУм» is not two words glued together.
    plain = _QUOTED.sub(lambda found: "«" + "·" * (len(found[0]) - 2) + "»", text)
    yield from _glued(plain)
    for pattern, advice in _MARKS:
        for found in pattern.finditer(text):
            yield _typed(_near(text, found.start()), advice)
    if straight := _STRAIGHT.search(text):
        near = _near(text, straight.start())
        yield _typed(near, "вместо «ёлочек» стоят другие кавычки; поставьте «»")
    words = plain.split()
    for one, other in pairwise(words):
        if one.casefold() == other.casefold() and _is_doubled(one.casefold()):
            yield _typed(f"{one} {other}", "слово повторено; уберите лишнее")


def _is_doubled(word: str) -> bool:
    is_long = len(word) >= _LONG_WORD and word.isalpha() and word not in _TWICE_RIGHT
    return word in _LITTLE_WORDS or is_long


def _glued(plain: str) -> Iterator[Slip]:
    for found in _GLUED.finditer(plain):
        first = next(one for one in found.groups()[:-1] if one)
        yield _typed(found[0], f"слитно; пишется «{first} {found[5]}»")
    for found in _GLUED_NUMBER.finditer(plain):
        yield _typed(_near(plain, found.start()), "слова слиплись; поставьте пробел")
    yield from _mistyped_words(plain)
    for pattern in (_GLUED_SENTENCE, _GLUED_COMMA, _GLUED_CASES):
        for found in pattern.finditer(plain):
            word = _word_at(plain, found.start())
            if not _ADDRESS.search(word):
                yield _typed(word, "слова слиплись; поставьте пробел")


def _mistyped_words(plain: str) -> Iterator[Slip]:
    """Yield words that no dictionary holds, though it holds two halves, or one letter less."""
    for found in _GLUED_ADJECTIVE.finditer(plain):
        if not is_known(found[0]) and is_adjective(found[1]) and is_known(found[2]):
            yield _typed(found[0], f"слова слиплись; пишется «{found[1]} {found[2]}»")
    for found in _DOUBLED_LETTER.finditer(plain):
        right = found[1] + found[2] + found[3]
        if not is_known(found[0]) and is_known(right):
            yield _typed(found[0], f"лишняя буква; пишется «{right}»")


def _word_at(text: str, place: int) -> str:
    begin, end = text.rfind(" ", 0, place) + 1, text.find(" ", place)
    return text[begin : end if end > 0 else len(text)]


def _wrong_cases(text: str) -> Iterator[Slip]:
    folded = text.casefold()
    if "согласно" in folded or "вопреки" in folded:
        for found in _AGREEING.finditer(text):
            if right := dative_instead(found[2]):
                yield _typed(found[0], f"пишется «{found[1].casefold()} {right}» (чему?)")
    for word, (pattern, right) in _CASES.items():
        if word in folded:
            for found in re.finditer(pattern, text, re.IGNORECASE):
                before = text[max(0, found.start() - 60) : found.start()]
                if not (_ALIKE.search(before) or (word in _ENDS and _TASKS.search(before))):
                    yield _typed(found[0].strip(), f"пишется «{right}»")


def _disagreeing(text: str) -> Iterator[Slip]:
    """Yield a slip where a paper that is named twice, once in brackets, stands in two cases.

    In quotation marks it may stay in the nominative.
    """
    for found in _NAMED_TWICE.finditer(text) if "(" in text else ():
        cases = [
            _PAPER_CASES.get(" ".join(found[name].lower().split()), "") for name in ("one", "two")
        ]
        if found["verb"]:
            cases[0] = cases[0].replace("и", "")
        is_quoted = found["mark"] and "и" in cases[1]
        if all(cases) and not set(cases[0]) & set(cases[1]) and not is_quoted:
            yield _typed(found[0], "слова в скобках стоят в другом падеже; поставьте тот же")


def _typed(found: str, advice: str) -> Slip:
    return Slip(SlipKind.TYPING, found, advice)


def _near(text: str, place: int) -> str:
    """Return the words around a place, so that it is found in a long cell."""
    begin, end = max(0, place - _AROUND), min(len(text), place + _AROUND)
    if begin:
        begin = text.find(" ", begin, place) + 1 or begin
    if end < len(text):
        end = text.rfind(" ", place + 1, end)
        end = end if end > place else min(len(text), place + _AROUND)
    return " ".join(text[begin:end].split())


def phrase_slips(text: str) -> list[Slip]:
    """Return the slips of a text, each once."""
    if not text:
        return []
    return list(dict.fromkeys((*_unpaired(text), *_placeholders(text), *_typing(text))))


def name_slips(text: str) -> list[Slip]:
    """Return the slips that a name may have: marks without a pair, room left for words.

    How names are written is their own affair, and registers hold many.
    """
    return list(dict.fromkeys((*_unpaired(text), *_placeholders(text))))
