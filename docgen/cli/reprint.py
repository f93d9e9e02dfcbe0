"""``docgen reprint``: the sheets that have changed since they were printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from docgen.cli.options import out_option, root_option, sites_of, workspaces_argument
from docgen.pipeline.answers.reprints import Reprint, sheets_to_reprint


@click.command()
@workspaces_argument
@out_option
@root_option
def reprint(workspaces: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Показать, какие листы изменились после печати; остальные годятся."""
    sites = sites_of(workspaces, root, out)
    for site in sites:
        changed = sheets_to_reprint(site)
        if len(sites) > 1:
            click.echo(f"{site.name}:")
        for document in changed:
            click.echo(f"{document.title}: {_advice(document)}")
        click.echo("остальные документы годятся" if changed else "всё напечатанное годится")


def _advice(document: Reprint) -> str:
    """Return e.g. ``перепечатать листы 1, 4; остальные годятся``."""
    if not document.sheets:
        return "больше не нужен; напечатанное уничтожьте"
    if document.is_new:
        return f"напечатать, листов: {document.sheets}"
    advice = []
    if len(document.wanted) == document.sheets:
        advice.append(f"перепечатать целиком, листов: {document.sheets}")
    elif document.wanted:
        advice.append(f"перепечатать {_numbered(document.wanted)}; остальные годятся")
    if document.useless:
        advice.append(f"больше не нужны: {_numbered(document.useless)}")
    return "; ".join(advice)


def _numbered(sheets: Sequence[int]) -> str:
    return f"{'лист' if len(sheets) == 1 else 'листы'} {', '.join(map(str, sheets))}"
