"""Check which pairs follow which, as «Вместо пары» says: their terms, and that each has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen import russian
from docgen.errors import Problem, warning
from docgen.model import Phrase, Record, Reference, Workspace, sameness
from docgen.model.columns import BEGINS, ENDED, ENDS, INSTEAD_OF, MENTEE, MENTOR, PAIRS, STATE
from docgen.model.states import ELSEWHERE, FROZEN, VOID
from docgen.records.order_days import day_in
from docgen.russian.letters import CAPITAL, SMALL
from docgen.wording import text_of

_STEM: Final = 2
_NAMED: Final = re.compile(
    rf"(?P<before>(?:[{CAPITAL}]\.\s*)*)"
    rf"(?P<surname>[{CAPITAL}][{SMALL}]+(?:-[{CAPITAL}][{SMALL}]+)*)"
    rf"(?P<after>(?:\s*[{CAPITAL}]\.)*|(?:\s+[{CAPITAL}][{SMALL}]+){{1,2}})"
)
"""A surname with the initials before or behind it, or with the names behind it."""


def check_former_pairs(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong between the pairs of unsigned orders and those that they follow."""
    followers: dict[str, Record] = {}
    for pair in workspace.records.get(PAIRS, ()):
        state = _state_of(pair, workspace)
        if pair.is_broken or state in VOID | ELSEWHERE:
            continue
        named = pair.values.get(INSTEAD_OF)
        is_open = state not in FROZEN
        if isinstance(named, Reference) and named.register == PAIRS:
            former = workspace.by_identity[PAIRS, named.identity][0]
            earlier = followers.setdefault(named.identity, pair)
            if is_open and earlier is not pair:
                yield _followed_twice(earlier, pair, former)
            elif is_open and not former.is_broken:
                yield from _check_terms(pair, former, workspace)
        elif is_open and isinstance(named, Phrase):
            yield from _check_words(pair, named.text, workspace)


def _state_of(pair: Record, workspace: Workspace) -> str:
    order = workspace.order_of(pair)
    return text_of(order.values.get(STATE)) if order is not None else ""


def _short_name(pair: Record) -> str:
    people = (pair.values.get(role) for role in (MENTOR, MENTEE))
    return " – ".join(one.text.split()[0] for one in people if isinstance(one, Reference))


def _followed_twice(earlier: Record, later: Record, former: Record) -> Problem:
    return warning(
        "former-pair",
        later.cells[INSTEAD_OF],
        f"пара {_short_name(later)}: вместо пары {_short_name(former)} уже стоит "
        f"{_short_name(earlier)} ({earlier.cells[INSTEAD_OF].cell}); оставьте в одной строке",
    )


def _check_terms(pair: Record, former: Record, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for a pair that goes on beside the one that has taken its place."""
    if not any(_is_same(pair, former, role) for role in (MENTOR, MENTEE)):
        yield warning(
            "former-pair",
            pair.cells[INSTEAD_OF],
            f"пара {_short_name(pair)}: вместо пары {_short_name(former)}, а людей у них общих "
            "нет; сверьте, та ли это пара",
        )
    begins, ends, ended = day_in(pair, BEGINS), day_in(former, ENDS), day_in(former, ENDED)
    if begins is None or _state_of(former, workspace) in VOID:
        return
    after = (
        f"пара {_short_name(former)}: с {begins:%d.%m.%Y} вместо неё {_short_name(pair)} "
        f"({pair.cells[BEGINS].cell})"
    )
    if ended is None and ends is not None and ends >= begins:
        yield warning(
            "former-pair",
            former.cells[ENDED],
            f"{after}, а «Прекращена с» ({former.cells[ENDED].cell}) пусто; впишите день и причину",
        )
    elif ended is not None and ended > begins and (ends is None or ends >= begins):
        yield warning(
            "former-pair",
            former.cells[ENDED],
            f"{after}, а прекращена она позже, с {ended:%d.%m.%Y} ({former.cells[ENDED].cell}); "
            "сверьте даты",
        )


# --- words -----------------------------------------------------------------------------------


def _check_words(pair: Record, words: str, workspace: Workspace) -> Iterator[Problem]:
    """Yield a warning for words that name somebody of the pair that this one may follow."""
    found = [one for one in workspace.records[PAIRS] if _may_precede(one, pair, words)]
    if found:
        names = " или ".join(f"«{_full_name(one, workspace)}»" for one in found[:2])
        yield warning(
            "former-pair",
            pair.cells[INSTEAD_OF],
            f"пара {_short_name(pair)}: «{words}» напечатается, но сроки не сверены: пара здесь не "
            f"названа; впишите {names}, если это она",
        )


def _may_precede(one: Record, pair: Record, words: str) -> bool:
    begins, own = day_in(one, BEGINS), day_in(pair, BEGINS)
    if one is pair or one.is_broken or begins is None or own is None or begins > own:
        return False
    for kept, changed in ((MENTEE, MENTOR), (MENTOR, MENTEE)):
        person = one.values.get(changed)
        if isinstance(person, Reference) and _is_same(one, pair, kept):
            return not _is_same(one, pair, changed) and _names(words, person.text)
    return False


def _is_same(one: Record, other: Record, role: str) -> bool:
    person, own = one.values.get(role), other.values.get(role)
    return (
        isinstance(person, Reference)
        and isinstance(own, Reference)
        and (person.register, person.identity) == (own.register, own.identity)
    )


def _names(words: str, person: str) -> bool:
    """Return whether words name a person, in whatever case, with or without initials."""
    full = person.partition("(")[0].split()
    for match in _NAMED.finditer(words):
        stem = sameness(full[0])[:_STEM]
        if not sameness(match["surname"]).startswith(stem):
            continue
        given = re.findall(rf"[{CAPITAL}][{SMALL}]*", f"{match['before']} {match['after']}")
        initials = [sameness(name)[:1] for name in full[1:]]
        if [sameness(name)[:1] for name in given] == initials[: len(given)] and any(
            sameness(match["surname"]) == sameness(_surname_in(" ".join(full), case))
            for case in russian.CASES
        ):
            return True
    return False


def _surname_in(person: str, case: str) -> str:
    return russian.decline_name(person, case).text.partition(" ")[0]


def _full_name(pair: Record, workspace: Workspace) -> str:
    """Return the short name of a pair, with its first day where another has the same name."""
    name = _short_name(pair)
    others = [one for one in workspace.records[PAIRS] if one is not pair and not one.is_broken]
    begins = day_in(pair, BEGINS)
    has_twin = any(sameness(_short_name(one)) == sameness(name) for one in others)
    return f"{name} ({begins:%d.%m.%Y})" if has_twin and begins else name
