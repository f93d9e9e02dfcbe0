"""The commands about paper that has left the printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen import pipeline
from docgen.cli.options import out_option, root_option, sites_of, workspaces_argument


@click.command()
@workspaces_argument
@out_option
@root_option
def printed(workspaces: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Отметить, что всё готовое напечатано: потом reprint скажет, какие листы перепечатать."""
    for site in sites_of(workspaces, root, out):
        count = pipeline.note_printed(site)
        click.echo(f"{site.name}: отмечено напечатанным, документов: {count}")


@click.command()
@workspaces_argument
@out_option
@root_option
def reprint(workspaces: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Показать, какие листы изменились после печати; остальные годятся."""
    sites = sites_of(workspaces, root, out)
    for site in sites:
        found = pipeline.reprints(site)
        if len(sites) > 1:
            click.echo(f"{site.name}:")
        for one in found:
            click.echo(f"{one.title}: {_told(one)}")
        click.echo("остальные документы годятся" if found else "всё напечатанное годится")


def _told(one: pipeline.Reprint) -> str:
    """Return e.g. ``перепечатать листы 1, 4; остальные годятся``."""
    if not one.sheets:
        return "больше не нужен; напечатанное уничтожьте"
    if one.is_new:
        return f"напечатать, листов: {one.sheets}"
    said = []
    if len(one.wanted) == one.sheets:
        said.append(f"перепечатать целиком, листов: {one.sheets}")
    elif one.wanted:
        said.append(f"перепечатать {_sheets(one.wanted)}; остальные годятся")
    if one.useless:
        said.append(f"больше не нужны: {_sheets(one.useless)}")
    return "; ".join(said)


def _sheets(numbers: Sequence[int]) -> str:
    return f"{'лист' if len(numbers) == 1 else 'листы'} {', '.join(map(str, numbers))}"
