"""Whose a file of the output is, and how docgen leaves its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.errors import UsageError
from docgen.pages import normalise
from docgen.pipeline.output import store as module
from docgen.pipeline.output.ledger import Ledger, read_ledger
from docgen.pipeline.output.store import Bench, OutputStore, Verdict
from tests.support.small_pdfs import small_pdf

NAME = "documents/Приказ.docx"
PDF = "pdf/Приказ.pdf"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    output = tmp_path / "output"
    (output / "stage").mkdir(parents=True)
    return Bench(output, read_ledger(output), stage=output / "stage")


def leave(bench: Bench, data: bytes, name: str = NAME) -> None:
    bench.leave([bench.draft(name, data, is_private=False)])


def type_into(store: OutputStore, name: str = NAME, data: bytes = b"by hand") -> None:
    store.path(name).parent.mkdir(parents=True, exist_ok=True)
    store.path(name).write_bytes(data)


def sign(bench: Bench) -> None:
    leave(bench, b"%PDF /ByteRange", PDF)


def edit(bench: Bench) -> None:
    leave(bench, b"ours", PDF)
    type_into(bench, PDF)


STATES: dict[Verdict, Callable[[Bench], None]] = {
    Verdict.ABSENT: lambda _: None,
    Verdict.OURS: lambda bench: leave(bench, b"ours", PDF),
    Verdict.EDITED: edit,
    Verdict.UNKNOWN: lambda bench: type_into(bench, PDF),
    Verdict.SIGNED: sign,
}


@pytest.mark.parametrize("verdict", Verdict)
def test_each_file_has_the_verdict_of_what_happened_to_it(bench: Bench, verdict: Verdict) -> None:
    STATES[verdict](bench)
    assert bench.verdict(PDF) is verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_nothing_but_docgens_own_may_be_overwritten(bench: Bench, verdict: Verdict) -> None:
    STATES[verdict](bench)
    assert bench.may_overwrite(PDF) is (verdict in {Verdict.ABSENT, Verdict.OURS})


def test_without_the_ledger_docgen_knows_its_files_by_the_manifest(bench: Bench) -> None:
    type_into(bench, PDF, b"ours")
    sha256 = hashlib.sha256(b"ours").hexdigest()
    listed = {PDF: sha256, NAME: sha256}
    later = OutputStore(bench.folder, Ledger(), is_ledger_lost=True, listed=listed)
    assert later.verdict(PDF) is Verdict.OURS
    type_into(bench, NAME)
    assert later.verdict(NAME) is Verdict.UNKNOWN
    assert OutputStore(bench.folder, Ledger(), listed=listed).verdict(PDF) is Verdict.UNKNOWN


def test_without_any_notes_docgen_knows_pdfs_that_only_it_has_saved(bench: Bench) -> None:
    own = normalise(small_pdf(["ours"]), "Приказ").data
    later = OutputStore(bench.folder, Ledger(), is_ledger_lost=True)
    for data, verdict in (
        (own, Verdict.OURS),
        (own + b"\n% added\n%%EOF\n", Verdict.UNKNOWN),
        (small_pdf(["another program's"]), Verdict.UNKNOWN),
    ):
        type_into(bench, PDF, data)
        assert later.verdict(PDF) is verdict


def test_a_signature_that_lies_beside_a_pdf_counts_too(bench: Bench) -> None:
    leave(bench, b"ours", PDF)
    type_into(bench, f"{PDF}.sig")
    assert bench.verdict(PDF) is Verdict.SIGNED


def test_an_edit_that_is_to_be_dropped_is_docgens_again(bench: Bench) -> None:
    edit(bench)
    dropping = OutputStore(bench.folder, bench.ledger, redo=frozenset({PDF}))
    assert dropping.verdict(PDF) is Verdict.OURS
    assert not dropping.is_unchanged(PDF)


def test_what_is_left_is_noted_stamped_and_unchanged(bench: Bench) -> None:
    names = [f"documents/{number}.docx" for number in range(6)]
    bench.leave([bench.draft(name, name.encode(), is_private=True) for name in names])
    for name in names:
        assert bench.path(name).read_bytes() == name.encode()
        assert bench.path(name).stat().st_mode & 0o777 == 0o600
        assert bench.is_unchanged(name)
        assert bench.sha256(name) == bench.ledger.pending[name]
    assert not [*bench.stage.iterdir()]
    assert bench.sha256("documents/нет.docx") == ""


def test_files_of_a_killed_build_are_docgens_own_for_the_next(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(bench, b"first")
    bench.note()

    def killed(source: Path, path: Path, *, mode: int) -> None:
        source.replace(path)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "put_in_place", killed)
        with pytest.raises(KeyboardInterrupt):
            leave(bench, b"second")
    later = Bench(bench.folder, read_ledger(bench.folder), stage=bench.stage)
    assert later.path(NAME).read_bytes() == b"second"
    assert later.verdict(NAME) is Verdict.OURS
    later.adopt_pending()
    assert later.is_unchanged(NAME)
    type_into(later)
    assert later.verdict(NAME) is Verdict.EDITED


def test_a_disk_that_refuses_leaves_what_was_there(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(bench, b"first")

    def refuse(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(UsageError):
            leave(bench, b"second")
    assert bench.path(NAME).read_bytes() == b"first"
    assert bench.verdict(NAME) is Verdict.OURS


def test_a_store_can_be_asked_and_not_written_to(tmp_path: Path) -> None:
    store = OutputStore(tmp_path, Ledger())
    assert store.verdict(NAME) is Verdict.ABSENT
    assert not hasattr(store, "leave")
    assert not [*tmp_path.iterdir()]
