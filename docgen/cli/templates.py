"""``docgen templates``: the kinds of documents, with registers, variables, fonts and health."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.catalogue import find_root
from docgen.cli.exit_codes import CommandExit
from docgen.cli.options import PATH, json_option, root_option
from docgen.cli.problem_lines import print_beside
from docgen.pipeline.answers.kind_list import describe_kinds
from docgen.problem_codes import ExitCode


@click.command()
@click.argument("workspace", required=False, type=PATH, metavar="[ПАПКА]")
@root_option
@json_option
def templates(workspace: Path | None, root: Path | None, as_json: bool) -> None:
    """Показать виды документов: реестры, переменные, шрифты, исправность."""
    base = find_root(workspace, root)
    kinds, problems = describe_kinds(workspace or base / "registers", base)
    print_beside(problems)
    if as_json:
        click.echo(json.dumps(kinds, ensure_ascii=False))
    else:
        for kind in kinds:
            click.echo(f"{kind['kind']} — {kind['health']}")
            click.echo(f"  реестр: {kind['register']}; шаблон: {kind['template']}")
            click.echo(f"  хранить: {kind['retention'] or 'срок не указан'}")
            if kind["when"]:
                click.echo(f"  когда: {kind['when']}")
            click.echo(f"  шрифты: {'; '.join(kind['fonts'])}")
            click.echo(f"  переменные: {', '.join(kind['variables'])}")
            for field, tag in kind["merge_fields"].items():
                click.echo(f"  поле слияния: {field} → {tag}")
    if any(problem.is_error for problem in problems):
        raise CommandExit(ExitCode.TEMPLATES)
