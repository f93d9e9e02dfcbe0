"""What the peers start from and must leave: templates, words and pages, as docgen makes them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from benchmarks.peer_templates import (
    Specimen,
    read_text,
    write_carbone_template,
    write_docxtpl_template,
)
from benchmarks.peer_values import (
    CONSENT,
    FIELDS,
    ORDER,
    ROADMAP,
    PeerDocument,
    read_peer_documents,
)
from benchmarks.people import Person
from benchmarks.workloads import (
    ROOT,
    Workspace,
    write_consents,
    write_numbered_orders,
    write_orders,
    write_people,
)

SAMPLE = 4
# Words that stand nowhere else, so that each is replaced where it was printed and only there.
_MODEL = Person(
    "Образцова Марфа Саввична", "архивариус", "99999", "паспорт-образец", "адрес-образец"
)
_NUMBER = 777


@dataclass(frozen=True, slots=True)
class Expected:
    """Words and pages of a document."""

    text: str
    pages: int


def docgen(*arguments: str) -> list[str]:
    """Return a command line of this checkout's docgen."""
    return [sys.executable, "-m", "docgen", *arguments]


def build(workspace: Workspace, out: Path, *options: str) -> Path:
    """Build a small workspace, untimed, and return its output."""
    command = docgen("build", str(workspace.folder), "--out", str(out), *options)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return out / workspace.folder.name


def write_templates(sort: str, folder: Path, target: Path) -> Path:
    """Write the templates for docxtpl and Carbone, made from specimens that docgen rendered."""
    for name, specimen in _SPECIMENS[sort](folder / "specimen").items():
        write_docxtpl_template(specimen, target / "docxtpl" / f"{name}.docx")
        write_carbone_template(specimen, target / "carbone" / f"{name}.docx")
    return target


def read_expected(sort: str, folder: Path) -> dict[str, Expected]:
    """Return what the first documents of a workload must be, by the names of the peers' files."""
    write = {"consents": write_consents, "orders": write_orders}[sort]
    output = build(write(folder / "reference", SAMPLE), folder / "out", "--jobs", "1")
    return {
        "/".join(Path(one["docx"]).with_suffix("").parts[1:]).replace("/", " - "): Expected(
            read_text(output / one["docx"]), int(one["pages"])
        )
        for one in read_documents(output)
    }


def read_documents(output: Path) -> list[dict[str, Any]]:
    """Return the documents of an output's manifest but its blank forms."""
    manifest = json.loads((output / "manifest.json").read_text("utf-8"))
    return [one for one in manifest["documents"] if "(бланк)" not in one["docx"]]


def differences(out: Path, expected: Mapping[str, Expected], made: Sequence[str]) -> list[str]:
    """Return a line for each document of a peer whose words or pages are not docgen's."""
    lines = []
    for name in expected.keys() & set(made):
        text = read_text(out / "docx" / f"{name}.docx")
        pages = PdfReader(out / "pdf" / f"{name}.pdf").get_num_pages()
        if text != expected[name].text:
            lines.append(f"{name}: other words")
        if pages != expected[name].pages:
            lines.append(f"{name}: {pages} pages, not {expected[name].pages}")
    return lines


def _consent_specimen(folder: Path) -> dict[str, Specimen]:
    workspace = write_people(folder / "consents", [_MODEL])
    output = build(workspace, folder / "out", "--no-pdf")
    return {CONSENT: Specimen(_only(output, "Согласия"), _texts(_first("consents", workspace)))}


def _order_specimens(folder: Path) -> dict[str, Specimen]:
    workspace = write_numbered_orders(folder / "orders", [_NUMBER])
    output = build(workspace, folder / "out", "--no-pdf")
    order, roadmap = read_peer_documents("orders", workspace.book, 2)
    return {
        ORDER: Specimen(_only(output, "Приказ №"), _texts(order)),
        ROADMAP: Specimen(_only(output, "Приложение №"), _texts(roadmap), FIELDS),
    }


_SPECIMENS = {"consents": _consent_specimen, "orders": _order_specimens}


def _first(sort: str, workspace: Workspace) -> PeerDocument:
    return read_peer_documents(sort, workspace.book, 1)[0]


def _texts(document: PeerDocument) -> dict[str, str]:
    """Return the values that are text; rows are found by their place."""
    return {name: value for name, value in document.values.items() if isinstance(value, str)}


def _only(output: Path, word: str) -> Path:
    """Return the one document whose path has a word."""
    (found,) = [path for path in output.rglob("*.docx") if word in str(path.relative_to(output))]
    return found
