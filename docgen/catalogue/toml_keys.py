"""The keys of .toml entries: the form of each value, and every fault reported at once."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docgen.errors import Location, Problem, SignalError, TemplateError
from docgen.files import reading_reason
from docgen.suggestions import suggestion_or_choices

_SYNTAX_PLACE = re.compile(r"at line (\d+), column (\d+)")

_LIMIT_BYTES = 64 * 1024
"""Ten times the longest entry that is shipped."""
_LIMIT_DOTS = 1000
"""Dots of one line: the reader of TOML takes memory by the square of the length of a key."""
_LIMIT_DEPTH = 20
_QUOTED = 200


class WrongFormError(SignalError):
    """A value does not have the form of its key."""


def _text(raw: object) -> str:
    """Return a string without blanks around it, in NFC, so that names compare equal."""
    if not isinstance(raw, str):
        raise WrongFormError
    return unicodedata.normalize("NFC", raw.strip())


def _texts(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list):
        raise WrongFormError
    return tuple(_text(item) for item in raw)


def _flag(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise WrongFormError
    return raw


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise WrongFormError
    return raw


def _wholes(raw: object) -> tuple[int, ...]:
    if not isinstance(raw, list):
        raise WrongFormError
    return tuple(_whole(item) for item in raw)


def _table(raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise WrongFormError
    return {unicodedata.normalize("NFC", key): value for key, value in raw.items()}


def _text_by_name(raw: object) -> dict[str, str]:
    return {key: _text(value) for key, value in _table(raw).items()}


def _wanted(raw: object) -> dict[str, tuple[str, ...]]:
    """Return the accepted values by column; a single value needs no list."""
    return {
        key: _texts(value if isinstance(value, list) else [value])
        for key, value in _table(raw).items()
    }


def _wanted_by_register(raw: object) -> dict[str, dict[str, tuple[str, ...]]]:
    return {key: _wanted(value) for key, value in _table(raw).items()}


def _tables(raw: object) -> tuple[dict[str, Any], ...]:
    if not isinstance(raw, list):
        raise WrongFormError
    return tuple(_table(item) for item in raw)


def _rows(raw: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(raw, list):
        raise WrongFormError
    return tuple(_texts(row) for row in raw)


_FORMS: dict[str, tuple[str, Callable[[object], Any], object]] = {
    "text": ("строку в кавычках", _text, ""),
    "texts": ("список строк", _texts, ()),
    "flag": ("true или false", _flag, False),
    "whole": ("целое число", _whole, 0),
    "wholes": ("список целых чисел", _wholes, ()),
    "text_by_name": ("таблицу «имя = строка»", _text_by_name, {}),
    "wanted": ("таблицу «столбец = значение или список»", _wanted, {}),
    "wanted_by_register": ("таблицу таблиц «столбец = значение»", _wanted_by_register, {}),
    "tables": ("список таблиц", _tables, ()),
    "table": ("таблицу", _table, {}),
    "rows": ("список строк таблицы", _rows, ()),
}


@dataclass(frozen=True, slots=True)
class EntryKey:
    """What a key of an entry may hold.

    ``form`` is a name of ``_FORMS``; ``choices`` are the only values allowed, if there are any.
    """

    form: str = "text"
    is_required: bool = False
    choices: tuple[str, ...] = ()
    default: object = None


def _loaded(text: str) -> dict[str, Any]:
    """Return an entry; tables and lists must not hold each other without end.

    Raises:
        RecursionError: when they do.
    """
    if max(line.count(".") for line in text.split("\n")) > _LIMIT_DOTS:
        raise RecursionError
    loaded = tomllib.loads(text)
    waiting: list[tuple[object, int]] = [(loaded, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _LIMIT_DEPTH:
            raise RecursionError
        if isinstance(value, dict):
            waiting += [(one, depth + 1) for one in value.values()]
        elif isinstance(value, list):
            waiting += [(one, depth + 1) for one in value]
    return loaded


def read_entry(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    """Return the raw table of a .toml file, or ``None`` and a problem when it is no TOML."""
    where = Location(file=str(path))
    text = ""
    try:
        if path.stat().st_size > _LIMIT_BYTES:
            message = f"файл больше {_LIMIT_BYTES // 1024} КБ; уберите его, это не запись docgen"
            problems.append(Problem("bad-entry", where, message))
            return None
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return _loaded(text)
    except RecursionError:
        message = f"запись вложена глубже {_LIMIT_DEPTH} уровней; уберите лишние скобки и точки"
    except tomllib.TOMLDecodeError as error:
        message = _syntax_message(text, str(error))
    except UnicodeDecodeError:
        message = "файл не в кодировке UTF-8; сохраните его в UTF-8"
    except ValueError:
        message = "запись не читается как TOML: в числе слишком много цифр; исправьте его"
    except OSError as error:
        message = f"файл не читается: {reading_reason(error)}; проверьте, открывается ли он"
    problems.append(Problem("bad-entry", where, message))
    return None


def _syntax_message(text: str, error: str) -> str:
    """Return where an entry stops being TOML and what to look at there."""
    place = _SYNTAX_PLACE.search(error)
    if place is None:
        return "запись не читается как TOML (в конце файла); проверьте кавычки и скобки"
    line, column = int(place[1]), int(place[2])
    found = text.split("\n")[line - 1][column - 1 :]
    hint = "проверьте кавычки, скобки и знак «=»"
    # TOML takes only Latin letters for names without quotes.
    if found[:1].isalpha() and not found[:1].isascii():
        hint = 'русские имена и значения берутся в кавычки: "роль" = "куратор"'
    return f"запись не читается как TOML (строка {line}, знак {column}); {hint}"


def take(
    raw: Mapping[str, Any], keys: Mapping[str, EntryKey], where: Location, problems: list[Problem]
) -> dict[str, Any]:
    """Return the values of all ``keys``, with defaults; add what is wrong to ``problems``.

    ``where.key`` is the path of the table inside the entry, empty for the entry itself.
    """
    for name in raw.keys() - keys.keys():
        message = f"неизвестный ключ «{name}»{suggestion_or_choices(name, keys)}"
        problems.append(Problem("bad-entry", _inside(where, name), message))
    values: dict[str, Any] = {}
    for name, key in keys.items():
        wanted, read, empty = _FORMS[key.form]
        values[name] = empty if key.default is None else key.default
        if name not in raw:
            if key.is_required:
                message = f"нет обязательного ключа «{name}»; впишите его"
                problems.append(Problem("bad-entry", _inside(where, name), message))
            continue
        try:
            values[name] = _chosen(read(raw[name]), key.choices)
        except WrongFormError:
            message = f"у ключа «{name}» вписано {_shown(raw[name])}; впишите {wanted}"
            problems.append(Problem("bad-entry", _inside(where, name), message))
            continue
        problems += _refused(values[name], key, _inside(where, name))
    return values


def _shown(value: object) -> str:
    """Return a value about as the entry has it: Python would spell a day its own way."""
    is_own = isinstance(value, bool | dt.date | dt.time)
    text = str(value).lower() if is_own else repr(value)
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def _chosen(value: object, choices: tuple[str, ...]) -> object:
    """Return the choice that equals the value, so that a member of an enumeration is given back."""
    if isinstance(value, tuple):
        return tuple(_chosen(item, choices) for item in value)
    return choices[choices.index(value)] if isinstance(value, str) and value in choices else value


def _refused(value: object, key: EntryKey, where: Location) -> list[Problem]:
    """Return what is wrong with a value of the right form: empty, or none of the choices."""
    if key.is_required and value in ("", ()):
        return [Problem("bad-entry", where, "обязательное значение пусто; впишите его")]
    if not key.choices:
        return []
    found = value if isinstance(value, tuple) else (value,)
    return [
        Problem(
            "bad-entry",
            where,
            f"неизвестное значение «{item}»{suggestion_or_choices(item, key.choices)}",
        )
        for item in found
        if item not in key.choices
    ]


def _inside(where: Location, name: str) -> Location:
    """Return the place of a key inside the table at ``where``."""
    return Location(file=where.file, key=f"{where.key}.{name}" if where.key else name)


def files_by_name(folders: Sequence[Path], suffix: str) -> dict[str, Path]:
    """Return the files of all folders by stem, sorted; a later folder overrides an earlier one.

    Folders that do not exist are skipped; so are the lock files of Office and hidden files.
    """
    return {name: paths[-1] for name, paths in all_files_by_name(folders, suffix).items()}


def all_files_by_name(folders: Sequence[Path], suffix: str) -> dict[str, list[Path]]:
    """Return the files of all folders by stem, sorted; those of one name as their folders stand."""
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"*{suffix}")):
            if not path.name.startswith(("~$", ".")):
                found.setdefault(unicodedata.normalize("NFC", path.stem), []).append(path)
    return dict(sorted(found.items()))


def stop_if_any(problems: Sequence[Problem]) -> None:
    """Raise one error with every problem, if there is any.

    Raises:
        TemplateError: with the problems, sorted by place.
    """
    if problems:
        raise TemplateError(sorted(problems, key=lambda problem: str(problem.where)))
