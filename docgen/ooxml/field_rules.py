r"""What docgen does with each field of Word: the table of decisions, and why a field is refused.

A field is what Word works out: a page, the text of another place, a name from a list. docgen
fills a document once and for all, and Word and LibreOffice must show the same. So a field is kept
where both do, worked out where docgen knows its result, and refused in the template otherwise.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from docgen.ooxml.field_codes import FieldCode
from docgen.ooxml.web_links import has_scheme, live_address


class Decision(enum.Enum):
    """What becomes of a field."""

    KEPT = "stays: whoever lays out the pages works it out"
    REFERENCE = "stays, its result being the text of its bookmark in the filled document"
    PAGE_NUMBER = "stays, its result being the page on which its bookmark was laid out"
    CONTENTS = "stays, its result made of the headings and the pages of the filled document"
    COUNTED = "becomes the number that it counts"
    MERGED = "becomes a tag that prints the column of its name"
    LINK = "stays: a link"
    REFUSED = "is a fault of the template"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A decision; of fields that stay, the ``switches`` and ``formats`` that they may have."""

    decision: Decision
    switches: str = ""
    formats: frozenset[str] = frozenset()
    advice: str = ""


_LAYOUT: Final = frozenset({"MERGEFORMAT", "CHARFORMAT"})
_CAPITALS: Final = frozenset({"UPPER", "LOWER", "FIRSTCAP"})
_ANY_NUMBER: Final = frozenset({"ARABIC", "ROMAN", "ALPHABETIC"})

_FETCHES: Final = "берёт чужое содержимое; замените его текстом"
_CHANGES: Final = "меняется само; замените его текстом или тегом"
_PROPERTY: Final = (
    "печатает свойство файла, а не данные; замените его тегом, например "
    "{{ организация.краткое }}, или текстом"
)
_ASKS: Final = "спрашивает человека, а docgen собирает без вопросов; замените его тегом"
_FORM: Final = "служит полем для ввода; поставьте тег {{ … }}, черту ______ или знак ☐"
_MERGE_STEP: Final = (
    "управляет слиянием Word, а docgen сам делает документ на каждую строку; удалите его"
)
_BRANCH: Final = "это условие Word; замените его тегами {% if … %} … {% endif %}"
_AUTO_NUMBER: Final = "нумерует само; наберите номер текстом"
_FORMULA: Final = "считает само; напишите вычисление тегом {{ … }} или текстом"
_INDEX: Final = "собирает указатель, которого docgen не делает; удалите его"
_DRAWS: Final = "рисует вместо текста; наберите знаки текстом или вставьте картинку"
_BUTTON: Final = "работает только на экране; замените его текстом"
_ADDRESS: Final = "складывает обращение из списка Word; соберите его тегами {{ … }}"
_NUMBERED_NOTE: Final = "ссылается на сноску, а сносок в шаблонах нет; замените его текстом"
_VARIABLE: Final = "хранит значение внутри Word; замените его тегами {% set … %} и {{ … }}"
_STYLE: Final = "ищет текст по стилю, а LibreOffice его не печатает; замените его тегом"
_QUOTES: Final = "печатает свой же текст; наберите этот текст прямо в абзаце"
_MOVES: Final = "сдвигает текст; отступы задайте в «Абзаце»"

