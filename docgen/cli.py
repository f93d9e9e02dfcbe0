"""The command line: words in, one call to build, words out."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

from docgen import __version__, build, russian
from docgen.errors import DocgenError, ExitCode, Location, Problem, UsageError

_HELP = {"help_option_names": ["-h", "--help"]}
_PATH = click.Path(path_type=Path)


# After these codes there is an output to speak of.
_BUILT = frozenset({ExitCode.DONE, ExitCode.PACKET, ExitCode.PARTIAL})


class Ends(Exception):  # noqa: N818 - an end, not an error
    """The command is done and returns this code; everything has been said."""

    def __init__(self, code: ExitCode) -> None:
        self.code = code
        super().__init__(code.name)


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="docgen")
def cli() -> None:
    """Документы наставничества: реестры Excel и шаблоны Word — в готовые комплекты PDF."""


def _root_option(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--root", type=_PATH, default=None, help="Папка с templates_docx/ и registers/schema/."
    )(function)


def _out_option(function: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--out", type=_PATH, default=None, help="Куда сложить готовое (вместо output/)."
    )(function)


_json_option = click.option("--json", "as_json", is_flag=True, help="Ответ для других программ.")


_date_option = click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="ГГГГ-ММ-ДД",
    help="День, на который проверяются сроки; в документах не появляется.",
)


_workspaces = click.argument("workspaces", nargs=-1, type=_PATH, metavar="[ПАПКА]...")


def _sites(
    workspaces: Sequence[Path], root: Path | None, out: Path | None = None
) -> list[build.Site]:
    """Return the workspaces asked for, all of them when none is named.

    Raises:
        UsageError: when two have one name: their outputs would be one folder.
    """
    folders = list(workspaces) or build.find_workspaces(build.find_root(None, root))
    by_place = {folder.resolve(): folder for folder in folders}
    names = [place.name for place in by_place]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        message = f"две рабочие папки с одним именем «{twins[0]}»; соберите их по отдельности"
        raise UsageError([Problem("usage", Location(), message)])
    # A root that was named keeps the outputs, wherever the registers lie.
    base = out or (root / build.OUTPUT if root else None)
    return [build.Site(folder, build.find_root(folder, root), base) for folder in by_place.values()]


def _lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield problems as lines, errors first."""
    for problem in sorted(problems, key=lambda one: not one.is_error):
        yield f"{'ошибка' if problem.is_error else 'внимание'}: {problem}"


def _say(problems: Sequence[Problem], name: str = "") -> None:
    """Write problems beside the answer of the command, below the name of their workspace."""
    if problems and name:
        click.echo(f"{name}:", err=True)
    for line in _lines(problems):
        click.echo(line, err=True)


def _unable(site: build.Site, error: DocgenError) -> build.Checked:
    """Return what is known of a workspace that could not be tried to the end."""
    return build.Checked(site.name, list(error.problems), error.exit_code)


def _overall(codes: Sequence[ExitCode], *, some_done: bool) -> ExitCode:
    """Return one code for several workspaces: 7 if some were built, else the lowest.

    A set that could not be made keeps its own code when nothing else went wrong.
    """
    failed = [code for code in codes if code is not ExitCode.DONE]
    if not failed:
        return ExitCode.DONE
    if set(failed) == {ExitCode.PACKET}:
        return ExitCode.PACKET
    return ExitCode.PARTIAL if some_done else min(failed)


@cli.command()
@click.argument("folder", default=".", type=_PATH, metavar="[ПАПКА]")
@_root_option
def init(folder: Path, root: Path | None) -> None:
    """Создать рабочую папку: пишет в неё новые книги реестров с примерами (готовые не трогает)."""
    # The only day of building that may show: the examples speak of the current school year.
    today = dt.datetime.now(tz=dt.UTC).date()
    for path in build.make_example(folder, build.find_root(folder, root), today):
        click.echo(f"создан {path}")
    click.echo(f"дальше: впишите своё, затем docgen check «{folder}» и docgen build «{folder}»")


@cli.command()
@_workspaces
@_date_option
@_root_option
@_json_option
def check(
    workspaces: tuple[Path, ...], day: dt.datetime | None, root: Path | None, as_json: bool
) -> None:
    """Показать все ошибки реестров, шаблонов и описаний; ничего не собирать."""
    checked = []
    for site in _sites(workspaces, root):
        try:
            checked.append(build.check_workspace(site, day.date() if day else None))
        except DocgenError as error:
            checked.append(_unable(site, error))
    problems = [problem for one in checked for problem in one.problems]
    if as_json:
        click.echo(json.dumps([_as_data(problem) for problem in problems], ensure_ascii=False))
    else:
        _print_checked(checked, problems)
    codes = [one.exit_code for one in checked if one.exit_code is not ExitCode.DONE]
    raise Ends(min(codes, default=ExitCode.DONE))


def _print_checked(checked: Sequence[build.Checked], problems: Sequence[Problem]) -> None:
    """Print the problems, which are the answer of this command, by workspace."""
    for one in checked:
        if one.problems and len(checked) > 1:
            click.echo(f"{one.name}:")
        for line in _lines(one.problems):
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


