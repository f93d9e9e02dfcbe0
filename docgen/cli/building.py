"""The command that makes papers."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from docgen import pipeline
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
    workspaces_argument,
)
from docgen.cli.passwords import ask_password
from docgen.errors import ExitCode, Location, Problem, UsageError

_LOOKALIKES = str.maketrans("ав", "ab")
_NEED_PDF = {
    "--fields": "поля подписи ставятся в PDF",
    "--pdfa 1a": "PDF/A-1a и есть PDF",
    "--encrypt": "паролем закрывается PDF",
}


@click.command(name="build")
@workspaces_argument
@out_option
@click.option("--only", default="", metavar="ВИД", help="Собрать документы одного вида.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="Сколько дел сразу (по числу ядер); 1 — по одному, чтобы не занимать компьютер.",
)
@date_option
@click.option("--year", default="", help="Учебный год, например 2026/2027.")
@click.option("--blank", default="", metavar="ВИД", help="Пустые бланки одного вида.")
@click.option("--no-pdf", is_flag=True, help="Только .docx, без LibreOffice.")
@click.option(
    "--fields",
    "has_fields",
    is_flag=True,
    help="Ещё и подлинники с полями электронной подписи.",
)
@click.option(
    "--pdfa",
    "flavour",
    default="2b",
    metavar="ВИД",
    help="1a: ещё и каждый документ в PDF/A-1a, для кадровой системы (без ключа — только 2b).",
)
@click.option(
    "--encrypt",
    "is_encrypted",
    is_flag=True,
    help="Ещё и копии комплектов с паролем, для почты; с --only — копии документов. Пароль "
    "спросят.",
)
@click.option("--redo", multiple=True, type=PATH, help="Собрать заново исправленный вручную.")
@click.option(
    "--cluster", default="", metavar="АДРЕС", help="Верстать на кластере dask: tls://машина:8786."
)
@click.option(
    "--share", type=PATH, default=None, help="Общая папка машин кластера, если связь не защищена."
)
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
    has_fields: bool,
    flavour: str,
    is_encrypted: bool,
    redo: tuple[Path, ...],
    cluster: str,
    share: Path | None,
    root: Path | None,
) -> None:
    """Собрать всё, что устарело: .docx, PDF и комплекты."""
    has_personnel = _is_1a(flavour)
    if no_pdf:
        _refuse_without_pdf(
            **{"--fields": has_fields, "--pdfa 1a": has_personnel, "--encrypt": is_encrypted}
        )
    if is_encrypted and blank:
        raise _refused("--encrypt и --blank вместе не бывают: пустой бланк прятать незачем")
    sites = sites_of(workspaces, root, out)
    chosen = pipeline.choose_outputs(redo, [site.output for site in sites])
    wish = pipeline.Wish(
        to_year(year),
        _kind(only),
        _kind(blank),
        chosen,
        day.date() if day else None,
        has_fields=has_fields,
        has_personnel=has_personnel,
        password=ask_password() if is_encrypted else "",
    )
    workers = pipeline.Workers(jobs, cluster, share)
    codes: list[ExitCode] = []
    some_done = False
    with (
        _progress() as told,
        contextlib.closing(
            pipeline.build_workspaces(
                sites, wish, workers=workers, has_pdf=not no_pdf, progress=told
            )
        ) as builds,
    ):
        for built in builds:
            checked = built.checked
            say(checked.problems, checked.name if len(sites) > 1 else "")
            is_built = checked.exit_code in BUILT
            if built.result is not None and is_built:
                _print_result(checked.name, built.result, built.site)
            codes.append(checked.exit_code)
            some_done = some_done or is_built
    raise Ends(overall(codes, some_done=some_done))


def _is_1a(flavour: str) -> bool:
    """Return whether papers are wanted in PDF/A-1a too; «1а» may be typed in Cyrillic.

    Raises:
        UsageError: when it is no kind of PDF/A that docgen makes.
    """
    known = {"2b": False, "1a": True}
    plain = flavour.strip().lower().translate(_LOOKALIKES)
    if plain not in known:
        raise _refused(f"PDF/A вида «{flavour}» docgen не делает; можно: 1a, 2b")
    return known[plain]


def _refuse_without_pdf(**asked: bool) -> None:
    for key in (key for key, is_asked in asked.items() if is_asked):
        raise _refused(f"{key} и --no-pdf вместе не бывают: {_NEED_PDF[key]}")


def _refused(message: str) -> UsageError:
    return UsageError([Problem("usage", Location(), message)])


def _kind(name: str) -> str:
    """Return a kind's name, also when it was typed as people read it."""
    return "_".join(name.split())


def _print_result(name: str, result: pipeline.Result, site: pipeline.Site) -> None:
    if result.is_up_to_date:
        told = f"{name}: всё готово, изменений нет (документов: {result.kept})"
        if result.silent_warnings:
            told += f"; предупреждений: {result.silent_warnings}, их покажет docgen check"
        click.echo(told)
        return
    parts = [f"собрано {result.made}", f"без изменений {result.kept}"]
    parts += [f"комплектов {result.packets}"] if result.packets else []
    parts += [f"в PDF/A-1a {result.personnel}"] if result.personnel else []
    parts += [f"копий с паролем {result.copies}"] if result.copies else []
    parts += [f"не собрано {result.left_out}"] if result.left_out else []
    click.echo(f"{name}: {', '.join(parts)} → {site.output}")
    if result.made and pipeline.is_noted(site):
        click.echo(f"{name}: что из напечатанного перепечатать, покажет docgen reprint")


@contextlib.contextmanager
def _progress() -> Iterator[pipeline.Progress]:
    """Show a line with documents, pages and the time left on a terminal, nothing elsewhere."""
    told = pipeline.Progress()
    # There is no stderr at all when a caller has closed it.
    if getattr(sys.stderr, "isatty", bool)():
        with _shown(told):
            yield told
    else:
        yield told


@contextlib.contextmanager
def _shown(told: pipeline.Progress) -> Iterator[None]:
    """Show on the terminal what is told."""
    # Slow to load, and most builds of a server have no terminal.
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[told]}"),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", told="", total=None)

        def show(one: pipeline.Progress) -> None:
            bar.update(
                task,
                description=one.text,
                completed=one.finished,
                total=one.expected or None,
                told=_to_words(one),
            )

        told.listener = show
        yield


def _to_words(told: pipeline.Progress) -> str:
    """Return e.g. ``340 из 1000, страниц 655, осталось 0:12``."""
    words = [f"{told.finished} из {told.expected}"]
    words += [f"страниц {told.pages}"] if told.pages else []
    if told.left_s is not None:
        minutes, seconds = divmod(round(told.left_s), 60)
        words.append(f"осталось {minutes}:{seconds:02}")
    return ", ".join(words)
