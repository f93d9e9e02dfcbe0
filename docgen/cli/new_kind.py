"""``docgen new-kind``: a template and its entry, to go on with in Word."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.catalogue import find_root
from docgen.catalogue.draft_wishes import TypedWish
from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import PATH, root_option, usage_error
from docgen.cli.problem_lines import print_beside
from docgen.errors import command
from docgen.model import Audience, DocumentPer, Family
from docgen.pipeline.answers.kind_issue import NewKind, issue_kind
from docgen.pipeline.workspace.folders import is_workspace, named_workspace
from docgen.problem_codes import ExitCode

_FAMILIES = [one.value for one in Family if one != Family.BLANK_FORM]


@click.command("new-kind")
@click.argument("name", metavar="ВИД")
@click.argument("folder", required=False, type=PATH, metavar="[ПАПКА]")
@click.option("--register", required=True, metavar="РЕЕСТР", help="Чьи строки дают бумагу: пары.")
@click.option(
    "--per",
    type=click.Choice([one.value for one in DocumentPer]),
    default=None,
    help="Бумага на строку (row), на группу строк (group), одна на все (register).",
)
@click.option("--group-by", default="", metavar="СТОЛБЕЦ", help="По чему собирать строки.")
@click.option(
    "--each",
    multiple=True,
    metavar="СТОЛБЕЦ",
    help="Бумага на каждого человека из столбца; можно повторить.",
)
@click.option(
    "--only",
    type=click.Choice([one.value for one in Audience]),
    default=None,
    help="Кого из них брать.",
)
@click.option("--distinct", is_flag=True, help="Одна бумага на человека.")
@click.option("--uses", multiple=True, metavar="РЕЕСТР", help="О чьих строках ещё бумага: пары.")
@click.option("--cross", default="", metavar="РЕЕСТР", help="И на каждую его строку: цели.")
@click.option(
    "--family", type=click.Choice(_FAMILIES), default=None, help="Род бумаги: в какие комплекты."
)
@click.option("--blank", is_flag=True, help="Печатать и пустой бланк.")
@click.option("--personal", is_flag=True, help="Взять и личные столбцы: паспорт, адрес.")
@click.option("--shared", is_flag=True, help="Вид для всех рабочих папок: в templates_docx/.")
@root_option
def new_kind(
    name: str,
    folder: Path | None,
    register: str,
    per: str | None,
    group_by: str,
    each: tuple[str, ...],
    only: str | None,
    distinct: bool,
    uses: tuple[str, ...],
    cross: str,
    family: str | None,
    blank: bool,
    personal: bool,
    shared: bool,
    root: Path | None,
) -> None:
    """Начать свой вид бумаги: шаблон Word со столбцами реестра и описание к нему."""
    typed = TypedWish(
        name,
        register,
        family or "",
        per or "",
        group_by,
        each,
        only or "",
        is_distinct=distinct,
        uses=uses,
        is_blank=blank,
        is_personal=personal,
        cross=cross,
    )
    base = find_root(None, root)
    place = _workspace(folder, base, is_shared=shared)
    made = issue_kind(place, find_root(place, root), typed, is_shared=shared)
    _print_made(made, "ПАПКА" if shared and folder is None else str(place))
    print_beside(list(made.problems))
    if any(one.is_error for one in made.problems):
        raise CommandExit(ExitCode.TEMPLATES)


def _workspace(folder: Path | None, base: Path, *, is_shared: bool) -> Path:
    """Return the workspace that is meant; a kind for all needs none.

    Raises:
        UsageError: when no workspace is named, or what is named is none.
    """
    if folder is None and is_shared:
        return base / "registers"
    place = named_workspace(folder or Path(), base)
    if is_workspace(place):
        return place
    what = "не названа рабочая папка" if folder is None else f"в папке «{folder}» нет книг"
    words = command("new-kind", "карточка наставника", "ПАПКА", "--register", "пары")
    raise usage_error(f"{what}; назовите её после имени вида: {words}")


def _print_made(made: NewKind, folder: str) -> None:
    for path in made.paths:
        click.echo(f"создан {path}")
    if made.draft.left_out:
        columns = ", ".join(f"«{one}»" for one in made.draft.left_out)
        click.echo(f"личные столбцы не вошли: {columns}; если без них нельзя, нужен --personal")
    if made.draft.chosen_as:
        words = command("add", made.draft.chosen_as, folder)
        click.echo(f"чтобы выбирать его в книге: {words}")
    steps = f"{command('check', folder)} и {command('build', folder, '--only', made.draft.name)}"
    click.echo(f"дальше: откройте .docx в Word, поправьте слова, затем {steps}")
