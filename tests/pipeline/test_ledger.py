"""What is known of the last build: kept whole, without a value, and never trusted blindly."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import Location
from docgen.model import ReadCell
from docgen.pipeline.output import ledger as ledgers
from docgen.pipeline.output.ledger import FileStamp, Ledger, LedgerEntry, Section, SeenCell, pack

PASSPORT = ReadCell(Location("Книга.xlsx", "Сотрудники", "T2"), "'00 00 000000'")

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
STAMPS = st.builds(FileStamp, st.integers(0, 2**40), st.integers(0, 2**62), TEXTS)
ENTRIES = st.builds(
    LedgerEntry,
    docx=TEXTS,
    pdf=TEXTS,
    docx_sha256=TEXTS,
    source_sha256=TEXTS,
    template=TEXTS,
    tools=TEXTS,
    reads=st.dictionaries(TEXTS, st.builds(SeenCell, TEXTS, TEXTS), max_size=3).map(pack),
    state=TEXTS,
    pages=st.integers(0, 99),
    signatures=st.lists(
        st.tuples(TEXTS, st.integers(1, 9), st.none() | st.floats(0, 800), st.none()), max_size=2
    ).map(tuple),
)
LEDGERS = st.builds(
    Ledger,
    key=st.text(st.characters(codec="ascii"), max_size=32),
    inputs=st.dictionaries(TEXTS, STAMPS, max_size=3).map(Section),
    outputs=st.dictionaries(TEXTS, STAMPS, max_size=3).map(Section),
    documents=st.dictionaries(TEXTS, ENTRIES, max_size=3).map(Section),
    packets=st.dictionaries(TEXTS, TEXTS, max_size=3).map(Section),
    pending=st.dictionaries(TEXTS, TEXTS, max_size=3).map(Section),
    edited=st.frozensets(TEXTS, max_size=3),
    options=TEXTS,
    warnings=st.integers(0, 99),
    is_complete=st.booleans(),
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def all_rows(folder: Path) -> str:
    """Return every row of the file, the packed ones unpacked."""
    with contextlib.closing(sqlite3.connect(folder / ledgers.LEDGER_NAME)) as base:
        rows = base.execute("SELECT part, name, told FROM rows ORDER BY part, name").fetchall()
    unpacked = [
        (part, name, zlib.decompress(it).decode() if isinstance(it, bytes) else it)
        for part, name, it in rows
    ]
    return "\n".join(map(str, unpacked))


def put_row(folder: Path, part: str, name: str, text: object) -> None:
    """Change one row of the file."""
    with contextlib.closing(sqlite3.connect(folder / ledgers.LEDGER_NAME)) as base, base:
        base.execute("INSERT OR REPLACE INTO rows VALUES (?, ?, ?)", (part, name, text))


# --- the file --------------------------------------------------------------------------------


@given(LEDGERS)
def test_a_ledger_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, one: Ledger
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    ledgers.write_ledger(folder, one)
    assert ledgers.read_ledger(folder) == one


def test_only_what_has_changed_is_written(tmp_path: Path) -> None:
    ledger = Ledger(key="k", outputs=Section({"а": FileStamp(1, 2), "б": FileStamp(3, 4)}))
    ledgers.write_ledger(tmp_path, ledger)
    put_row(tmp_path, "outputs", "а", "[9, 9]")
    ledger.outputs["б"] = FileStamp(5, 6)
    ledger.outputs["а"] = FileStamp(1, 2)
    ledgers.write_ledger(tmp_path, ledger)
    assert ledgers.read_ledger(tmp_path).outputs == {"а": FileStamp(9, 9), "б": FileStamp(5, 6)}
    ledger.outputs.become({"в": FileStamp(7, 8)})
    ledgers.write_ledger(tmp_path, ledger)
    assert ledgers.read_ledger(tmp_path).outputs == {"в": FileStamp(7, 8)}


def test_a_kill_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    ledger = Ledger(key="k", outputs=Section({"а": FileStamp(1, 2)}), is_complete=True)
    ledgers.write_ledger(tmp_path, ledger)
    code = f"""
import os, pathlib, signal
from docgen.pipeline.output import ledger as ledgers
folder = pathlib.Path({str(tmp_path)!r})
one = ledgers.read_ledger(folder)
one.is_complete = False
one.outputs["б"] = ledgers.FileStamp(3, 4)
ledgers._row_text = lambda row: os.kill(os.getpid(), signal.SIGKILL)
ledgers.write_ledger(folder, one)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    assert ledgers.read_ledger(tmp_path) == ledger


