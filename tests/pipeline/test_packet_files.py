"""Packets of a whole build: in volumes when they are long, made anew only when they must be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from docgen import pages
from docgen.files import safe_name
from tests.support.small_root import make_root, make_school, put, run

YEAR = "Печать. 2026-2027 учебный год"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_root(tmp_path)


@pytest.fixture
def school(root: Path) -> Path:
    return make_school(root)


@pytest.fixture
def output_from(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return what a command says."""

    def ask(*arguments: object) -> str:
        capsys.readouterr()
        assert run(*arguments) == 0
        return capsys.readouterr().out

    return ask


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def packets_of(school: Path) -> dict[str, dict[str, Any]]:
    """Return the packets of the manifest by their names."""
    manifest = json.loads((output_of(school) / "manifest.json").read_text("utf-8"))
    return {one["name"]: one for one in manifest["packets"]}


def inodes(school: Path) -> dict[str, int]:
    """Return the inode of each packet's file, which changes when the file is written anew."""
    return {path.stem: path.stat().st_ino for path in (output_of(school) / "packets").iterdir()}


def put_anew(school: Path, before: dict[str, int]) -> set[str]:
    """Return the packets whose files were written anew."""
    return {name for name, inode in inodes(school).items() if before.get(name) != inode}


def limit_volumes(root: Path, entry: str, count: int) -> None:
    path = root / f"templates_docx/packets/{entry}.toml"
    lines = [line for line in path.read_text("utf-8").splitlines() if "volume" not in line]
    path.write_text("\n".join([*lines, f"volume_pages = {count}", ""]), "utf-8")


@pytest.mark.office
def test_a_long_set_comes_in_volumes_and_a_shorter_one_loses_them(
    root: Path, school: Path, output_from: Callable[..., str]
) -> None:
    assert run("build", school) == 0
    whole = packets_of(school)
    (copies,) = [name for name in whole if name.startswith("Копии. Наставничество")]
    limit_volumes(root, "комплект_года", 5)
    assert run("build", school) == 0
    volumes = {name: one for name, one in packets_of(school).items() if name.startswith(copies)}
    assert [*volumes] == [f"{copies}, том {number}" for number in range(1, len(volumes) + 1)]
    assert len(volumes) > 1
    assert not (output_of(school) / whole[copies]["pdf"]).exists()
    papers = [one["title"] for one in whole[copies]["contents"][1:]]
    assert [one["title"] for each in volumes.values() for one in each["contents"][1:]] == papers
    for name, one in volumes.items():
        text = pages.text_of(output_of(school) / one["pdf"])
        number = name.rpartition(" ")[2]
        assert f"том {number}" in text[0]
        assert "ОПИСЬ" in text[1]
        assert f"Лист 2 из {one['sheets']}" in text[1]
        assert f"Лист {one['sheets']} из {one['sheets']}" in text[-1]
    planned = json.loads(output_from("plan", "--json", school))["packets"]
    assert [safe_name(one["name"]) for one in planned] == [*packets_of(school)]
    first = output_of(school) / volumes[f"{copies}, том 1"]["pdf"]
    assert "учебный год, том 1" in output_from("explain", first)
    assert run("verify", output_of(school)) == 0
    limit_volumes(root, "комплект_года", 0)
    assert run("build", school) == 0
    assert packets_of(school) == whole
    assert {path.stem for path in (output_of(school) / "packets").glob(f"{copies}*")} == {
        copies,
        f"{copies} — контрольный лист",
    }


@pytest.mark.office
def test_a_changed_cell_remakes_only_the_sets_that_hold_its_papers(school: Path) -> None:
    assert run("build", school) == 0
    before = inodes(school)
    put(school, "Пункты", "C2", "Утвердить иное")
    assert run("build", school) == 0
    anew = put_anew(school, before)
    assert {name.partition(".")[0] for name in anew} == {"Копии", "На подпись", "Печать"}
    assert not [name for name in anew if "163-од" in name or "огласие" in name]
    assert [name for name in anew if "147-од" in name]
    assert len(anew) < len(before)
    assert run("verify", output_of(school)) == 0


@pytest.mark.office
def test_a_set_follows_its_entry_and_its_service_pages(
    root: Path, school: Path, output_from: Callable[..., str]
) -> None:
    assert run("build", school) == 0
    before = inodes(school)
    entry = root / "templates_docx/packets/печать.toml"
    entry.write_text(entry.read_text("utf-8").replace('"Печать.', '"Печать,'), "utf-8")
    assert run("build", school) == 0
    assert {name.partition(" ")[0] for name in put_anew(school, before)} == {"Печать,"}
    before = inodes(school)
    cover = root / "templates_docx/packets/обложка.docx"
    document = Document(str(cover))
    document.add_paragraph("Хранить 5 лет")
    document.save(str(cover))
    first = output_of(school) / f"packets/{min(before)}.pdf"
    assert "устарел" in output_from("explain", first)
    assert run("build", school) == 0
    assert "изменений нет" in output_from("explain", first)
    anew = put_anew(school, before)
    assert anew == {name for name in before if name.startswith("Копии") and "контр" not in name}
    (output_of(school) / f"packets/{min(anew)}.pdf").unlink()
    before = inodes(school)
    assert run("build", school) == 0
    assert put_anew(school, before) == {min(anew)}
    assert run("verify", output_of(school)) == 0
