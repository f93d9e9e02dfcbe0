"""Papers with personal data are for the one who makes them; the others stay open."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from docgen import files
from docgen.model import Family, Kind
from docgen.pipeline.output.ledger import LEDGER_NAME
from docgen.pipeline.output.privacy import restrict_output
from tests.support.small_root import Sheets, build_signed, make_root, make_school, put, run


@pytest.fixture
def school(tmp_path: Path) -> Path:
    return make_school(make_root(tmp_path))


def output_of(school: Path) -> Path:
    return school.parents[1] / "output" / school.name


def rights(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


def is_consent(path: Path) -> bool:
    """Whether a paper or folder is of consents that somebody is named in."""
    return "Согласия на наставничество" in path.parts and "(бланк)" not in path.name


def privacy_entry(output: Path) -> dict[str, set[str]]:
    """Return the rights of consents and of all other papers, and of the folders of consents."""
    found: dict[str, set[str]] = {"consents": set(), "others": set(), "folders": set()}
    for path in sorted((output / "documents").rglob("*")):
        if not path.is_dir():
            found["consents" if is_consent(path) else "others"].add(rights(path))
        elif is_consent(path):
            found["folders"].add(rights(path))
    return found


def test_consents_are_closed_with_their_folders_and_others_are_not(school: Path) -> None:
    assert run("build", "--no-pdf", school) == 0
    output = output_of(school)
    assert privacy_entry(output) == {"consents": {"600"}, "others": {"644"}, "folders": {"700"}}
    assert rights(output) == "700"
    assert rights(output / LEDGER_NAME) == rights(output / "manifest.json") == "600"


def test_a_workspace_without_personal_data_stays_open(tmp_path: Path) -> None:
    def drop(sheets: Sheets) -> None:
        del sheets["Пары"][1:]
        del sheets["Приказы"][2]

    school = make_school(make_root(tmp_path), drop)
    assert run("build", "--no-pdf", school) == 0
    assert rights(output_of(school)) != "700"
    assert rights(output_of(school) / "manifest.json") == "644"


def test_rights_survive_rebuilds_and_wider_ones_are_narrowed(school: Path) -> None:
    assert run("build", "--no-pdf", school) == 0
    output = output_of(school)
    widened = [path for path in output.rglob("*") if rights(path) in {"600", "700"}]
    for path in (output, *widened):
        path.chmod(0o777 if path.is_dir() else 0o666)
    assert run("build", "--no-pdf", school) == 0
    assert {rights(path) for path in widened if not path.name.startswith(".docgen")} == {
        "600",
        "700",
    }
    put(school, "Пары", "D2", "иная цель")
    assert run("build", "--no-pdf", school) == 0
    assert privacy_entry(output)["consents"] == {"600"}


def test_a_paper_is_never_open_not_even_for_a_moment(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file beside, from which a paper is renamed into its place, is closed before."""
    seen: list[str] = []
    replace = Path.replace

    def watched(path: Path, target: Path) -> Path:
        if is_consent(target):
            seen.append(rights(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", watched)
    assert run("build", "--no-pdf", school) == 0
    assert seen
    assert set(seen) == {"600"}


def test_an_archived_paper_with_personal_data_is_closed_and_an_order_is_not(
    tmp_path: Path,
) -> None:
    root = make_root(tmp_path)
    entry = root / "templates_docx" / "приказ_о_парах.toml"
    personal = 'personal = ["сотрудники.паспорт"]'
    entry.write_text(f"{personal}\n{entry.read_text('utf-8')}", "utf-8")
    school = build_signed(root, "--no-pdf")
    records = {
        json.loads(record.read_text("utf-8"))["kind"]: record.parent
        for record in (school / "архив").rglob("запись.json")
    }
    closed, other = records["приказ_о_парах"], records["приказ"]
    assert {rights(path) for path in closed.glob("*.docx")} == {"600"}
    assert {rights(path) for path in other.glob("*.docx")} == {"644"}
    assert rights(closed) == "700"
    closed.chmod(0o755)
    put(school, "Пары", "D2", "иная цель")
    assert run("build", "--no-pdf", school) == 0
    assert rights(closed) == "700"


def test_a_share_that_knows_no_rights_stops_nothing(
    school: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "fchmod", refuse)
    monkeypatch.setattr(Path, "chmod", refuse)
    assert run("build", "--no-pdf", school) == 0
    assert run("build", "--no-pdf", school) == 0


def test_narrowing_takes_rights_away_and_never_gives_any(tmp_path: Path) -> None:
    paper = tmp_path / "Согласие.docx"
    paper.write_bytes(b"")
    paper.chmod(0o444)
    files.restrict_to_owner(paper)
    assert rights(paper) == "400"
    files.restrict_to_owner(tmp_path / "нет")


def test_a_manifest_of_an_older_docgen_closes_nothing_but_the_ledger(tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).touch(0o644)
    documents = [{"docx": "documents/a.docx", "pdf": None}]
    restrict_output(tmp_path, {"documents": documents, "packets": []})
    assert rights(tmp_path / LEDGER_NAME) == "600"


def test_a_kind_is_private_by_its_family_or_its_personal_columns(tmp_path: Path) -> None:
    def kind(family: str, *personal: str, says_so: bool = False) -> Kind:
        return Kind(
            *("a", "a", tmp_path, "", "пары", "a"),
            family=Family(family),
            personal=personal,
            is_confidential=says_so,
        )

    assert kind("consent").is_private
    assert kind("paper", "сотрудники.паспорт").is_private
    assert kind("appendix", says_so=True).is_private
    assert not kind("order").is_private


def test_working_folders_are_closed_and_those_of_killed_runs_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    killed = tmp_path / "docgen-killed"
    killed.mkdir()
    (killed / ".docgen.lock").touch()
    (tmp_path / "docgen-чужая").mkdir()
    with files.working_folder() as folder:
        assert rights(folder) == "700"
        assert files.find_abandoned_folders() == [killed]
    assert not folder.exists()


# --- with LibreOffice ------------------------------------------------------------------------


@pytest.mark.office
def test_pdfs_and_sets_that_hold_a_consent_are_closed_too(school: Path) -> None:
    assert run("build", school) == 0
    output = output_of(school)
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    assert {one["kind"] for one in manifest["documents"] if one["private"]} == {
        "согласие_на_наставничество"
    }
    for one in [*manifest["documents"], *manifest["packets"]]:
        assert rights(output / one["pdf"]) == ("600" if one["private"] else "644"), one
    packets = {one["name"]: one["private"] for one in manifest["packets"]}
    assert any("огласи" in name and private for name, private in packets.items())
    assert any(name.startswith("Печать. 2") and private for name, private in packets.items())
    assert any(name.startswith("Копии") and not private for name, private in packets.items())
    controls = [*(output / "packets").glob("*огласи*контрольный лист.pdf")]
    assert controls
    assert {rights(path) for path in controls} == {"600"}
