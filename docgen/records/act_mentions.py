"""Acts that a text names by number, held to the register of acts: kind, date, number, force."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from docgen.model import Record, Workspace, sameness
from docgen.model.columns import ACTS, DOCUMENT_KIND, NUMBER
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
    r"(\d{1,5}-(?:ФЗ|ФКЗ|р|п)|[А-Я]{1,3}-\d{1,5}(?:/\d{1,3})?)(?![\w/-])"
)
_PLAIN: Final = re.compile(rf"{_SIGN}(\d{{1,5}})(?![\w/-])")
_DAY: Final = re.compile(
    r"от[ \u00a0](\d{2})\.(\d{2})\.(\d{4})(?:[ \u00a0]?г(?:ода|\.)?)?[ \u00a0]?$"
)
_REVERSED: Final = re.compile(r"(\d+)-(\w+)|(\w+)-(\d+)")
_ARTICLE: Final = re.compile(r"\b(?:ст\.|стать\w+)[ \u00a0]?(\d+\.\d+)")
_BEFORE: Final = 160


@dataclass(frozen=True, slots=True)
class ActMention:
    """What is wrong with a mention: the ``act`` it means, what the text says otherwise."""

    found: str
    act: Record
    fault: str


@dataclass(frozen=True, slots=True)
class KnownActs:
    """The acts of a workspace by number, numbers turned round, articles."""

    lettered: Mapping[str, Record]
    plain: Mapping[tuple[str, dt.date], Record]
    turned: Mapping[str, Record]
    articles: Mapping[str, Record]


def known_acts(workspace: Workspace) -> KnownActs:
    """Return the acts of a workspace as its texts may name them."""
    lettered: dict[str, Record] = {}
    plain: dict[tuple[str, dt.date], Record] = {}
    articles: dict[str, Record] = {}
    for act in workspace.records.get(ACTS, ()):
        number, day = order_number(text_of(act.values.get(NUMBER))), day_in(act)
        if not number.isdigit() and number:
            lettered.setdefault(sameness(number), act)
        elif number and day:
            plain.setdefault((number, day), act)
        for article in re.findall(r"стать\w+ (\d+\.\d+)", text_of(act.values.get(DOCUMENT_KIND))):
            articles.setdefault(article, act)
    turned_round = {
        other: act
        for number, act in lettered.items()
        if (other := turned(number)) and other not in lettered
    }
    return KnownActs(lettered, plain, turned_round, articles)


def turned(number: str) -> str:
    """Return a number with its letters on the other side, «145-р» for «р-145»."""
    found = _REVERSED.fullmatch(number)
    if found is None:
        return ""
    return f"{found[2]}-{found[1]}" if found[1] else f"{found[4]}-{found[3]}"


def mentioned_acts(text: str, known: KnownActs) -> Iterator[tuple[str, Record]]:
    """Yield the acts of the register that a text names by number."""
    for found in _LETTERED.finditer(text):
        if (act := known.lettered.get(sameness(found[1]))) is not None:
            yield found[1], act
    for found in _PLAIN.finditer(text):
        day = _day_before(text, found.start())
        if day is not None and (act := known.plain.get((found[1], day))) is not None:
            yield found[1], act


def act_faults(text: str, known: KnownActs) -> Iterator[ActMention]:
    """Yield what a text says of acts otherwise than their register."""
    for found in _LETTERED.finditer(text):
        number = sameness(found[1])
        act = known.lettered.get(number)
        if act is None:
            if (meant := known.turned.get(number)) is not None:
                right = order_number(text_of(meant.values.get(NUMBER)))
                yield ActMention(found[1], meant, f"номер «{found[1]}», а у акта «{right}»")
            continue
        yield from _source_faults(text, found, act)
    for found in _ARTICLE.finditer(text):
        yield from _article_faults(found[1], known)


def _source_faults(text: str, found: re.Match[str], act: Record) -> Iterator[ActMention]:
    kind = _kind_before(text, found.start())
    right = _kind_of(act)
    if kind and right and kind != right:
        yield ActMention(found[1], act, f"{kind}, а это {right}")
    day, right_day = _day_before(text, found.start()), day_in(act)
    if day is not None and right_day is not None and day != right_day:
        yield ActMention(found[1], act, f"от {day:%d.%m.%Y}, а акт от {right_day:%d.%m.%Y}")


def _article_faults(article: str, known: KnownActs) -> Iterator[ActMention]:
    """Yield a fault for an article whose digits are those of a known one in another order."""
    if article in known.articles:
        return
    for right, act in known.articles.items():
        if sorted(article) == sorted(right):
            yield ActMention(article, act, f"статья {article}; не {right} ли")


def _day_before(text: str, place: int) -> dt.date | None:
    found = _DAY.search(text[:place])
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


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
