"""Acts that a text names by number, held to the register of acts: kind, date, number, force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen import russian
from docgen.model import Record, Workspace, sameness
from docgen.model.columns import ACTS, DOCUMENT_KIND, NUMBER, TITLE
from docgen.records.order_days import day_in
from docgen.wording import order_number, text_of

_KINDS: Final = {
    "приказ": "приказ(?:а|у|ом|е|ы|ов|ам|ами|ах)?",
    "распоряжение": "распоряжени(?:е|я|ю|ем|и|й|ям|ями|ях)",
    "постановление": "постановлени(?:е|я|ю|ем|и|й|ям|ями|ях)",
    "письмо": "пис(?:ьмо|ьма|ьму|ьмом|ьме|ем|ьмам|ьмами|ьмах)",
    "указ": "указ(?:а|у|ом|е|ы|ов)?",
    "закон": "закон(?:а|у|ом|е|ы|ов|ам|ами|ах)?",
}
"""The kinds of acts in any case."""
_KIND: Final = re.compile(
    "|".join(rf"\b(?P<{name}>{forms})\b" for name, forms in _KINDS.items()), re.IGNORECASE
)
_SIGN: Final = r"(?:№|N)[ \u00a0]?"
_LETTERED: Final = re.compile(
    rf"(?:{_SIGN})?(?<![\w/-])"
    r"(\d{1,5}-(?:ФЗ|ФКЗ|[РрПп])|[А-ЯA-Z]{1,3}-\d{1,5}(?:/\d{1,3})?)(?![\w/-])"
)
_BLANKED: Final = re.compile(r"(?<![\w/-])(\d{1,5})(?:[ \u00a0]-?[ \u00a0]?|-[ \u00a0])(ФЗ|ФКЗ)\b")
"""«273 ФЗ» and «273- ФЗ» for «273-ФЗ»."""
_PLAIN: Final = re.compile(rf"{_SIGN}(\d{{1,5}})(?![\w/-])")
_DAY_WORDS: Final = r"[«\"]?[ \u00a0]?\d{1,2}[ \u00a0]?[»\"]?[ \u00a0][а-я]{3,8}[ \u00a0]\d{4}"
_DATE: Final = rf"(?:\d{{1,2}}\.\d{{2}}\.\d{{4}}|{_DAY_WORDS})"
_YEAR_MARK: Final = r"(?:[ \u00a0]?г(?:ода|\.)?)?"
_DAY_BEFORE: Final = re.compile(rf"(?<!\d)({_DATE}){_YEAR_MARK}[ \u00a0]?$")
_DAY_AFTER: Final = re.compile(rf"[ \u00a0]?от[ \u00a0]({_DATE})")
_TITLE: Final = re.compile(rf"{_YEAR_MARK}[ \u00a0]?«")
_SHORTEST_TITLE: Final = 20
_LATIN: Final = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
"""On paper a number looks the same with Latin letters in it."""
_REVERSED: Final = re.compile(r"(\d+)-(\w+)|(\w+)-(\d+)")
_ARTICLES: Final = re.compile(
    r"\b(?:ст\.[ \u00a0]?(?:ст\.)?|стать\w+)[ \u00a0]?(\d+(?:\.\d+)?(?:(?:, | и |,)\d+(?:\.\d+)?)*)"
)
_CODE: Final = re.compile(r"\b(\w+)[а-я]{3} кодекс|\b(ТК|ГК|СК|БК|НК|УК|ЖК|ЗК|КоАП)\b|\b(закон)")
_NEAR: Final = 40
"""How far from an article its code is named."""
_BEFORE: Final = 160


@dataclass(frozen=True, slots=True)
class ActMention:
    """What is wrong with a mention: the ``act`` it means, what the text says otherwise."""

    found: str
    act: Record
    fault: str


@dataclass(frozen=True, slots=True)
class KnownActs:
    """The acts of a workspace by number, numbers turned round, articles, titles that one has."""

    lettered: Mapping[str, Record]
    plain: Mapping[tuple[str, dt.date], Record]
    turned: Mapping[str, Record]
    articles: Mapping[str, Record]
    titled: Mapping[str, Record]


def known_acts(workspace: Workspace) -> KnownActs:
    """Return the acts of a workspace as its texts may name them."""
    lettered: dict[str, Record] = {}
    plain: dict[tuple[str, dt.date], Record] = {}
    articles: dict[str, Record] = {}
    titles: dict[str, list[Record]] = {}
    for act in workspace.records.get(ACTS, ()):
        number, day = order_number(text_of(act.values.get(NUMBER))), day_in(act)
        if not number.isdigit() and number:
            lettered.setdefault(sameness(number), act)
        elif number and day:
            plain.setdefault((number, day), act)
        for article in re.findall(r"стать\w+ (\d+\.\d+)", text_of(act.values.get(DOCUMENT_KIND))):
            articles.setdefault(article, act)
        titles.setdefault(sameness(text_of(act.values.get(TITLE))), []).append(act)
    turned_round = {
        other: act
        for number, act in lettered.items()
        if (other := turned(number)) and other not in lettered
    }
    titled = {
        title: acts[0]
        for title, acts in titles.items()
        if len(acts) == 1 and len(title) >= _SHORTEST_TITLE
    }
    return KnownActs(lettered, plain, turned_round, articles, titled)


def turned(number: str) -> str:
    """Return a number with its letters on the other side, «145-р» for «р-145»."""
    found = _REVERSED.fullmatch(number)
    if found is None:
        return ""
    return f"{found[2]}-{found[1]}" if found[1] else f"{found[4]}-{found[3]}"


def mentioned_acts(text: str, known: KnownActs) -> Iterator[tuple[str, Record]]:
    """Yield the acts of the register that a text names by number."""
    for found in _LETTERED.finditer(text):
        if (act := known.lettered.get(_key(found))) is not None:
            yield found[1], act
    for found in _PLAIN.finditer(text):
        day = _day_of(text, found)
        if day is not None and (act := known.plain.get((found[1], day))) is not None:
            yield found[1], act


def _key(found: re.Match[str]) -> str:
    return sameness(found[1].translate(_LATIN))


def act_faults(text: str, known: KnownActs) -> Iterator[ActMention]:
    """Yield what a text says of acts otherwise than their register."""
    for found in _LETTERED.finditer(text):
        yield from _lettered_faults(text, found, known)
    for found in _PLAIN.finditer(text):
        if (found[1], _day_of(text, found)) not in known.plain:
            yield from _title_faults(text, found, known)
    yield from _blanked_faults(text, known)
    for found in _ARTICLES.finditer(text):
        for article in re.findall(r"\d+\.\d+", found[1]):
            yield from _article_faults(article, text, found, known)


def _lettered_faults(text: str, found: re.Match[str], known: KnownActs) -> Iterator[ActMention]:
    key = _key(found)
    if (act := known.lettered.get(key)) is not None:
        yield from _source_faults(text, found, act)
    elif (meant := known.turned.get(key)) is not None:
        yield _number_fault(found[1], meant)
    else:
        yield from _title_faults(text, found, known)


def _blanked_faults(text: str, known: KnownActs) -> Iterator[ActMention]:
    for found in _BLANKED.finditer(text):
        if (meant := known.lettered.get(sameness(f"{found[1]}-{found[2]}"))) is not None:
            yield _number_fault(found[0], meant)


def _number_fault(found: str, act: Record) -> ActMention:
    right = order_number(text_of(act.values.get(NUMBER)))
    return ActMention(found, act, f"номер «{found}», а у акта «{right}»")


def _source_faults(text: str, found: re.Match[str], act: Record) -> Iterator[ActMention]:
    kind = _kind_before(text, found.start())
    right = _kind_of(act)
    if kind and right and kind != right:
        yield ActMention(found[1], act, f"{kind}, а это {right}")
    yield from _day_faults(text, found, act)


def _day_faults(text: str, found: re.Match[str], act: Record) -> Iterator[ActMention]:
    day, right_day = _day_of(text, found), day_in(act)
    if day is not None and right_day is not None and day != right_day:
        yield ActMention(found[1], act, f"от {day:%d.%m.%Y}, а акт от {right_day:%d.%m.%Y}")


def _title_faults(text: str, found: re.Match[str], known: KnownActs) -> Iterator[ActMention]:
    """Yield a fault where the title that follows a number is that of an act with another one."""
    after = _DAY_AFTER.match(text, found.end())
    opened = _TITLE.match(text, after.end() if after else found.end())
    act = known.titled.get(sameness(_quoted(text[opened.end() :]))) if opened else None
    if act is None:
        return
    if sameness(order_number(text_of(act.values.get(NUMBER)))) == sameness(found[1]):
        yield from _day_faults(text, found, act)
    elif _kind_before(text, found.start()) in {"", _kind_of(act)}:
        yield _number_fault(found[1], act)


def _quoted(text: str) -> str:
    """Return the words up to the mark that closes a quotation, other quotations within it."""
    depth = 1
    for place, sign in enumerate(text):
        depth += (sign == "«") - (sign == "»")
        if depth == 0 or (sign == "»" and text[place + 1 : place + 2] in {"", ";", ",", ".", ")"}):
            return text[:place]
    return text


def _article_faults(
    article: str, text: str, found: re.Match[str], known: KnownActs
) -> Iterator[ActMention]:
    """Yield a fault for an article whose digits are those of a known one in another order."""
    if article in known.articles:
        return
    for right, act in known.articles.items():
        if sorted(article) == sorted(right) and not _is_of_another_code(text, found, act):
            yield ActMention(article, act, f"статья {article}; не {right} ли")


def _is_of_another_code(text: str, found: re.Match[str], act: Record) -> bool:
    """Return whether an article is said to be of another code than that of an act."""
    after = text[found.end() : found.end() + _NEAR]
    before = text[max(0, found.start() - _NEAR) : found.start()]
    code = _CODE.search(after) or _CODE.search(before)
    if code is None:
        return False
    own = sameness(text_of(act.values.get(DOCUMENT_KIND)))
    if code[1]:
        return sameness(code[1]) not in own
    return bool(code[3]) or (code[2] != "ТК") is ("трудов" in own)


def _day_of(text: str, found: re.Match[str]) -> dt.date | None:
    """Return the date that stands right before the number of an act, or right after it."""
    day = _DAY_BEFORE.search(text[max(0, found.start() - _BEFORE) : found.start()])
    day = day or _DAY_AFTER.match(text, found.end())
    return russian.parse_date(day[1]) if day else None


def _kind_before(text: str, place: int) -> str:
    """Return the kind of act that stands nearest before a place, unless another act is between."""
    before = text[max(0, place - _BEFORE) : place]
    between = max((one.end() for one in re.finditer(r"[№;]", before[:-2])), default=0)
    kinds: Sequence[re.Match[str]] = list(_KIND.finditer(before, between))
    # A title between quotation marks names other acts.
    kinds = [one for one in kinds if "«" not in before[one.start() :]]
    return str(kinds[-1].lastgroup) if kinds else ""


def _kind_of(act: Record) -> str:
    return kind_in(text_of(act.values.get(DOCUMENT_KIND)))


def kind_in(text: str) -> str:
    """Return the kind of act that a text names first, e.g. «приказ», or nothing."""
    found = _KIND.search(text)
    return str(found.lastgroup) if found else ""
