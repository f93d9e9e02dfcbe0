"""``docgen explain``: the cells a file was made from, and why it is up to date or stale."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli.options import PATH, out_option, root_option
from docgen.pipeline.answers.explanation import explain_file


@click.command()
@click.argument("file", type=PATH, metavar="ФАЙЛ")
@out_option
@root_option
def explain(file: Path, out: Path | None, root: Path | None) -> None:
    """Показать, из чего собран файл и почему он готов или устарел."""
    for line in explain_file(file, root, out):
        click.echo(line)
