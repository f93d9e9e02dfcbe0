"""Signed papers: kept in the workspace's ``архив/``, never made again, compared with registers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from docgen.build.rendering import Rendered
from docgen.errors import Location, Problem, UsageError, warning
from docgen.files import atomic_write, safe_name, writable
from docgen.model import Kind, PlannedDocument, Read, Workspace

ARCHIVE = "архив"
FROZEN_STATES = frozenset({"подписан", "изменён", "утратил силу"})
RECORD = "запись.json"
ANY_CHANGE, ADDED_ROWS = "*", "+"
DEFAULT_PAPER = "приказ о внесении изменений"


@dataclass(frozen=True, slots=True)
class Frozen:
    """An archived paper: its files, the values it was made from, who signed it."""

    key: str
    kind: str
    title: str
    output: str
    docx: Path
    pdf: Path
    reads: Mapping[str, tuple[str, str]]
    signers: tuple[tuple[str, str], ...]


def is_frozen_state(plan: PlannedDocument) -> bool:
    """Return whether the paper's order is signed: the paper is history."""
    return plan.state in FROZEN_STATES and not plan.is_blank_form


def read_archive(workspace: Path) -> dict[str, Frozen]:
    """Return the archived papers of a workspace by document key."""
    found: dict[str, Frozen] = {}
    for record in sorted((workspace / ARCHIVE).glob(f"*/{RECORD}")):
        told = json.loads(record.read_text("utf-8"))
        found[told["key"]] = Frozen(
            key=told["key"],
            kind=told["kind"],
            title=told["title"],
            output=told["output"],
            docx=record.parent / told["docx"],
            pdf=record.parent / told["pdf"],
            reads={key: (place, value) for key, (place, value) in told["reads"].items()},
            signers=tuple((role, name) for role, name in told["signers"]),
        )
    return found


def archive(rendered: Rendered, docx: bytes, pdf: bytes, workspace: Path, output: str) -> Frozen:
    """Keep a signed paper: its files and the values it was made from.

    Raises:
        UsageError: when ``архив/`` cannot be written.
    """
    plan = rendered.plan
    folder = workspace / ARCHIVE / safe_name(plan.key.replace("|", " "))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        writable(folder)
    name = safe_name(plan.title)
    reads = {key: (str(read.where), read.value) for key, read in rendered.reads.items()}
    told = {
        "key": plan.key,
        "kind": plan.kind.name,
        "title": plan.title,
        "output": output,
        "docx": f"{name}.docx",
        "pdf": f"{name}.pdf",
        "reads": reads,
        "signers": rendered.signers,
    }
    atomic_write(folder / f"{name}.docx", docx)
    atomic_write(folder / f"{name}.pdf", pdf)
    # The record comes last: a paper counts as kept only when both files are whole.
    text = json.dumps(told, ensure_ascii=False, indent=1)
    atomic_write(folder / RECORD, text.encode("utf-8"), mode=0o600)
    return read_archive(workspace)[plan.key]


def differences(
    frozen: Frozen, reads: Mapping[str, Read], kind: Kind, workspace: Workspace
) -> list[Problem]:
    """Return what registers now say otherwise, each with the paper that is therefore needed."""
    problems = []
    for key, read in reads.items():
        before = frozen.reads.get(key)
        if before is not None and before[1] == read.value:
            continue
        if before is None and not _is_of_row(key, workspace):
            continue
        problems.append(_difference(frozen, key, read, kind, is_new=before is None))
    return problems


def _is_of_row(key: str, workspace: Workspace) -> bool:
    """Whether a newly read cell is a fact of a row, not of a card or a list."""
    register = key.split("/", 1)[0]
    return register in workspace.schemas and not key.endswith("#")


def _difference(frozen: Frozen, key: str, read: Read, kind: Kind, *, is_new: bool) -> Problem:
    column = key.rstrip("#").rsplit("/", 1)[-1]
    papers = kind.change_papers
    is_list = key.endswith("#")
    named = ADDED_ROWS if is_list or is_new else column
    paper = papers.get(named) or papers.get(ANY_CHANGE) or DEFAULT_PAPER
    what = "изменился состав строк" if is_list else f"изменился столбец «{column}»"
    return warning(
        "frozen-differs",
        read.where,
        f"{what}, а «{frozen.title}» уже подписан и остаётся прежним; нужен {paper}",
    )


def check_whole(frozen: Mapping[str, Frozen]) -> None:
    """Prove that the archived files are there.

    Raises:
        UsageError: ``output-unwritable`` when a file of the archive is gone.
    """
    gone = [path for one in frozen.values() for path in (one.docx, one.pdf) if not path.is_file()]
    if gone:
        message = f"в архиве нет файла «{gone[0].name}»; верните его из резервной копии"
        raise UsageError([Problem("output-unwritable", Location(file=str(gone[0])), message)])


def same_bytes(path: Path, data: bytes) -> bool:
    """Return whether a file is there with exactly these bytes."""
    return path.is_file() and path.read_bytes() == data
