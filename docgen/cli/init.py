"""``docgen init``: new workbooks with an example, and the next command to run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from docgen.catalogue import find_root
from docgen.cli.options import PATH, root_option
from docgen.errors import command
from docgen.pipeline.answers.example import make_example


@click.command()
@click.argument("folder", default=".", type=PATH, metavar="[ПАПКА]")
@root_option
def init(folder: Path, root: Path | None) -> None:
    """Создать рабочую папку: пишет в неё новые книги реестров с примерами (готовые не трогает)."""
    # The only day of building that may show: the examples speak of the current school year.
    today = dt.datetime.now(tz=dt.UTC).date()
    for path in make_example(folder, find_root(folder, root), today):
        click.echo(f"создан {path}")
    name = str(folder)
    click.echo(f"дальше: впишите своё, затем {command('check', name)} и {command('build', name)}")
