"""Acts that a workspace describes itself, held to those that are shipped."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from docgen.model import Value, sameness
from docgen.model.columns import (
    DATE,
    DOCUMENT_KIND,
    ENDS,
    ISSUER,
    NUMBER,
    REPLACED_BY,
    SHORT_NAME,
    TITLE,
)
from docgen.records.act_mentions import kind_in, turned
from docgen.suggestions import likeness_of
from docgen.wording import order_number, text_of

ActValues = Mapping[str, Value]

_ALIKE: Final = 0.8
_SHORT: Final = 30
"""Letters of a title that may be a part of another one's."""
_LOCAL: Final = re.compile(
    r"област|кра[йяюе]|республик(?!\w* российск)|город|район|округ|муницип|администрац|управлен"
    r"|департамент|комитет|совет|школ|гимнази|лице[йя]|центр",
    re.IGNORECASE,
)
"""What names a body that is no federal one."""
_PERIOD: Final = re.compile(
    r"на(?: период| перспективу)? (?:до |по |\d{4} ?[-–—] ?)(\d{4}) год(?:а|ы|ов)?\b"
)
_ARTICLE: Final = re.compile(r"стать\w+ ([\d.]+)(.*)", re.IGNORECASE | re.DOTALL)


def contradictions(own: ActValues, shipped: Iterable[ActValues]) -> Iterator[tuple[str, str]]:
    """Yield the column in which an own act differs from the shipped one that it means, and how."""
    for other in shipped:
        if _is_meant(own, other):
            found = list(_differences(own, other))
            if found:
                name = text_of(other.get(SHORT_NAME))
                said = "; ".join(words for _, words in found)
                yield found[0][0], f"в поставке есть «{name}», и там иначе: {said}"
                return


def known_end(own: ActValues, shipped: Iterable[ActValues]) -> ActValues:
    """Return when the shipped act that an own one repeats ended, and by what it was replaced.

    It is asked of rows that say nothing of it: nobody comes back to an act that has ended.
    """
    if own.get(ENDS) or own.get(REPLACED_BY):
        return {}
    for other in shipped:
        if _is_meant(own, other) and not list(_differences(own, other)):
            year = last_year(other)
            end = {ENDS: dt.date(year, 12, 31)} if year else {}
            return end | {name: other[name] for name in (ENDS, REPLACED_BY) if other.get(name)}
    return {}


def last_year(act: ActValues) -> int:
    """Return the last year of the period for which an act is made by its title, 0 without one."""
    return max(map(int, _PERIOD.findall(text_of(act.get(TITLE)))), default=0)


def _is_meant(own: ActValues, shipped: ActValues) -> bool:
    """Whether both describe one act, however one of them is mistyped."""
    if sameness(text_of(own.get(SHORT_NAME))) == sameness(text_of(shipped.get(SHORT_NAME))):
        return True
    if _is_article_turned(own, shipped):
        return True
    if _is_local(own) or not _number(shipped):
        return False
    number, other = _number(own), _number(shipped)
    is_alike = _are_titles_alike(own, shipped)
    is_day = _day(own) is not None and _day(own) == _day(shipped)
    if number == other:
        # Laws and orders are numbered from one each year: another title makes another act.
        if number.isdigit():
            return is_alike or is_day
        return is_alike or is_day or _may_be_one_title(own, shipped)
    is_near = turned(number) == other or sorted(number) == sorted(other)
    return (is_near and (is_alike or is_day)) or (is_alike and is_day)


def _is_local(act: ActValues) -> bool:
    return _LOCAL.search(text_of(act.get(ISSUER))) is not None


def _number(act: ActValues) -> str:
    return sameness(order_number(text_of(act.get(NUMBER))))


def _day(act: ActValues) -> dt.date | None:
    day = act.get(DATE)
    return day if isinstance(day, dt.date) else None


def _has_both_titles(own: ActValues, shipped: ActValues) -> bool:
    return bool(text_of(own.get(TITLE)) and text_of(shipped.get(TITLE)))


def _are_titles_alike(own: ActValues, shipped: ActValues) -> bool:
    if not _has_both_titles(own, shipped):
        return False
    mine, theirs = (_plain(text_of(act.get(TITLE))) for act in (own, shipped))
    is_part = len(mine) > _SHORT and (mine in theirs or theirs in mine)
    return is_part or likeness_of(mine, theirs) >= _ALIKE


def _may_be_one_title(own: ActValues, shipped: ActValues) -> bool:
    """Return whether one title is the beginning of the other: people type the first words."""
    mine, theirs = (_plain(text_of(act.get(TITLE))) for act in (own, shipped))
    return mine.startswith(theirs) or theirs.startswith(mine)


def _plain(title: str) -> str:
    return re.sub(r"[^а-яa-z0-9 ]", "", sameness(title))


def _is_article_turned(own: ActValues, shipped: ActValues) -> bool:
    """Whether both name an article of one code, with the same digits in another order."""
    mine, theirs = (_ARTICLE.match(text_of(act.get(DOCUMENT_KIND))) for act in (own, shipped))
    if mine is None or theirs is None or _initial(mine[2]) != _initial(theirs[2]):
        return False
    return mine[1] != theirs[1] and sorted(mine[1]) == sorted(theirs[1])


def _initial(code: str) -> str:
    """Return the letter by which codes differ: «Трудового кодекса», «ТК РФ»."""
    return code.strip().casefold()[:1]


def _differences(own: ActValues, shipped: ActValues) -> Iterator[tuple[str, str]]:
    kinds = [text_of(act.get(DOCUMENT_KIND)) for act in (own, shipped)]
    known = [kind_in(kind) or sameness(kind) for kind in kinds]
    if _is_article_turned(own, shipped) or (kinds[0] and known[0] != known[1]):
        yield DOCUMENT_KIND, f"«{kinds[1]}», а у вас «{kinds[0]}»"
    day, right = _day(own), _day(shipped)
    if day and right and day != right:
        yield DATE, f"дата {right:%d.%m.%Y}, а у вас {day:%d.%m.%Y}"
    number, other = _number(own), _number(shipped)
    if number and other and number != other:
        numbers = [order_number(text_of(act.get(NUMBER))) for act in (shipped, own)]
        yield NUMBER, f"номер «{numbers[0]}», а у вас «{numbers[1]}»"