def test_no_ledger_is_an_empty_one_with_a_key_of_its_own(tmp_path: Path) -> None:
    one, other = ledgers.read_ledger(tmp_path), ledgers.read_ledger(tmp_path)
    assert one.documents == {}
    assert len(one.key) == 32
    assert one.key != other.key


@pytest.mark.parametrize(
    ("part", "name", "text"),
    [
        ("facts", "format", "99"),
        ("facts", "key", 7),
        ("facts", "key", "k" * 65),
        ("facts", "edited", "null"),
        ("inputs", "а", "[]"),
        ("outputs", "а", "[1]"),
        ("documents", "а", "{}"),
        ("documents", "а", '{"docx": "а", "signatures": []}'),
    ],
)
def test_a_ledger_that_is_broken_is_an_empty_one(
    tmp_path: Path, part: str, name: str, text: object
) -> None:
    ledgers.write_ledger(tmp_path, Ledger(key="k", is_complete=True))
    put_row(tmp_path, part, name, text)
    found = ledgers.read_ledger(tmp_path)
    assert not found.is_complete
    assert found.key != "k"


@pytest.mark.parametrize("data", [b"", b"{}", b"SQLite format 3\0 and then nothing", b"x" * 5000])
def test_what_is_no_ledger_gives_way_to_one(tmp_path: Path, data: bytes) -> None:
    (tmp_path / ledgers.LEDGER_NAME).write_bytes(data)
    assert not ledgers.read_ledger(tmp_path).is_complete
    ledger = Ledger(key="k", outputs=Section({"а": FileStamp(1, 2)}), is_complete=True)
    ledgers.write_ledger(tmp_path, ledger)
    assert ledgers.read_ledger(tmp_path) == ledger


@pytest.mark.parametrize("data", [None, b"", b"{}", b"x" * 5000, "other format", "odd row"])
def test_no_connection_is_left_open(
    tmp_path: Path, data: bytes | str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(data, bytes):
        (tmp_path / ledgers.LEDGER_NAME).write_bytes(data)
    elif data is not None:
        ledgers.write_ledger(tmp_path, Ledger(key="k"))
        put_row(tmp_path, "facts", *(("format", "1") if data == "other format" else ("key", 1)))
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def watched(path: Path) -> sqlite3.Connection:
        opened.append(connect(path))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", watched)
    ledgers.read_ledger(tmp_path)
    ledgers.write_ledger(tmp_path, Ledger(key="k"))
    (tmp_path / "folder" / ledgers.LEDGER_NAME).mkdir(parents=True)
    ledgers.read_ledger(tmp_path / "folder")
    assert opened
    for one in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            one.execute("SELECT 1")


def test_only_its_owner_may_read_a_ledger(tmp_path: Path) -> None:
    ledgers.write_ledger(tmp_path, Ledger(key="k"))
    assert (tmp_path / ledgers.LEDGER_NAME).stat().st_mode & 0o077 == 0


# --- cells that were read --------------------------------------------------------------------


def entry(ledger: Ledger, **reads: ReadCell) -> LedgerEntry:
    return LedgerEntry("а.docx", "а.pdf", "", "", "приказ", "", pack(ledger.hashed(reads)))


def test_a_ledger_holds_no_value_of_a_register(tmp_path: Path) -> None:
    ledger = Ledger(key="k")
    ledger.documents["приказ"] = entry(ledger, паспорт=PASSPORT)
    ledgers.write_ledger(tmp_path, ledger)
    assert "00 00" not in all_rows(tmp_path)
    assert "ячейка T2" in all_rows(tmp_path)


def test_a_value_cannot_be_found_by_trying_without_the_key() -> None:
    hashes = {Ledger(key=key).hashed({"п": PASSPORT})["п"].hash for key in ("k", "l")}
    assert len(hashes) == 2


def test_a_value_with_half_a_letter_is_hashed_too() -> None:
    assert Ledger(key="k").hashed({"п": ReadCell(Location(), "\ud800")})["п"].hash


def test_changed_cells_are_named_by_their_places() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, фио=ReadCell(Location("К", "Л", "A1"), "Иванова"), паспорт=PASSPORT)
    assert (
        ledger.changed(
            before, {"фио": ReadCell(Location("К", "Л", "A1"), "Иванова"), "паспорт": PASSPORT}
        )
        == []
    )
    now = {"фио": ReadCell(Location("К", "Л", "A9"), "Петрова"), "паспорт": PASSPORT}
    assert ledger.changed(before, now) == ["К, лист «Л», ячейка A9"]


