"""``docgen stamp``: a copy of a signed PDF that shows its electronic signature."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.catalogue import find_root
from docgen.cli.options import PATH, root_option
from docgen.cli.sign_extra import needing_sign_extra


@click.command()
@click.argument("file", type=PATH, metavar="ФАЙЛ")
@click.option("--to", "target", type=PATH, default=None, help="Куда записать копию.")
@root_option
def stamp(file: Path, target: Path | None, root: Path | None) -> None:
    """Сделать копию подписанного PDF с видимой отметкой об электронной подписи."""
    base = find_root(None, root)
    with needing_sign_extra():
        # Optional, and slow to load.
        from docgen.pipeline.products.signature_mark import write_visible_copy
    copy = write_visible_copy(file, base, target)
    click.echo(f"копия с отметкой: {copy}")
    click.echo("подписанный файл не изменён; силу имеет он, а не копия")
