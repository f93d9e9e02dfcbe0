"""``docgen archive``: what can be done with the papers that are signed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import (
    PATH,
    order_argument,
    out_option,
    reason_option,
    root_option,
    sites_of,
    usage_error,
    workspaces_argument,
)
from docgen.cli.problem_lines import print_beside
from docgen.pipeline.answers import archive_acts, destruction
from docgen.pipeline.answers.adoption import adopt as take_file
from docgen.pipeline.answers.lost_rows import LostRows, find_lost_rows, write_back
from docgen.pipeline.answers.restoration import restore as restore_papers
from docgen.pipeline.workspace.wish import computers_day
from docgen.problem_codes import ExitCode


@click.group()
def archive() -> None:
    """Вернуть, принять, списать, уничтожить подписанные бумаги, опечатать архив."""


@archive.command()
@workspaces_argument
@out_option
@root_option
def restore(workspaces: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Вернуть подписанные бумаги: из вторых копий и из готового, если суммы сходятся."""
    has_errors = False
    for site in sites_of(workspaces, root, out):
        done = restore_papers(site, computers_day())
        print_beside(done.problems, site.name)
        state = "в архиве не всё" if done.lacks else "архив на месте"
        click.echo(f"{site.name}: {state}, бумаг: {done.whole}; взято из готового: {done.taken}")
        has_errors = has_errors or done.lacks
    raise CommandExit(ExitCode.REGISTERS if has_errors else ExitCode.DONE)


@archive.command()
@order_argument
@click.argument("file", type=PATH, metavar="ФАЙЛ")
@workspaces_argument
@out_option
@root_option
def adopt(
    order: str, file: Path, workspaces: tuple[Path, ...], out: Path | None, root: Path | None
) -> None:
    """Принять в архив скан или подписанный PDF приказа, листа которого нет."""
    named = archive_acts.find_order(sites_of(workspaces, root, out), order)
    print_beside(named.losses)
    pages = take_file(named, file, computers_day())
    click.echo(f"приказ {named.called}: принят «{file.name}», страниц: {pages}")


@archive.command()
@workspaces_argument
@reason_option
@root_option
def accept(workspaces: tuple[Path, ...], reason: str, root: Path | None) -> None:
    """Принять архив таким, какой он есть: взять найденные бумаги, списать пропавшие."""
    is_whole = True
    for site in sites_of(workspaces, root):
        taken, written_off, refused = archive_acts.accept_archive(site, reason, computers_day())
        click.echo(f"{site.name}: принято бумаг: {taken}, списано: {written_off}")
        for why in refused:
            click.echo(f"{site.name}: {why}", err=True)
        is_whole = is_whole and not refused
    raise CommandExit(ExitCode.DONE if is_whole else ExitCode.REGISTERS)


@archive.command()
@workspaces_argument
@root_option
def seal(workspaces: tuple[Path, ...], root: Path | None) -> None:
    """Напечатать одну строку с суммой архива: её подписывают и подшивают."""
    has_errors = False
    for site in sites_of(workspaces, root):
        line, problems = archive_acts.seal(site)
        print_beside(problems, site.name)
        click.echo(line)
        has_errors = has_errors or any(one.is_error for one in problems)
    raise CommandExit(ExitCode.REGISTERS if has_errors else ExitCode.DONE)


@archive.command("to-book")
@workspaces_argument
@click.option("--yes", is_flag=True, help="Вписать, не спрашивая.")
@root_option
def to_book(workspaces: tuple[Path, ...], yes: bool, root: Path | None) -> None:
    """Вписать обратно в книгу подписанные приказы, которых в ней нет."""
    for site in sites_of(workspaces, root):
        lost = find_lost_rows(site)
        _say_lost(lost, site.name)
        if not lost.written:
            click.echo(f"{site.name}: вписывать нечего")
        elif yes or _agrees(site.name):
            write_back(lost)
            click.echo(
                f"{site.name}: вписано строк: {len(lost.rows)}, ячеек в других строках: "
                f"{len(lost.cells)}; прежняя книга лежит в папке «копии»"
            )
        else:
            click.echo(f"{site.name}: ничего не вписано; вписать: та же команда с ключом --yes")


def _say_lost(lost: LostRows, name: str) -> None:
    """Print what is to be written, and what people have to decide."""
    for words in lost.rows:
        click.echo(f"{name}: строка приказа {words}")
    for words in lost.cells:
        click.echo(f"{name}: ячейка приказа {words}")
    for words in lost.kept:
        click.echo(f"{name}: не трогаю: {words}")


def _agrees(name: str) -> bool:
    """Ask a person at a terminal; nobody else can answer."""
    return sys.stdin.isatty() and click.confirm(f"{name}: вписать это в книгу?")


@archive.command()
@workspaces_argument
@click.option("--act", required=True, metavar="ПРИКАЗ", help="Чем решено: акт или приказ.")
@click.option("--yes", is_flag=True, help="Уничтожить; без ключа — только показать, что.")
@root_option
def destroy(workspaces: tuple[Path, ...], act: str, yes: bool, root: Path | None) -> None:
    """Уничтожить по акту бумаги, срок хранения которых вышел."""
    if not act.strip():
        raise usage_error("назовите акт или приказ об уничтожении: --act «…»")
    today = computers_day()
    for site in sites_of(workspaces, root):
        due = destruction.due_papers(site, today)
        for one in due:
            click.echo(f"{site.name}: {one.title}, {one.date}; хранить {one.retention}")
        if yes and due:
            destruction.destroy(site, due, act, today)
            click.echo(f"{site.name}: уничтожено бумаг: {len(due)}; записи о них остались")
        elif due:
            click.echo(
                f"{site.name}: вышел срок бумаг: {len(due)}; уничтожить их: тот же ключ и --yes"
            )
        else:
            click.echo(f"{site.name}: бумаг с вышедшим сроком нет")
