"""The table of commands; the module of each is imported when it is called.

``--version``, ``--help`` and words that are not understood need no library of any command.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from docgen import __version__


class CommandEntry(NamedTuple):
    """A command: its module, imported when it is called, and its line of ``docgen --help``.

    The function is called like the module; its docstring begins with the same line.
    """

    module: str
    help: str


COMMANDS = {
    "init": CommandEntry(
        "docgen.cli.init",
        "Создать рабочую папку: пишет в неё новые книги реестров с примерами (готовые не трогает).",
    ),
    "add": CommandEntry(
        "docgen.cli.add",
        "Добавить в книгу листы, нужные виду бумаги; без слов — показать все виды.",
    ),
    "new-kind": CommandEntry(
        "docgen.cli.new_kind",
        "Начать свой вид бумаги: шаблон Word со столбцами реестра и описание к нему.",
    ),
    "check": CommandEntry(
        "docgen.cli.check",
        "Показать все ошибки реестров, шаблонов и описаний; ничего не собирать.",
    ),
    "plan": CommandEntry(
        "docgen.cli.plan",
        "Показать, что было бы собрано и почему; ничего не собирать.",
    ),
    "build": CommandEntry(
        "docgen.cli.build",
        "Собрать всё, что устарело: .docx, PDF и комплекты.",
    ),
    "signatures": CommandEntry(
        "docgen.cli.signatures",
        "Дописать в «Согласия и подписи.xlsx» строки ожидаемых подписей; вписанное сохраняется.",
    ),
    "unsigned": CommandEntry(
        "docgen.cli.unsigned",
        "Показать, кто ещё не подписал, отказался или отозвал подпись; ничего не менять.",
    ),
    "explain": CommandEntry(
        "docgen.cli.explain",
        "Показать, из чего собран файл и почему он готов или устарел.",
    ),
    "diff": CommandEntry(
        "docgen.cli.diff",
        "Показать, чем текст файла отличается от подписанной версии или от другого файла.",
    ),
    "decline": CommandEntry(
        "docgen.cli.decline",
        "Просклонять ФИО, должность или организацию; «-» читает строки; --sheet — лист форм папки.",
    ),
    "verify": CommandEntry(
        "docgen.cli.verify",
        "Перечитать готовое: список, суммы файлов, страницы, закладки, электронные подписи.",
    ),
    "sign-status": CommandEntry(
        "docgen.cli.sign_status",
        "Показать, кто подписал файлы и целы ли они: папки проекта или вернувшиеся PDF и .sig.",
    ),
    "stamp": CommandEntry(
        "docgen.cli.stamp",
        "Сделать копию подписанного PDF с видимой отметкой об электронной подписи.",
    ),
    "templates": CommandEntry(
        "docgen.cli.templates",
        "Показать виды документов: реестры, переменные, шрифты, исправность.",
    ),
    "printed": CommandEntry(
        "docgen.cli.printed",
        "Отметить, что всё готовое напечатано: потом reprint скажет, какие листы перепечатать.",
    ),
    "reprint": CommandEntry(
        "docgen.cli.reprint",
        "Показать, какие листы изменились после печати; остальные годятся.",
    ),
    "sign": CommandEntry(
        "docgen.cli.sign",
        "Положить в архив подписанный приказ; с --current — каким его делают реестры сейчас.",
    ),
    "unsign": CommandEntry(
        "docgen.cli.unsign",
        "Снять с архива приказ, который отметили подписанным по ошибке.",
    ),
    "archive": CommandEntry(
        "docgen.cli.archive",
        "Вернуть, принять, списать, уничтожить подписанные бумаги, опечатать архив.",
    ),
    "clean": CommandEntry(
        "docgen.cli.clean",
        "Убрать остатки прерванных сборок: временные файлы и рабочие папки.",
    ),
}
"""The table of commands, in the order of ``docgen --help``."""


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
    """Import the module of a command, and return the command."""
    module = COMMANDS[name].module
    command: click.Command = getattr(importlib.import_module(module), module.rpartition(".")[2])
    return command


@click.group(
    commands=[_LateCommand(name, help=entry.help) for name, entry in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="docgen")
def cli() -> None:
    """Документы наставничества: реестры Excel и шаблоны Word — в готовые комплекты PDF."""


def run_command(arguments: Sequence[str] | None) -> None:
    """Run the command line; everything that ends it early is raised."""
    args = None if arguments is None else list(arguments)
    cli.main(args=args, prog_name="docgen", standalone_mode=False)
