"""Ask for the password of copies: typed unseen twice, or the first line of stdin.

It is never an option: a command line stays in the shell's history, and other people of the machine
see it in the list of processes.
"""

from __future__ import annotations

import sys

import click

from docgen.cli.options import usage_error
from docgen.pipeline.products.locked_copies import refuse_bad_password


def ask_password() -> str:
    """Return a password that is good enough.

    Raises:
        UsageError: when it is not, or was typed differently the second time.
    """
    password = _type_twice() if sys.stdin.isatty() else _read_line()
    refuse_bad_password(password)
    return password


def _type_twice() -> str:
    first = _prompt("Пароль для копий (на экране не виден)")
    refuse_bad_password(first)
    if _prompt("Тот же пароль ещё раз") != first:
        raise usage_error("пароли не совпали; повторите команду")
    return first


def _prompt(text: str) -> str:
    typed: str = click.prompt(text, default="", show_default=False, hide_input=True, err=True)
    return typed


def _read_line() -> str:
    """Return the first line of stdin without its end and without the mark Windows puts before."""
    try:
        return sys.stdin.buffer.readline().decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise usage_error("пароль на вводе не в кодировке UTF-8; сохраните его в ней") from error
