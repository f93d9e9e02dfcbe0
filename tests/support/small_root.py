"""A root with a few of the shipped kinds and one small school, for tests of the whole command."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from docgen.__main__ import main
from docgen.ooxml import docx_text
from tests.support.builders import write_book

SHIPPED = Path(__file__).resolve().parents[2]
BOOK = "Наставничество.xlsx"
KINDS = ("приказ", "приложение_таблица", "приказ_о_парах", "согласие_на_наставничество")
LOCKS = shutil.ignore_patterns("~$*", ".~lock*")

Sheets = dict[str, list[list[Any]]]

SCHOOL: Mapping[str, list[list[Any]]] = {
    "Организация": [
        ["Что", "Значение", "Действует с", "по"],
        ["Полное название", "Муниципальное бюджетное учреждение «Школа № 1»"],
        ["Краткое название", "МБОУ «Школа № 1»"],
        ["Строка бланка", "ШКОЛА № 1"],
        ["Руководитель", "Иванова Мария Петровна"],
        ["Должность руководителя", "Директор"],
        ["Куратор", "Петрова Анна Сергеевна"],
    ],
    "Настройки": [["Что", "Значение"], ["Учебный год", "2026/2027"]],
    "Сотрудники": [
        ["Фамилия Имя Отчество", "Пол", "Должность", "Таб. №"],
        ["Иванова Мария Петровна", None, "директор", None],
        ["Петрова Анна Сергеевна", None, "учитель русского языка", None],
        ["Кузнецов Денис Олегович", None, "учитель математики", None],
        ["Сидоров Иван Петрович", None, "учитель истории", None],
    ],
    "Пары": [
        ["Форма", "Наставник", "Наставляемый", "Цель", "С", "По", "Приказ", "Прекращена с"],
        [
            "педагог – педагог",
            "Петрова Анна Сергеевна",
            "Кузнецов Денис Олегович",
            "адаптация",
            dt.date(2026, 9, 14),
            dt.date(2027, 5, 28),
            "О парах",
            None,
        ],
    ],
    "Приказы": [
        ["Краткое имя", "Номер", "Дата", "О чём", "Заголовок", "Контроль", "Состояние"],
        [
            "О внедрении",
            "147-од",
            dt.date(2026, 9, 1),
            "свой текст",
            "О внедрении наставничества",
            "за собой",
            "на подписи",
        ],
        [
            "О парах",
            "163-од",
            dt.date(2026, 9, 11),
            "закрепление пар педагогов",
            "О закреплении наставнических пар",
            None,
            "на подписи",
        ],
    ],
    "Пункты": [
        ["Приказ", "№", "Что сделать", "Лицо", "Приложение"],
        ["О внедрении", "1", "Утвердить дорожную карту", None, "да"],
        ["О внедрении", "2", "Назначить куратором {кого}", "Петрова Анна Сергеевна", None],
    ],
    "Приложения": [
        ["Приказ", "№", "Что это", "Заголовок", "Чем заполняется", "Лист с таблицей"],
        ["О внедрении", None, "дорожная карта", "Дорожная карта", "таблица", "Карта"],
    ],
    "Карта": [
        ["№", "Мероприятие", "Срок"],
        ["1", "Издание приказа", "октябрь 2026"],
        ["2", "Сбор согласий", "ноябрь 2026"],
    ],
}


def make_root(folder: Path) -> Path:
    """Return a root with a few kinds, their blocks, styles and packets, and every schema."""
    root = folder / "корень"
    templates = root / "templates_docx"
    templates.mkdir(parents=True)
    for inner in ("blocks", "packets"):
        shutil.copytree(SHIPPED / "templates_docx" / inner, templates / inner, ignore=LOCKS)
    for name in KINDS:
        for suffix in (".docx", ".toml"):
            shutil.copy(SHIPPED / "templates_docx" / f"{name}{suffix}", templates)
    for name in ("стиль.docx", "стиль_школа.docx"):
        shutil.copy(SHIPPED / "templates_docx" / name, templates)
    schema = root / "registers" / "schema"
    shutil.copytree(SHIPPED / "registers" / "schema", schema, ignore=LOCKS)
    return root


def make_school(
    root: Path, change: Callable[[Sheets], object] | None = None, *, name: str = "школа"
) -> Path:
    """Return a small workspace below ``registers/``; ``change`` edits its sheets first."""
    sheets = deepcopy(dict(SCHOOL))
    if change is not None:
        change(sheets)
    return write_book(root / "registers" / name / BOOK, sheets).parent


def sign_orders(sheets: Sheets) -> None:
    """Put all orders in the state of signed ones."""
    for row in sheets["Приказы"][1:]:
        row[6] = "подписан"


def build_signed(root: Path, *options: object) -> Path:
    """Build the small school, call its orders signed, and build it again; return it."""
    assert run("build", make_school(root), *options) == 0
    school = make_school(root, sign_orders)
    assert run("build", school, *options) == 0
    return school


def put(workspace: Path, sheet: str, cell: str, value: str | dt.date | None) -> None:
    """Type a value into a cell of a workspace's book, as a clerk would."""
    book = load_workbook(workspace / BOOK)
    book[sheet][cell] = value
    book.save(workspace / BOOK)


def run(*arguments: object) -> int:
    """Run the command in this process; return its exit code."""
    return main([str(argument) for argument in arguments])


def files_below(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def made(output: Path, suffix: str = ".docx") -> list[Path]:
    """Return the finished files of a kind in an output folder, hidden ones aside."""
    return sorted(
        path for path in output.rglob(f"*{suffix}") if not path.name.startswith(".docgen")
    )


def text_of(docx: Path) -> str:
    """Return what a finished document says, paragraph by paragraph."""
    return "\n".join(docx_text.text_of(docx.read_bytes()))