def test_a_cell_that_only_moved_has_not_changed() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, фио=ReadCell(Location("К", "Л", "A1"), "Иванова"))
    assert ledger.changed(before, {"фио": ReadCell(Location("К", "Л", "A9"), "Иванова")}) == []


def test_cells_that_came_or_went_have_changed() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, паспорт=PASSPORT)
    now = {"фио": ReadCell(Location("К", "Л", "A1"), "Иванова")}
    assert ledger.changed(before, now) == [
        "К, лист «Л», ячейка A1",
        "Книга.xlsx, лист «Сотрудники», ячейка T2",
    ]


def test_a_list_that_gained_a_row_is_named() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, **{"приказы/О внедрении/пункты#": ReadCell(Location(), "['строка 2']")})
    now = {"приказы/О внедрении/пункты#": ReadCell(Location(), "['строка 2', 'строка 3']")}
    assert ledger.changed(before, now) == ["состав строк «пункты»"]


def test_one_place_is_named_once() -> None:
    ledger = Ledger(key="k")
    place = Location("К", "Л", "A1")
    now = {"раз": ReadCell(place, "1"), "два": ReadCell(place, "2")}
    assert len(ledger.changed(entry(ledger), now)) == 1


# --- files -----------------------------------------------------------------------------------


def test_stamps_are_of_files_that_are_there(tmp_path: Path) -> None:
    here, gone = write(tmp_path / "а", "текст"), tmp_path / "б"
    stamps = ledgers.take_stamps([here, gone], {here: "имя"})
    assert {name: stamp.size for name, stamp in stamps.items()} == {"имя": 10}
    assert [*ledgers.take_stamps([here], {})] == [str(here)]


def test_an_output_is_untouched_until_its_bytes_change(tmp_path: Path) -> None:
    path = write(tmp_path / "а.docx", "раз")
    stamp = ledgers.stamp_output(path)
    assert ledgers.is_untouched(path, stamp)
    os.utime(path, ns=(1, 1))
    assert ledgers.is_untouched(path, stamp)
    write(path, "два")
    os.utime(path, ns=(2, 2))
    assert not ledgers.is_untouched(path, stamp)
    write(path, "длиннее")
    assert not ledgers.is_untouched(path, stamp)


def test_a_file_of_which_nothing_is_known_is_not_ours(tmp_path: Path) -> None:
    path = write(tmp_path / "а.docx", "раз")
    assert not ledgers.is_untouched(path, None)
    assert not ledgers.is_untouched(tmp_path / "нет", ledgers.stamp_output(path))


def test_what_a_killed_build_had_meant_to_write_is_ours(tmp_path: Path) -> None:
    path = write(tmp_path / "а.docx", "раз")
    ledger = Ledger(key="k", pending=Section({"а.docx": ledgers.stamp_output(path).sha256}))
    assert ledgers.is_pending(ledger, "а.docx", path)
    assert not ledgers.is_pending(ledger, "б.docx", path)
    assert not ledgers.is_pending(ledger, "а.docx", tmp_path / "нет")
    write(path, "два")
    assert not ledgers.is_pending(ledger, "а.docx", path)


def test_outputs_are_whole_while_size_and_time_stand(tmp_path: Path) -> None:
    path = write(tmp_path / "а.docx", "раз")
    ledger = Ledger(key="k", outputs=Section({"а.docx": ledgers.stamp_output(path)}))
    assert ledgers.outputs_are_whole(tmp_path, ledger)
    os.utime(path, ns=(1, 1))
    assert not ledgers.outputs_are_whole(tmp_path, ledger)
    path.unlink()
    assert not ledgers.outputs_are_whole(tmp_path, ledger)


def test_inputs_are_the_same_by_size_and_time_alone() -> None:
    before = {"а": FileStamp(1, 2, "хеш")}
    assert ledgers.same_inputs({"а": FileStamp(1, 2)}, before)
    assert not ledgers.same_inputs({"а": FileStamp(1, 3)}, before)
    assert not ledgers.same_inputs({"а": FileStamp(1, 2), "б": FileStamp(1, 2)}, before)
    assert not ledgers.same_inputs({}, before)
