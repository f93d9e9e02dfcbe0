"""How commands print problems: errors first, those of several workspaces below their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import click

from docgen.errors import Problem, StageError
from docgen.pipeline.output.places import Findings, Site

_FIRST: Final = frozenset({"consent-withdrawn"})
"""Codes of warnings that stand before others: a term runs by law."""


def to_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield a line for each problem: errors first, then what runs out."""
    for problem in sorted(problems, key=_urgency):
        yield f"{'ошибка' if problem.is_error else 'внимание'}: {problem}"


def _urgency(problem: Problem) -> int:
    if problem.is_error:
        return 0
    return 1 if problem.code in _FIRST else 2


def print_beside(problems: Sequence[Problem], name: str = "") -> None:
    """Print problems to stderr, beside the answer, below the name of their workspace if given."""
    if problems and name:
        click.echo(f"{name}:", err=True)
    for line in to_lines(problems):
        click.echo(line, err=True)


def stopped(site: Site, error: StageError) -> Findings:
    """Return what is known of a workspace when an error stopped its check."""
    return Findings(site.name, list(error.problems), error.exit_code)
