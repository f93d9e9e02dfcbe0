"""The commands that look and tell: init writes only where nothing is yet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from docgen import pipeline
from docgen.cli.options import (
    PATH,
    Ends,
    date_option,
    json_option,
    out_option,
    root_option,
    say,
    sites_of,
    to_lines,
    to_year,
    unable,
    workspaces_argument,
)
from docgen.cli.returned import signature_problems
from docgen.errors import ExitCode, Problem, StageError


@click.command()
@click.argument("folder", default=".", type=PATH, metavar="[ПАПКА]")
@root_option
def init(folder: Path, root: Path | None) -> None:
    """Создать рабочую папку: пишет в неё новые книги реестров с примерами (готовые не трогает)."""
    # The only day of building that may show: the examples speak of the current school year.
    today = dt.datetime.now(tz=dt.UTC).date()
    for path in pipeline.make_example(folder, pipeline.find_root(folder, root), today):
        click.echo(f"создан {path}")
    click.echo(f"дальше: впишите своё, затем docgen check «{folder}» и docgen build «{folder}»")


@click.command()
@workspaces_argument
@date_option
@root_option
@json_option
def check(
    workspaces: tuple[Path, ...], day: dt.datetime | None, root: Path | None, as_json: bool
) -> None:
    """Показать все ошибки реестров, шаблонов и описаний; ничего не собирать."""
    checked = []
    for site in sites_of(workspaces, root):
        try:
            checked.append(pipeline.check_workspace(site, day.date() if day else None))
        except StageError as error:
            checked.append(unable(site, error))
    problems = [problem for one in checked for problem in one.problems]
    if as_json:
        click.echo(json.dumps([_as_data(problem) for problem in problems], ensure_ascii=False))
    else:
        _print_checked(checked, problems)
    codes = [one.exit_code for one in checked if one.exit_code is not ExitCode.DONE]
    raise Ends(min(codes, default=ExitCode.DONE))


def _print_checked(checked: Sequence[pipeline.Checked], problems: Sequence[Problem]) -> None:
    """Print the problems, which are the answer of this command, by workspace."""
    for one in checked:
        if one.problems and len(checked) > 1:
            click.echo(f"{one.name}:")
        for line in to_lines(one.problems):
            click.echo(line)
    errors = sum(problem.is_error for problem in problems)
    click.echo(f"ошибок: {errors}, предупреждений: {len(problems) - errors}")


def _as_data(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.where.file,
        "sheet": problem.where.sheet,
        "cell": problem.where.cell,
        "message": problem.message,
    }


@click.command()
@workspaces_argument
@click.option("--year", default="", help="Учебный год, например 2026/2027.")
@out_option
@root_option
@json_option
def plan(
    workspaces: tuple[Path, ...], year: str, out: Path | None, root: Path | None, as_json: bool
) -> None:
    """Показать, что было бы собрано и почему; ничего не собирать."""
    told: dict[str, list[Any]] = {"documents": [], "packets": []}
    codes = []
    sites = sites_of(workspaces, root, out)
    for site in sites:
        try:
            data, checked = pipeline.plan_workspace(site, pipeline.Wish(year=to_year(year)))
        except StageError as error:
            data, checked = {"documents": [], "packets": []}, unable(site, error)
        told["documents"] += data["documents"]
        told["packets"] += data["packets"]
        codes.append(checked.exit_code)
        say(checked.problems, checked.name if len(sites) > 1 else "")
        if not as_json:
            _print_plan(checked.name if len(sites) > 1 else "", data)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    raise Ends(min((code for code in codes if code), default=ExitCode.DONE))


def _print_plan(name: str, told: dict[str, list[Any]]) -> None:
    if name:
        click.echo(f"{name}:")
    words = {
        "new": "новый",
        "stale": "устарел",
        "up to date": "готов",
        "edited": "исправлен вручную",
        "frozen": "подписан",
        "left out": "не собрать",
    }
    for one in told["documents"]:
        reasons = f" ({'; '.join(one['reasons'])})" if one["reasons"] else ""
        click.echo(f"{words[one['state']]}: {one['title']}{reasons}")
    for one in told["packets"]:
        click.echo(f"комплект: {one['name']} — документов: {len(one['contents'])}")


@click.command()
@click.argument("file", type=PATH, metavar="ФАЙЛ")
@out_option
@root_option
def explain(file: Path, out: Path | None, root: Path | None) -> None:
    """Показать, из чего собран файл и почему он готов или устарел."""
    for line in pipeline.explain_file(file, root, out):
        click.echo(line)


@click.command()
@click.argument("file", type=PATH, metavar="ФАЙЛ")
@click.argument("other", required=False, type=PATH, metavar="[ДРУГОЙ]")
@out_option
@root_option
def diff(file: Path, other: Path | None, out: Path | None, root: Path | None) -> None:
    """Показать, чем текст файла отличается от подписанной версии или от другого файла."""
    if other is not None:
        found = [pipeline.compare_files(file, other)]
    else:
        found = pipeline.compare_with_signed(file, root, out)
    for one in found:
        click.echo(f"было: {one.before}")
        click.echo(f"стало: {one.after}")
        for line in one.lines or ("отличий в тексте нет",):
            click.echo(f"  {line}")
    if any(one.lines for one in found):
        raise Ends(ExitCode.PACKET)


@click.command()
@click.argument("output", type=PATH, metavar="ПАПКА")
def verify(output: Path) -> None:
    """Перечитать готовое: список, суммы файлов, страницы, закладки, электронные подписи."""
    if pipeline.is_workspace(output) and not pipeline.is_output(output):
        output = sites_of((output,), None, None)[0].output
    problems = [*pipeline.verify_output(output), *signature_problems(output)]
    for line in to_lines(problems):
        click.echo(line)
    if any(one.is_error for one in problems):
        raise Ends(ExitCode.PACKET)
    click.echo(f"{output}: всё на месте")


@click.command()
@click.argument("workspace", required=False, type=PATH, metavar="[ПАПКА]")
@root_option
@json_option
def templates(workspace: Path | None, root: Path | None, as_json: bool) -> None:
    """Показать виды документов: реестры, переменные, шрифты, исправность."""
    base = pipeline.find_root(workspace, root)
    described, problems = pipeline.describe_kinds(workspace or base / "registers", base)
    say(problems)
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False))
    else:
        for one in described:
            click.echo(f"{one['kind']} — {one['health']}")
            click.echo(f"  реестр: {one['register']}; шаблон: {one['template']}")
            click.echo(f"  хранить: {one['retention'] or 'срок не указан'}")
            click.echo(f"  шрифты: {'; '.join(one['fonts'])}")
            click.echo(f"  переменные: {', '.join(one['variables'])}")
    if any(problem.is_error for problem in problems):
        raise Ends(ExitCode.TEMPLATES)