_REFUSED: Final = {
    _FETCHES: "INCLUDE INCLUDETEXT INCLUDEPICTURE DDE DDEAUTO LINK IMPORT DATABASE RD EMBED"
    " AUTOTEXT AUTOTEXTLIST GLOSSARY",
    _CHANGES: "NUMPAGES SECTIONPAGES SECTION DATE TIME SAVEDATE CREATEDATE PRINTDATE EDITTIME"
    " FILENAME FILESIZE AUTHOR LASTSAVEDBY REVNUM NUMWORDS NUMCHARS",
    _PROPERTY: "DOCPROPERTY TITLE SUBJECT KEYWORDS COMMENTS TEMPLATE INFO USERNAME USERINITIALS"
    " USERADDRESS",
    _ASKS: "FILLIN ASK",
    _FORM: "FORMTEXT FORMCHECKBOX FORMDROPDOWN HTMLCONTROL CONTROL",
    _MERGE_STEP: "NEXT NEXTIF SKIPIF MERGEREC MERGESEQ",
    _BRANCH: "IF COMPARE",
    _AUTO_NUMBER: "AUTONUM AUTONUMLGL AUTONUMOUT LISTNUM BIDIOUTLINE",
    _FORMULA: "=",
    _INDEX: "INDEX XE TC TA TOA BIBLIOGRAPHY CITATION",
    _DRAWS: "EQ SYMBOL SHAPE BARCODE DISPLAYBARCODE MERGEBARCODE",
    _BUTTON: "MACROBUTTON GOTOBUTTON PRINT ADDIN PRIVATE",
    _ADDRESS: "ADDRESSBLOCK GREETINGLINE",
    _NUMBERED_NOTE: "NOTEREF FTNREF",
    _VARIABLE: "SET DOCVARIABLE",
    _STYLE: "STYLEREF",
    _QUOTES: "QUOTE",
    _MOVES: "ADVANCE",
}
_RULES: Final[dict[str, _Rule]] = {
    "PAGE": _Rule(Decision.KEPT, "", _LAYOUT | _ANY_NUMBER),
    "REF": _Rule(Decision.REFERENCE, "hp", _LAYOUT | _CAPITALS),
    "PAGEREF": _Rule(Decision.PAGE_NUMBER, "h", _LAYOUT | {"ARABIC"}),
    "SEQ": _Rule(Decision.COUNTED, "hncr", _LAYOUT | {"ARABIC", "ROMAN"}),
    "TOC": _Rule(Decision.CONTENTS, "hzuwxotnc", _LAYOUT),
    "MERGEFIELD": _Rule(Decision.MERGED, "bfm@", _LAYOUT | _CAPITALS),
    "HYPERLINK": _Rule(Decision.LINK, "hlotmn", _LAYOUT),
} | {
    name: _Rule(Decision.REFUSED, advice=advice)
    for advice, names in _REFUSED.items()
    for name in names.split()
}
_HEADER_RULES: Final[dict[str, _Rule]] = {
    "PAGE": _RULES["PAGE"],
    "NUMPAGES": _Rule(Decision.KEPT, "", _LAYOUT | {"ARABIC"}),
}
_NOT_IN_HEADERS: Final = _Rule(
    Decision.REFUSED,
    advice="в колонтитуле не работает: здесь бывают только PAGE и NUMPAGES; "
    "замените его тегом или текстом",
)
_UNKNOWN: Final = _Rule(
    Decision.REFUSED, advice="docgen не знает; замените его текстом или тегом {{ … }}"
)
_PARAGRAPH_NUMBERS: Final = frozenset("nrwt")


def decide(code: FieldCode, *, is_in_header: bool = False) -> tuple[Decision, str]:
    """Return what becomes of a field, and of a refused one why, in Russian."""
    rules, other = (_HEADER_RULES, _NOT_IN_HEADERS) if is_in_header else (_RULES, _UNKNOWN)
    rule = rules.get(code.name, other)
    if rule.decision is Decision.REFUSED:
        refused = _RULES.get(code.name, rule) if rule is other else rule
        advice = refused.advice or other.advice
        return Decision.REFUSED, f"поле {code.name or 'без кода'} {advice}"
    fault = _fault_of_switches(code, rule) or _fault_of_arguments(code, rule.decision)
    return (Decision.REFUSED, f"поле {code.name}: {fault}") if fault else (rule.decision, "")


def _fault_of_switches(code: FieldCode, rule: _Rule) -> str:
    for switch, text in code.switches:
        if switch == "*":
            if text.upper() not in rule.formats:
                return rf"вид «\* {text}» не поддержан; уберите его из кода поля"
        elif rule.decision is Decision.REFERENCE and switch in _PARAGRAPH_NUMBERS:
            return (
                rf"ключ \{switch} просит номер абзаца, а номера в шаблонах набраны текстом; "
                "выделите номер, назначьте ему закладку и сошлитесь на её текст"
            )
        elif switch not in rule.switches:
            return rf"ключ \{switch} не поддержан; уберите его из кода поля"
    return ""


def _fault_of_arguments(code: FieldCode, decision: Decision) -> str:
    if decision in {Decision.REFERENCE, Decision.PAGE_NUMBER} and not code.argument:
        return "не названа закладка; вставьте перекрёстную ссылку заново"
    if decision is Decision.COUNTED:
        if len(code.arguments) != 1:
            return "нужно одно имя последовательности, например SEQ Таблица"
        if any(not text.isdigit() for text in code.texts_of("r")):
            return r"после \r нужно число"
    if decision is Decision.MERGED and not code.argument:
        return "не назван столбец; вставьте поле слияния заново"
    if decision is Decision.LINK:
        return _fault_of_link(code)
    return ""


def _fault_of_link(code: FieldCode) -> str:
    is_live = has_scheme(code.argument) and live_address(code.argument) is not None
    if code.argument and not is_live:
        return f"адрес «{code.argument[:60]}» не с http://, https:// или mailto:; замените его"
    if not code.argument and not any(code.texts_of("l")):
        return "у ссылки нет адреса; вставьте её заново"
    return ""
