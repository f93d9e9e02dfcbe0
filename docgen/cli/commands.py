"""The table of commands; the module of each is imported when it is called.

``--version``, ``--help`` and words that are not understood need no library of any command.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

import click

from docgen import __version__

HELP_BY_COMMAND = {
    "init": "Создать рабочую папку: пишет в неё новые книги реестров с примерами (готовые не "
    "трогает).",
    "check": "Показать все ошибки реестров, шаблонов и описаний; ничего не собирать.",
    "plan": "Показать, что было бы собрано и почему; ничего не собирать.",
    "build": "Собрать всё, что устарело: .docx, PDF и комплекты.",
    "signatures": "Дописать в «Согласия и подписи.xlsx» строки ожидаемых подписей; вписанное "
    "сохраняется.",
    "unsigned": "Показать, кто ещё не подписал, отказался или отозвал подпись; ничего не менять.",
    "explain": "Показать, из чего собран файл и почему он готов или устарел.",
    "diff": "Показать, чем текст файла отличается от подписанной версии или от другого файла.",
    "decline": "Просклонять ФИО, должность или организацию; «-» читает строки; --sheet — лист форм "
    "папки.",
    "verify": "Перечитать готовое: список, суммы файлов, страницы, закладки, электронные подписи.",
    "sign-status": "Показать, кто подписал файлы и целы ли они: папки проекта или вернувшиеся PDF "
    "и .sig.",
    "stamp": "Сделать копию подписанного PDF с видимой отметкой об электронной подписи.",
    "templates": "Показать виды документов: реестры, переменные, шрифты, исправность.",
    "printed": "Отметить, что всё готовое напечатано: потом reprint скажет, какие листы "
    "перепечатать.",
    "reprint": "Показать, какие листы изменились после печати; остальные годятся.",
    "clean": "Убрать остатки прерванных сборок: временные файлы и рабочие папки.",
}
"""The line of ``docgen --help`` by command, which is the first line of the command's docstring."""


class _LateCommand(click.Command):
    """Stands for a command in ``docgen --help``, and hands over to it when it is called."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Return the context of the command itself."""
        command = load_command(str(self.name))
        return command.make_context(info_name, args, parent, **extra)


def load_command(name: str) -> click.Command:
    """Import the module named like a command, and return its function of that name."""
    attribute = name.replace("-", "_")
    command: click.Command = getattr(importlib.import_module(f"docgen.cli.{attribute}"), attribute)
    return command


@click.group(
    commands=[_LateCommand(name, help=line) for name, line in HELP_BY_COMMAND.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="docgen")
def cli() -> None:
    """Документы наставничества: реестры Excel и шаблоны Word — в готовые комплекты PDF."""


def run_command(arguments: Sequence[str] | None) -> None:
    """Run the command line; everything that ends it early is raised."""
    args = None if arguments is None else list(arguments)
    cli.main(args=args, prog_name="docgen", standalone_mode=False)