@cli.command()
@_workspaces
@click.option("--year", default="", help="Учебный год, например 2026/2027.")
@_out_option
@_root_option
@_json_option
def plan(
    workspaces: tuple[Path, ...], year: str, out: Path | None, root: Path | None, as_json: bool
) -> None:
    """Показать, что было бы собрано и почему; ничего не собирать."""
    told: dict[str, list[Any]] = {"documents": [], "packets": []}
    codes = []
    sites = _sites(workspaces, root, out)
    for site in sites:
        try:
            data, checked = build.plan_workspace(site, build.Wish(year=_year(year)))
        except DocgenError as error:
            data, checked = {"documents": [], "packets": []}, _unable(site, error)
        told["documents"] += data["documents"]
        told["packets"] += data["packets"]
        codes.append(checked.exit_code)
        _say(checked.problems, checked.name if len(sites) > 1 else "")
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


def _year(text: str) -> str:
    if not text:
        return ""
    try:
        return russian.school_year(russian.school_year_bounds(text)[0])
    except ValueError as error:
        message = f"учебный год «{text}» не понят; напишите его так: 2026/2027"
        raise UsageError([Problem("usage", Location(), message)]) from error


@cli.command(name="build")
@_workspaces
@_out_option
@click.option("--only", default="", metavar="ВИД", help="Собрать документы одного вида.")
@click.option("--jobs", type=click.IntRange(1, 64), default=None, help="Процессов LibreOffice.")
@_date_option
@click.option("--year", default="", help="Учебный год, например 2026/2027.")
@click.option("--blank", default="", metavar="ВИД", help="Пустые бланки одного вида.")
@click.option("--no-pdf", is_flag=True, help="Только .docx, без LibreOffice.")
@click.option("--redo", multiple=True, type=_PATH, help="Собрать заново исправленный вручную.")
@_root_option
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
    sites = _sites(workspaces, root, out)
    chosen = build.choose_outputs(redo, [site.output for site in sites])
    wish = build.Wish(_year(year), _kind(only), _kind(blank), chosen, day.date() if day else None)
    codes: list[ExitCode] = []
    some_done = False
    for site in sites:
        result, checked = _build_one(site, wish, jobs=jobs, has_pdf=not no_pdf)
        _say(checked.problems, checked.name if len(sites) > 1 else "")
        if result is not None:
            _print_result(checked.name, result, site)
        codes.append(checked.exit_code)
        some_done = some_done or checked.exit_code in _BUILT
    raise Ends(_overall(codes, some_done=some_done))


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
        return None, _unable(site, error)
    return (result if checked.exit_code in _BUILT else None), checked


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


@cli.command()
@click.argument("file", type=_PATH, metavar="ФАЙЛ")
@_out_option
@_root_option
def explain(file: Path, out: Path | None, root: Path | None) -> None:
    """Показать, из чего собран файл и почему он готов или устарел."""
    for line in build.explain_file(file, root, out):
        click.echo(line)


@cli.command()
@click.argument("text", metavar="ТЕКСТ")
@click.option("--as", "kind", type=click.Choice(["name", "phrase"]), default=None)
@click.option("--case", "case", default=None, metavar="ПАДЕЖ", help="Один падеж: род, дат, …")
@click.option("--gender", type=click.Choice(["м", "ж", "m", "f"]), default=None)
@_json_option
def decline(
    text: str, kind: str | None, case: str | None, gender: str | None, as_json: bool
) -> None:
    """Просклонять ФИО, должность или организацию; «-» читает строки."""
    lines = sys.stdin.read().splitlines() if text == "-" else [text]
    cases = [_case(case)] if case else list(russian.CASES)
    told = []
    for line in filter(None, map(str.strip, lines)):
        is_name = kind == "name" or (kind is None and bool(gender or russian.gender_of(line)))
        for one in cases:
            form = (
                russian.decline_name(line, one, gender)
                if is_name
                else russian.decline_phrase(line, one)
            )
            told.append(
                {
                    "text": line,
                    "case": one,
                    "form": form.text,
                    "source": form.source,
                    "check": form.check,
                    "reason": form.reason,
                }
            )
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for item in told:
        doubt = f"  ← проверьте: {item['reason']}" if item["check"] else ""
        click.echo(f"{item['case']:5} {item['form']}{doubt}")


def _case(text: str) -> str:
    try:
        return russian.to_case(text)
    except ValueError as error:
        message = f"падеж «{text}» не понят; бывают: {', '.join(russian.CASES)}"
        raise UsageError([Problem("usage", Location(), message)]) from error


@cli.command()
@click.argument("output", type=_PATH, metavar="ПАПКА")
def verify(output: Path) -> None:
    """Перечитать готовое: список, суммы файлов, страницы, закладки."""
    problems = build.verify_output(output)
    for line in _lines(problems):
        click.echo(line)
    if problems:
        raise Ends(ExitCode.PACKET)
    click.echo(f"{output}: всё на месте")


@cli.command()
@click.argument("workspace", required=False, type=_PATH, metavar="[ПАПКА]")
@_root_option
@_json_option
def templates(workspace: Path | None, root: Path | None, as_json: bool) -> None:
    """Показать виды документов: реестры, переменные, шрифты, исправность."""
    base = build.find_root(workspace, root)
    described, problems = build.describe_kinds(workspace or base / "registers", base)
    _say(problems)
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False))
    else:
        for one in described:
            click.echo(f"{one['kind']} — {one['health']}")
            click.echo(f"  реестр: {one['register']}; шаблон: {one['template']}")
            click.echo(f"  шрифты: {'; '.join(one['fonts'])}")
            click.echo(f"  переменные: {', '.join(one['variables'])}")
    if any(problem.is_error for problem in problems):
        raise Ends(ExitCode.TEMPLATES)


def run_command(arguments: Sequence[str] | None) -> None:
    """Run the command line; everything that ends it early is raised."""
    args = None if arguments is None else list(arguments)
    cli.main(args=args, prog_name="docgen", standalone_mode=False)
