"""Asks for the password of copies: typed unseen twice, or the first line of what is fed in.

It is never an option: what stands on a command line stays in its history, and other people of the
machine see it in the list of processes.
"""

from __future__ import annotations

import sys

import click

from docgen import pipeline
from docgen.errors import Location, Problem, UsageError


def ask_password() -> str:
    """Return a password that is good enough.

    Raises:
        UsageError: when it is not, or was typed differently the second time.
    """
    password = _typed() if sys.stdin.isatty() else _read()
    pipeline.refuse_bad_password(password)
    return password


def _typed() -> str:
    first = _prompt("Пароль для копий (на экране не виден)")
    pipeline.refuse_bad_password(first)
    if _prompt("Тот же пароль ещё раз") != first:
        raise _refused("пароли не совпали; повторите команду")
    return first


def _prompt(text: str) -> str:
    typed: str = click.prompt(text, default="", show_default=False, hide_input=True, err=True)
    return typed


def _read() -> str:
    """Return the first line without its end; Windows may put a mark before it."""
    try:
        return sys.stdin.buffer.readline().decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise _refused("пароль на вводе не в кодировке UTF-8; сохраните его в ней") from error


def _refused(message: str) -> UsageError:
    return UsageError([Problem("usage", Location(), message)])
