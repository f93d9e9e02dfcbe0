"""What is known of the last build: kept whole, without a value, and never trusted blindly."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import ledger as ledgers
from docgen.errors import Location
from docgen.ledger import Entry, Ledger, Seen, Stamp
from docgen.model import Read

PASSPORT = Read(Location("Книга.xlsx", "Сотрудники", "T2"), "'00 00 000000'")

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
STAMPS = st.builds(Stamp, st.integers(0, 2**40), st.integers(0, 2**62), TEXTS)
ENTRIES = st.builds(
    Entry,
    docx=TEXTS,
    pdf=TEXTS,
    docx_sha256=TEXTS,
    source_sha256=TEXTS,
    template=TEXTS,
    tools=TEXTS,
    reads=st.dictionaries(TEXTS, st.builds(Seen, TEXTS, TEXTS), max_size=3),
    state=TEXTS,
)
LEDGERS = st.builds(
    Ledger,
    key=st.text(st.characters(codec="ascii"), max_size=32),
    inputs=st.dictionaries(TEXTS, STAMPS, max_size=3),
    outputs=st.dictionaries(TEXTS, STAMPS, max_size=3),
    documents=st.dictionaries(TEXTS, ENTRIES, max_size=3),
    packets=st.dictionaries(TEXTS, TEXTS, max_size=3),
    pending=st.dictionaries(TEXTS, TEXTS, max_size=3),
    edited=st.frozensets(TEXTS, max_size=3),
    options=TEXTS,
    warnings=st.integers(0, 99),
    is_complete=st.booleans(),
)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def told(folder: Path) -> str:
    return (folder / ledgers.LEDGER_NAME).read_text("utf-8")


# --- the file --------------------------------------------------------------------------------


@given(LEDGERS)
def test_a_ledger_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, one: Ledger
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    ledgers.write_ledger(folder, one)
    assert ledgers.read_ledger(folder) == one


def test_a_ledger_is_written_the_same_whatever_the_order_of_its_parts(tmp_path: Path) -> None:
    stamps = {"б": Stamp(1, 2), "а": Stamp(3, 4)}
    ledgers.write_ledger(tmp_path, Ledger(key="k", inputs=dict(stamps)))
    before = told(tmp_path)
    ledgers.write_ledger(tmp_path, Ledger(key="k", inputs=dict(sorted(stamps.items()))))
    assert told(tmp_path) == before


def test_no_ledger_is_an_empty_one_with_a_key_of_its_own(tmp_path: Path) -> None:
    one, other = ledgers.read_ledger(tmp_path), ledgers.read_ledger(tmp_path)
    assert one.documents == {}
    assert len(one.key) == 32
    assert one.key != other.key


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: "null",
        lambda text: text.replace('"format": 1', '"format": 99'),
        lambda text: text.replace('"key": "k"', '"key": 7'),
        lambda text: text.replace('"key": "k"', '"key": "' + "k" * 65 + '"'),
        lambda text: text.replace('"inputs": {}', '"inputs": []'),
        lambda text: text.replace('"outputs": {}', '"outputs": {"а": [1]}'),
        lambda text: text.replace('"documents": {}', '"documents": {"а": {"reads": {}}}'),
        lambda text: text.replace('"documents": {}', '"documents": {"а": {"reads": 1}}'),
        lambda text: text.replace('"packets": {}', '"packets": 5'),
    ],
)
def test_a_ledger_that_is_broken_is_an_empty_one(tmp_path: Path, damage: object) -> None:
    ledgers.write_ledger(tmp_path, Ledger(key="k", is_complete=True))
    assert callable(damage)
    write(tmp_path / ledgers.LEDGER_NAME, damage(told(tmp_path)))
    found = ledgers.read_ledger(tmp_path)
    assert not found.is_complete
    assert found.key != "k"


def test_only_its_owner_may_read_a_ledger(tmp_path: Path) -> None:
    ledgers.write_ledger(tmp_path, Ledger(key="k"))
    assert (tmp_path / ledgers.LEDGER_NAME).stat().st_mode & 0o077 == 0


# --- cells that were read --------------------------------------------------------------------


def entry(ledger: Ledger, **reads: Read) -> Entry:
    return Entry("а.docx", "а.pdf", "", "", "приказ", "", ledger.hashed(reads))


def test_a_ledger_holds_no_value_of_a_register(tmp_path: Path) -> None:
    ledger = Ledger(key="k")
    ledger.documents["приказ"] = entry(ledger, паспорт=PASSPORT)
    ledgers.write_ledger(tmp_path, ledger)
    assert "00 00" not in told(tmp_path)
    assert "ячейка T2" in told(tmp_path)


def test_a_value_cannot_be_found_by_trying_without_the_key() -> None:
    hashes = {Ledger(key=key).hashed({"п": PASSPORT})["п"].hash for key in ("k", "l")}
    assert len(hashes) == 2


def test_a_value_with_half_a_letter_is_hashed_too() -> None:
    assert Ledger(key="k").hashed({"п": Read(Location(), "\ud800")})["п"].hash


def test_changed_cells_are_named_by_their_places() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, фио=Read(Location("К", "Л", "A1"), "Иванова"), паспорт=PASSPORT)
    assert (
        ledger.changed(
            before, {"фио": Read(Location("К", "Л", "A1"), "Иванова"), "паспорт": PASSPORT}
        )
        == []
    )
    now = {"фио": Read(Location("К", "Л", "A9"), "Петрова"), "паспорт": PASSPORT}
    assert ledger.changed(before, now) == ["К, лист «Л», ячейка A9"]


def test_a_cell_that_only_moved_has_not_changed() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, фио=Read(Location("К", "Л", "A1"), "Иванова"))
    assert ledger.changed(before, {"фио": Read(Location("К", "Л", "A9"), "Иванова")}) == []


def test_cells_that_came_or_went_have_changed() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, паспорт=PASSPORT)
    now = {"фио": Read(Location("К", "Л", "A1"), "Иванова")}
    assert ledger.changed(before, now) == [
        "К, лист «Л», ячейка A1",
        "Книга.xlsx, лист «Сотрудники», ячейка T2",
    ]


def test_a_list_that_gained_a_row_is_named() -> None:
    ledger = Ledger(key="k")
    before = entry(ledger, **{"приказы/О внедрении/пункты#": Read(Location(), "['строка 2']")})
    now = {"приказы/О внедрении/пункты#": Read(Location(), "['строка 2', 'строка 3']")}
    assert ledger.changed(before, now) == ["состав строк «пункты»"]


def test_one_place_is_named_once() -> None:
    ledger = Ledger(key="k")
    place = Location("К", "Л", "A1")
    now = {"раз": Read(place, "1"), "два": Read(place, "2")}
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
    ledger = Ledger(key="k", pending={"а.docx": ledgers.stamp_output(path).sha256})
    assert ledgers.is_pending(ledger, "а.docx", path)
    assert not ledgers.is_pending(ledger, "б.docx", path)
    assert not ledgers.is_pending(ledger, "а.docx", tmp_path / "нет")
    write(path, "два")
    assert not ledgers.is_pending(ledger, "а.docx", path)


def test_outputs_are_whole_while_size_and_time_stand(tmp_path: Path) -> None:
    path = write(tmp_path / "а.docx", "раз")
    ledger = Ledger(key="k", outputs={"а.docx": ledgers.stamp_output(path)})
    assert ledgers.outputs_are_whole(tmp_path, ledger)
    os.utime(path, ns=(1, 1))
    assert not ledgers.outputs_are_whole(tmp_path, ledger)
    path.unlink()
    assert not ledgers.outputs_are_whole(tmp_path, ledger)


def test_inputs_are_the_same_by_size_and_time_alone() -> None:
    before = {"а": Stamp(1, 2, "хеш")}
    assert ledgers.same_inputs({"а": Stamp(1, 2)}, before)
    assert not ledgers.same_inputs({"а": Stamp(1, 3)}, before)
    assert not ledgers.same_inputs({"а": Stamp(1, 2), "б": Stamp(1, 2)}, before)
    assert not ledgers.same_inputs({}, before)


def test_the_file_is_text_that_anyone_can_open(tmp_path: Path) -> None:
    ledgers.write_ledger(tmp_path, Ledger(key="k", options="год"))
    assert json.loads(told(tmp_path))["options"] == "год"
