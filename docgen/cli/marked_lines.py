"""What ``docgen check --mark`` takes and says: where copies with remarks lie, which lack."""

from __future__ import annotations

from collections.abc import Iterator

import click

from docgen.cli.options import PATH
from docgen.pipeline.answers.marked_copies import MarkedCopies

mark_option = click.option(
    "--mark",
    "place",
    type=PATH,
    default=None,
    metavar="ПАПКА",
    help="Положить сюда копии книг и шаблонов с замечаниями в ячейках и абзацах.",
)


def print_marked(marked: MarkedCopies, *, is_beside: bool) -> None:
    """Print what was made; ``is_beside`` when stdout holds an answer for other programs."""
    for line in _lines(marked):
        click.echo(line, err=is_beside)


def _lines(marked: MarkedCopies) -> Iterator[str]:
    for path, count in marked.made:
        yield f"копия с пометками: {path} (замечаний: {count})"
    for shown, reason in marked.unmade:
        yield f"копия не сделана: {shown}: {reason}"
    for path in marked.removed:
        yield f"прежняя копия больше не верна и убрана: {path}"
    if not (marked.made or marked.unmade):
        yield "помечать нечего: в книгах и шаблонах замечаний нет"
    if marked.elsewhere:
        yield f"не о книгах и не о шаблонах замечаний: {marked.elsewhere}; они только в ответе выше"
