"""The command that makes papers."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from docgen import build
from docgen.cli.options import (
    BUILT,
    PATH,
    Ends,
    date_option,
    out_option,
    overall,
    root_option,
    say,
    sites_of,
    to_year,
    unable,
    workspaces_argument,
)
from docgen.errors import DocgenError, ExitCode


@click.command(name="build")
@workspaces_argument
@out_option
@click.option("--only", default="", metavar="ВИД", help="Собрать документы одного вида.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Процессов LibreOffice.")
@date_option
@click.option("--year", default="", help="Учебный год, например 2026/2027.")
@click.option("--blank", default="", metavar="ВИД", help="Пустые бланки одного вида.")
@click.option("--no-pdf", is_flag=True, help="Только .docx, без LibreOffice.")
@click.option("--redo", multiple=True, type=PATH, help="Собрать заново исправленный вручную.")
@root_option
def build_command(
    workspaces: tuple[Path, ...],
    out: Path | None,
    only: str,
    jobs: int | None,
    day: dt.datetime | None,
    year: str,
    blank: str,
    no_pdf: bool,
    redo: tuple[Path, ...],
    root: Path | None,
) -> None:
    """Собрать всё, что устарело: .docx, PDF и комплекты."""
    sites = sites_of(workspaces, root, out)
    chosen = build.choose_outputs(redo, [site.output for site in sites])
    wish = build.Wish(to_year(year), _kind(only), _kind(blank), chosen, day.date() if day else None)
    codes: list[ExitCode] = []
    some_done = False
    for site in sites:
        result, checked = _build_one(site, wish, jobs=jobs, has_pdf=not no_pdf)
        say(checked.problems, checked.name if len(sites) > 1 else "")
        if result is not None:
            _print_result(checked.name, result, site)
        codes.append(checked.exit_code)
        some_done = some_done or checked.exit_code in BUILT
    raise Ends(overall(codes, some_done=some_done))


def _build_one(
    site: build.Site, wish: build.Wish, *, jobs: int | None, has_pdf: bool
) -> tuple[build.Result | None, build.Checked]:
    """Return what became of one workspace; nothing when it could not start."""
    try:
        with _progress(site.name) as told:
            result, checked = build.build_workspace(
                site, wish, jobs=jobs, has_pdf=has_pdf, progress=told
            )
    except DocgenError as error:
        return None, unable(site, error)
    return (result if checked.exit_code in BUILT else None), checked


def _kind(name: str) -> str:
    """Return a kind's name, also when it was typed as people read it."""
    return "_".join(name.split())


def _print_result(name: str, result: build.Result, site: build.Site) -> None:
    if result.is_up_to_date:
        told = f"{name}: всё готово, изменений нет (документов: {result.kept})"
        if result.silent_warnings:
            told += f"; предупреждений: {result.silent_warnings}, их покажет docgen check"
        click.echo(told)
        return
    parts = [f"собрано {result.made}", f"без изменений {result.kept}"]
    parts += [f"комплектов {result.packets}"] if result.packets else []
    parts += [f"не собрано {result.left_out}"] if result.left_out else []
    click.echo(f"{name}: {', '.join(parts)} → {site.output}")


@contextlib.contextmanager
def _progress(name: str) -> Iterator[Callable[[str, int], None]]:
    """Show a line with what is being done on a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task(name)

        def tell(what: str, count: int) -> None:
            bar.update(task, description=f"{name}: {what}, {count}")

        yield tell
