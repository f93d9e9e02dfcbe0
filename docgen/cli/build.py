"""``docgen build``: make every document and packet that is not up to date."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from docgen.cli.exit_codes import CommandExit, build_code
from docgen.cli.options import (
    PATH,
    date_option,
    out_option,
    root_option,
    sites_of,
    to_year,
    usage_error,
    workspaces_argument,
    year_option,
)
from docgen.cli.password_prompt import ask_password
from docgen.cli.problem_lines import print_beside
from docgen.cli.progress_line import progress_line
from docgen.pipeline.answers.reprints import is_marked_as_printed
from docgen.pipeline.output.places import Site, choose_outputs
from docgen.pipeline.run.many_workspaces import HERE, LayoutWorkers, build_workspaces
from docgen.pipeline.run.state import Result
from docgen.pipeline.workspace.wish import Wish
from docgen.problem_codes import ExitCode

# After these codes there is an output to speak of.
_BUILT = frozenset({ExitCode.DONE, ExitCode.PACKET, ExitCode.PARTIAL})
_LOOKALIKES = str.maketrans("ав", "ab")
_REASON_BY_PDF_OPTION = {
    "--fields": "поля подписи ставятся в PDF",
    "--pdfa 1a": "PDF/A-1a и есть PDF",
    "--encrypt": "паролем закрывается PDF",
}


@click.command()
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
@year_option
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
def build(
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
            {"--fields": has_fields, "--pdfa 1a": has_personnel, "--encrypt": is_encrypted}
        )
    if is_encrypted and blank:
        raise usage_error("--encrypt и --blank вместе не бывают: пустой бланк прятать незачем")
    sites = sites_of(workspaces, root, out)
    chosen = choose_outputs(redo, [site.output for site in sites])
    wish = Wish(
        to_year(year),
        _to_kind_name(only),
        _to_kind_name(blank),
        chosen,
        day.date() if day else None,
        has_fields=has_fields,
        has_personnel=has_personnel,
        password=ask_password() if is_encrypted else "",
    )
    workers = LayoutWorkers(jobs, cluster, share)
    raise CommandExit(run_builds(sites, wish, workers=workers, has_pdf=not no_pdf))


def run_builds(
    sites: Sequence[Site],
    wish: Wish,
    *,
    workers: LayoutWorkers = HERE,
    has_pdf: bool,
) -> ExitCode:
    """Build workspaces, print what comes out, and return the exit code."""
    codes: list[ExitCode] = []
    some_built = False
    with (
        progress_line() as progress,
        contextlib.closing(
            build_workspaces(sites, wish, workers=workers, has_pdf=has_pdf, progress=progress)
        ) as builds,
    ):
        for built in builds:
            checked = built.checked
            print_beside(checked.problems, checked.name if len(sites) > 1 else "")
            is_built = checked.exit_code in _BUILT
            if built.result is not None and is_built:
                _print_result(checked.name, built.result, built.site)
            codes.append(checked.exit_code)
            some_built = some_built or is_built
    return build_code(codes, some_built=some_built)


def _is_1a(flavour: str) -> bool:
    """Return whether papers are wanted in PDF/A-1a too; «1а» may be typed in Cyrillic.

    Raises:
        UsageError: when it is no kind of PDF/A that docgen makes.
    """
    known = {"2b": False, "1a": True}
    plain = flavour.strip().lower().translate(_LOOKALIKES)
    if plain not in known:
        raise usage_error(f"PDF/A вида «{flavour}» docgen не делает; можно: 1a, 2b")
    return known[plain]


def _refuse_without_pdf(is_asked_by_option: Mapping[str, bool]) -> None:
    for option, is_asked in is_asked_by_option.items():
        if is_asked:
            reason = _REASON_BY_PDF_OPTION[option]
            raise usage_error(f"{option} и --no-pdf вместе не бывают: {reason}")


def _to_kind_name(name: str) -> str:
    """Return a kind's name, also when it was typed as people read it."""
    return "_".join(name.split())


def _print_result(name: str, result: Result, site: Site) -> None:
    if result.is_up_to_date:
        summary = f"{name}: всё готово, изменений нет (документов: {result.kept})"
        if result.silent_warnings:
            summary += f"; предупреждений: {result.silent_warnings}, их покажет docgen check"
        click.echo(summary)
        return
    counts = [f"собрано {result.made}", f"без изменений {result.kept}"]
    counts += [f"комплектов {result.packets}"] if result.packets else []
    counts += [f"в PDF/A-1a {result.personnel}"] if result.personnel else []
    counts += [f"копий с паролем {result.copies}"] if result.copies else []
    counts += [f"не собрано {result.left_out}"] if result.left_out else []
    counts += [f"другого учебного года: {result.other_years}"] if result.other_years else []
    if result.archived:
        click.echo(f"{name}: архив на месте, бумаг: {result.archived}")
    click.echo(f"{name}: {', '.join(counts)} → {site.output}")
    if result.made and is_marked_as_printed(site):
        click.echo(f"{name}: что из напечатанного перепечатать, покажет docgen reprint")
