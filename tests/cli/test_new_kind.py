"""``docgen new-kind``: what it writes builds at once, whatever it is made of; what it refuses."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document

from docgen.__main__ import main
from docgen.catalogue import find_root, read_kinds
from docgen.catalogue.roots import TEMPLATES_FOLDER
from docgen.cli.new_kind import new_kind
from docgen.model import Kind
from tests.support.builders import shipped_schemas
from tests.support.full_example import write_full_example
from tests.support.small_root import run

GUIDE: Final = Path(__file__).resolve().parents[2] / "docs" / "новый-вид.md"

ROWS: Final = [
    one.name for one in shipped_schemas().values() if not one.is_card and not one.is_kept
]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return write_full_example(tmp_path / "школа").parent


def entry_of(school: Path, name: str) -> Kind:
    return read_kinds([school / "templates"])[name]


def made_of(school: Path, kind: str) -> list[dict[str, Any]]:
    """Build one kind without PDFs; return its documents by the manifest."""
    out = school.parent / "output"
    assert run("build", school, "--only", kind, "--no-pdf", "--out", out) in {0, 7}
    manifest = json.loads((out / school.name / "manifest.json").read_text(encoding="utf-8"))
    return [one for one in manifest["documents"] if one["kind"] == kind]


def words_of(school: Path, document: dict[str, Any]) -> str:
    opened = Document(str(school.parent / "output" / school.name / document["docx"]))
    cells = [c.text for t in opened.tables for row in t.rows for c in row.cells]
    texts = [*(one.text for one in opened.paragraphs), *cells]
    return "\n".join(texts).replace("\u00a0", " ")


def test_a_paper_for_each_pair_has_its_columns_and_places_of_signature(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new-kind", "Карточка пары", school, "--register", "пары") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        f"создан {school / 'templates' / 'карточка_пары.docx'}",
        f"создан {school / 'templates' / 'карточка_пары.toml'}",
    ]
    assert said[-1].endswith(f"docgen build {school} --only карточка_пары")
    (made,) = made_of(school, "карточка_пары")
    words = words_of(school, made)
    assert "КАРТОЧКА ПАРЫ" in words
    assert "Наставник: Петрова Анна Сергеевна, учитель русского языка и литературы" in words
    assert re.search(r"^Срок: с \d\d\.\d\d\.\d{4} по \d\d\.\d\d\.\d{4}$", words, re.MULTILINE)
    assert "Выплата" not in words  # an empty cell leaves no line
    assert [one["role"] for one in made["signatures"]] == ["наставник", "наставляемый"]


@pytest.mark.parametrize(
    ("options", "registers"),
    [
        ((), ROWS[::3]),
        (("--blank", "--personal"), ROWS[1::3]),
        (("--per", "register"), ROWS[2::3]),
        # What most kinds are made for is tried in each way.
        (("--blank", "--personal"), ["пары", "сотрудники", "приказы"]),
        (("--per", "register"), ["пары", "сотрудники", "приказы"]),
    ],
)
def test_every_register_gives_a_kind_that_builds(
    school: Path,
    options: tuple[str, ...],
    registers: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for register in registers:
        # Orders are made where a row chooses them; what is no order needs no such row.
        family = ("--family", "paper") if register in {"приказы", "приложения"} else ()
        words = ("--register", register, *options, *family)
        assert run("new-kind", f"проба {register}", school, *words) == 0
    out = school.parent / "output"
    assert run("build", school, "--no-pdf", "--out", out) in {0, 7}
    assert "проба" not in capsys.readouterr().err
    manifest = json.loads((out / school.name / "manifest.json").read_text(encoding="utf-8"))
    made = {one["kind"] for one in manifest["documents"]}
    bare = {one.name for one in shipped_schemas().values() if not one.example_rows}
    absent = {register for register in registers if f"проба_{register}" not in made}
    assert absent <= {name for name in bare if shipped_schemas()[name].is_optional}


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--each", "наставник"), {"each": ("наставник",)}),
        (("--each", "Наставник", "--distinct", "--only", "взрослые"), {"is_distinct": True}),
        (("--group-by", "Форма наставничества"), {"group_by": "форма", "per": "group"}),
        (("--per", "register", "--family", "sheet"), {"per": "register", "family": "sheet"}),
        (("--each", "наставник", "--cross", "цели", "--blank"), {"cross": "цели"}),
        (("--family", "consent", "--blank"), {"family": "consent", "has_blank_form": True}),
    ],
)
def test_what_a_paper_is_made_for_goes_into_the_entry(
    school: Path, options: tuple[str, ...], wanted: dict[str, object]
) -> None:
    assert run("new-kind", "проба", school, "--register", "Пары", *options) == 0
    kind = entry_of(school, "проба")
    assert {name: getattr(kind, name) for name in wanted} == wanted
    assert made_of(school, "проба")


def test_an_order_and_an_appendix_are_chosen_by_their_names(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new-kind", "о допуске", school, "--register", "приказы", "--uses", "пары") == 0
    assert f'docgen add "о допуске" {school}' in capsys.readouterr().out
    order = entry_of(school, "о_допуске")
    assert (order.where, order.family, order.needs) == (
        {"о_чём": ("о допуске",)},
        "order",
        ("пункты",),
    )
    assert run("new-kind", "перечень пар", school, "--register", "приложения") == 0
    assert entry_of(school, "перечень_пар").where == {"шаблон": ("перечень пар",)}


def test_personal_columns_are_left_out_unless_they_are_asked_for(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new-kind", "карточка", school, "--register", "сотрудники") == 0
    assert "личные столбцы не вошли: «Дата рождения», «Паспорт»" in capsys.readouterr().out
    assert entry_of(school, "карточка").personal == ()
    assert run("new-kind", "анкета", school, "--register", "сотрудники", "--personal") == 0
    assert "сотрудники.паспорт" in entry_of(school, "анкета").personal
    assert made_of(school, "анкета")


def test_a_kind_for_all_workspaces_lies_with_the_shipped_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = find_root(None, None)
    root = tmp_path / "корень"
    for name in (TEMPLATES_FOLDER, "registers/schema"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(shipped / name) if "schema" in name else (root / name).mkdir()
    for path in (shipped / TEMPLATES_FOLDER).iterdir():
        (root / TEMPLATES_FOLDER / path.name).symlink_to(path)
    words = ("--register", "пары", "--shared", "--root", str(root))
    assert main(["new-kind", "карточка пары", *words]) == 0
    assert (root / TEMPLATES_FOLDER / "карточка_пары.toml").is_file()
    assert main(["new-kind", "приказ", "--register", "приказы", "--shared", "--root", str(root)])
    assert "вид «приказ» уже есть" in capsys.readouterr().err


def test_nothing_is_written_over(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new-kind", "карточка", school, "--register", "пары") == 0
    own = school / "templates" / "карточка.docx"
    own.write_bytes(b"mine")
    (school / "templates" / "карточка.toml").unlink()
    assert run("new-kind", "Карточка", school, "--register", "пары") == 2
    assert "вид «карточка» уже есть" in capsys.readouterr().err
    assert own.read_bytes() == b"mine"
    assert run("new-kind", "приказ о парах", school, "--register", "пары") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("проба", "--register", "пара_"), "нет реестра «пара_»; возможно, вы имели в виду «пары»"),
        (("проба", "--register", "настройки"), "«Настройки» — карточка"),
        (("стиль мой", "--register", "пары"), "заняты стилями"),
        (("а/б", "--register", "пары"), "не годится для файла"),
        (("проба", "--register", "пары", "--each", "цель"), "люди не названы"),
        (("проба", "--register", "акты", "--each", "имя"), "нет столбцов, где названы люди"),
        (("проба", "--register", "пары", "--per", "group"), "--group-by"),
        (
            ("проба", "--register", "пары", "--cross", "цели", "--per", "register"),
            "на каждую строку второго реестра",
        ),
        (("проба", "--register", "пары", "--group-by", "фрма"), "имели в виду «форма»"),
        (("проба", "--register", "пары", "--only", "дети"), "добавьте --each"),
        (("проба", "--register", "пары", "--family", "order"), "по реестру «приказы»"),
        (("проба", "--register", "приказы", "--per", "register"), "делаются на строку"),
        (
            ("проба", "--register", "пары", "--each", "наставник", "--per", "register"),
            "на каждого человека строки",
        ),
    ],
)
def test_wishes_that_make_no_kind_are_refused_in_words(
    school: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options = words
    assert run("new-kind", name, school, *options) == 2
    assert said in capsys.readouterr().err
    assert not (school / "templates").exists()


def test_a_folder_without_books_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new-kind", "проба", "--register", "пары") == 2
    assert "не названа рабочая папка" in capsys.readouterr().err
    assert run("new-kind", "проба", tmp_path, "--register", "пары") == 2
    assert "нет книг" in capsys.readouterr().err


# --- the guide -------------------------------------------------------------------------------


def commands_of_the_guide() -> list[list[str]]:
    """Return the commands that the guide shows, in their order."""
    blocks = re.findall(r"```\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def change_as_the_guide_says(template: Path) -> None:
    """Change the words of a template as the table of the guide has it, and add its paragraph."""
    page = GUIDE.read_text(encoding="utf-8")
    table = page.partition("| было | стало |\n|---|---|\n")[2].partition("\n\n")[0]
    changes = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    document = Document(str(template))
    for before, after in changes:
        (found,) = [one for one in document.paragraphs if before in one.text]
        found.runs[0].text = found.text.replace(before, after)
    added = re.search(r"стиль «(.+?)»:\n\n> (.+)", page)
    assert added is not None
    place: Any = document.tables[-1]._tbl
    paragraph: Any = document.add_paragraph(added[2], added[1])
    place.addprevious(paragraph._p)
    document.save(str(template))


@pytest.mark.xfail(
    reason="the guide has a fifth command, of forms, that the test does not follow yet",
    strict=False,
)
def test_the_steps_of_the_guide_make_a_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    begin, new, check, build = commands_of_the_guide()
    assert main(begin) == 0
    assert main(new) == 0
    change_as_the_guide_says(tmp_path / "моя-школа/templates/карточка_наставника.docx")
    assert main(check) == 0
    assert main([*build, "--no-pdf"]) == 0
    folder = tmp_path / "output/моя-школа/documents/Карточка наставника"
    made = {path.name for path in folder.glob("*.docx")}
    assert made == {
        "Карточка наставника (бланк).docx",
        "Петрова Анна Сергеевна – наставник (Петрова А.С. – Кузнецов Д.О.).docx",
    }
    whole = "\n".join(one.text for one in Document(str(folder / sorted(made)[1])).paragraphs)
    assert "КАРТОЧКА НАСТАВНИКА НА УЧЕБНЫЙ ГОД" in whole
    assert "Над чем работает пара: адаптация молодого специалиста" in whole.replace("\u00a0", " ")
    assert "С положением о наставничестве ознакомлена." in whole.replace("\u00a0", " ")


def test_the_guide_tells_every_option() -> None:
    page = GUIDE.read_text(encoding="utf-8")
    options = {name for one in new_kind.params for name in one.opts if name.startswith("--")}
    assert sorted(name for name in options - {"--root"} if name not in page) == []
