"""How commands print problems: what stops papers first, many alike as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import click

from docgen.errors import Problem, Rank, StageError
from docgen.pipeline.output.places import Findings, Site
from docgen.problem_codes import CODES

_MOST_ALIKE: Final = 3
"""How many problems of one code a sheet may have before they are told in one line."""
_MOST_PLACES: Final = 12
_MOST_SENTENCES: Final = 12
"""How many faults of one code a template may have before the others are counted."""
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})(\d+)")
_HEADINGS: Final = {
    Rank.STOPS: "мешает печатать",
    Rank.LOOK: "посмотрите перед подписью",
    Rank.REMINDS: "напоминания",
}
_WORDS: Final = {Rank.STOPS: "ошибка", Rank.LOOK: "внимание", Rank.REMINDS: "напоминание"}


def to_lines(problems: Sequence[Problem], *, is_each: bool = False) -> Iterator[str]:
    """Yield problems as lines: what stops papers, what to look at before signing, reminders.

    More than three of one code on a sheet are one line with their cells, unless ``is_each`` is
    wanted. Faults of a template are alike that say the same; errors of papers stand alone always.
    """
    ordered = sorted(problems, key=lambda one: one.rank)
    ranks = {_shown_rank(one) for one in ordered}
    is_grouped = False
    for rank, found in groupby(ordered, key=_shown_rank):
        if len(ranks) > 1:
            yield f"{_HEADINGS[rank]}:"
        for group in _groups(list(found)):
            if is_each or len(group) <= (1 if CODES[group[0].code].is_small else _MOST_ALIKE):
                yield from (f"{_WORDS[rank]}: {one}" for one in group)
            else:
                is_grouped = True
                yield f"{_WORDS[rank]}: {group[0]}; {_others(group)}"
    if is_grouped:
        yield "похожие замечания сведены в строку; каждое отдельно: docgen check --all"


def _shown_rank(problem: Problem) -> Rank:
    return Rank.LOOK if problem.rank is Rank.LASTS else problem.rank


def _groups(problems: Sequence[Problem]) -> Iterator[list[Problem]]:
    """Yield problems by code and sheet, each group where its first one stands."""
    groups: dict[tuple[str, ...], list[Problem]] = {}
    sentences: dict[tuple[str, ...], set[str]] = {}
    for number, one in enumerate(problems):
        where = one.where
        key: tuple[str, ...] = (
            one.code,
            where.file if where.sheet or where.is_template else "",
            where.sheet,
        )
        if one.is_error and where.is_template:
            # Faults of a template are told by what they say, as long as these are few.
            said = sentences.setdefault(key, set())
            if len(said) < _MOST_SENTENCES:
                said.add(one.message)
            key = (*key, one.message if one.message in said else "")
        is_alone = one.rank is Rank.LASTS or (
            one.is_error and not where.sheet and not where.is_template
        )
        groups.setdefault((*key, str(number)) if is_alone else key, []).append(one)
    yield from groups.values()


def _others(group: Sequence[Problem]) -> str:
    """Return how many more there are, and where."""
    count = sum(one.stands_for for one in group) - group[0].stands_for
    cells = [one.where.cell for one in group[1:] if one.where.cell]
    numbers = sorted({one.where.paragraph for one in group[1:] if one.where.paragraph})
    places = _runs(cells) if cells else [str(one.where) for one in group[1:]]
    if numbers and group[0].where.is_template:
        places = [f"абзац {numbers[0]}" if len(numbers) == 1 else f"абзацы {_spans(numbers)}"]
    places = [one for one in dict.fromkeys(places) if one and one != str(group[0].where)]
    shown = ", ".join(places[:_MOST_PLACES]) + (" …" if len(places) > _MOST_PLACES else "")
    return f"и ещё {count} таких же: {shown}" if shown else f"и ещё {count} таких же"


def _runs(cells: Sequence[str]) -> list[str]:
    """Return addresses with neighbours in a column joined: «C7–C12»."""
    runs: list[list[str]] = []
    for cell in cells:
        if runs and _follows(runs[-1][-1], cell):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def _spans(numbers: Sequence[int]) -> str:
    """Return the first numbers with neighbours joined: «4, 7–12»."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return ", ".join(shown[:_MOST_PLACES]) + (" …" if len(shown) > _MOST_PLACES else "")


def _follows(cell: str, other: str) -> bool:
    one, two = _ADDRESS.fullmatch(cell), _ADDRESS.fullmatch(other)
    return bool(one and two and one[1] == two[1] and int(two[2]) == int(one[2]) + 1)


def print_beside(problems: Sequence[Problem], name: str = "") -> None:
    """Print problems to stderr, beside the answer, below the name of their workspace if given."""
    if problems and name:
        click.echo(f"{name}:", err=True)
    for line in to_lines(problems):
        click.echo(line, err=True)


def stopped(site: Site, error: StageError) -> Findings:
    """Return what is known of a workspace when an error stopped its check."""
    return Findings(site.name, list(error.problems), error.exit_code)
