"""Make documents as the peers do; a program, so that it is timed as its users run it.

``python -m benchmarks.peers SORT WAY BOOK TEMPLATES OUT COUNT PROCESSES CALLS_OF`` leaves a .docx
and a PDF for each document and one joined print run, and prints JSON: pages, seconds of work,
seconds that servers took to start.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from xmlrpc.client import ServerProxy

from docxtpl import DocxTemplate
from pypdf import PdfReader, PdfWriter

from benchmarks.peer_values import READERS, PeerDocument, read_peer_documents

PEERS = Path(__file__).parent / ".peers"
UNOSERVER = PEERS / "uno" / "bin" / "unoserver"
CARBONE = PEERS / "carbone" / "node_modules" / "carbone"
PRINT_RUN = "print.pdf"
START_S = 60
WITH_INDEX = False


@dataclass(frozen=True, slots=True)
class Task:
    """What a way has to make, and where."""

    documents: Sequence[PeerDocument]
    templates: Path
    out: Path
    processes: int
    calls_of: int

    def docx(self, document: PeerDocument) -> Path:
        """Return where its .docx goes."""
        return self.out / "docx" / f"{document.name}.docx"

    def pdf(self, document: PeerDocument) -> Path:
        """Return where its PDF goes."""
        return self.out / "pdf" / f"{document.name}.pdf"

    def shares(self) -> list[list[PeerDocument]]:
        """Return the documents of each process."""
        return [list(self.documents[place :: self.processes]) for place in range(self.processes)]


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds of work, and those of servers to start, which then stay up for days."""

    work_s: float
    servers_s: float = 0.0


def by_calls(task: Task) -> Clock:
    """Fill with docxtpl; call soffice for ``calls_of`` files, each process with its profile."""
    started = time.perf_counter()
    _fill(task)
    with ThreadPoolExecutor(task.processes) as pool:
        list(pool.map(lambda share: _convert_by_calls(task, share), task.shares()))
    _join(task)
    return Clock(time.perf_counter() - started)


def by_unoserver(task: Task) -> Clock:
    """Fill with docxtpl; convert file by file with servers that stay up."""
    begun = time.perf_counter()
    with contextlib.ExitStack() as stack:
        ports = [stack.enter_context(_unoserver()) for _ in range(task.processes)]
        servers = [_answering(port) for port in ports]
        started = time.perf_counter()
        _fill(task)

        def convert(server: ServerProxy, share: Sequence[PeerDocument]) -> None:
            for document in share:
                source = str(task.docx(document))
                server.convert(source, None, str(task.pdf(document)), "pdf", None, [], WITH_INDEX)

        with ThreadPoolExecutor(task.processes) as pool:
            list(pool.map(convert, servers, task.shares()))
        _join(task)
        return Clock(time.perf_counter() - started, started - begun)


def by_carbone(task: Task) -> Clock:
    """Let Carbone fill and convert, with as many factories as processes."""
    jobs = [
        {
            "template": str(task.templates / "carbone" / f"{document.template}.docx"),
            "values": document.values,
            "docx": str(task.docx(document)),
            "pdf": str(task.pdf(document)),
        }
        for document in task.documents
    ]
    listed = task.out / "jobs.json"
    listed.write_text(json.dumps(jobs, ensure_ascii=False), "utf-8")
    script = Path(__file__).with_name("carbone.js")
    command = ["node", str(script), str(listed), str(task.processes)]
    made = subprocess.run(
        command, env=_carbone_environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    started = time.perf_counter()
    _join(task)
    warming_s, work_s = map(float, made.stdout.split())
    return Clock(work_s + time.perf_counter() - started, warming_s)


WAYS: Mapping[str, Callable[[Task], Clock]] = {
    "calls": by_calls,
    "unoserver": by_unoserver,
    "carbone": by_carbone,
}


def reason_to_skip(way: str) -> str:
    """Return why a way cannot be timed here, "" if it can."""
    if way == "unoserver" and not UNOSERVER.exists():
        return "unoserver is not installed (make bench installs it)"
    if way == "carbone" and shutil.which("node") is None:
        return "there is no node"
    if way == "carbone" and not CARBONE.is_dir():
        return "carbone is not installed (make bench installs it where npm is)"
    return ""


def _fill(task: Task) -> None:
    for document in task.documents:
        template = DocxTemplate(str(task.templates / "docxtpl" / f"{document.template}.docx"))
        template.render(document.values, autoescape=True)
        template.save(str(task.docx(document)))


def _convert_by_calls(task: Task, share: Sequence[PeerDocument]) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-profile-") as profile:
        for first in range(0, len(share), task.calls_of):
            files = [str(task.docx(document)) for document in share[first : first + task.calls_of]]
            command = ["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
            command += ["--convert-to", "pdf", "--outdir", str(task.out / "pdf"), *files]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


@contextlib.contextmanager
def _unoserver() -> Iterator[int]:
    """Start a server with a profile, and yield its port."""
    port, inner = _free_ports()
    with tempfile.TemporaryDirectory(prefix="bench-profile-") as profile:
        command = [str(UNOSERVER), "--port", str(port), "--uno-port", str(inner), "--quiet"]
        command += ["--user-installation", profile]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield port
        finally:
            process.terminate()
            process.wait(START_S)


def _answering(port: int) -> ServerProxy:
    server = ServerProxy(f"http://127.0.0.1:{port}", allow_none=True)
    for _ in range(START_S * 10):
        with contextlib.suppress(OSError):
            server.info()
            return server
        time.sleep(0.1)
    raise TimeoutError("unoserver does not answer")


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for free in (one, other):
            free.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _carbone_environment() -> dict[str, str]:
    """Return the environment in which Carbone finds soffice.bin and a Python that knows uno."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise FileNotFoundError("soffice")
    paths = [str(Path(soffice).resolve().parent), "/usr/bin", os.environ["PATH"]]
    return {**os.environ, "PATH": os.pathsep.join(paths), "CARBONE": str(CARBONE)}


def _join(task: Task) -> None:
    """Join all PDFs into one."""
    writer = PdfWriter()
    for document in task.documents:
        writer.append(task.pdf(document), import_outline=False)
    writer.write(task.out / PRINT_RUN)


def main(arguments: Sequence[str]) -> None:
    """Make the documents of one workbook in one way."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sort", choices=READERS)
    parser.add_argument("way", choices=WAYS)
    for name in ("book", "templates", "out"):
        parser.add_argument(name, type=Path)
    for name in ("count", "processes", "calls_of"):
        parser.add_argument(name, type=int)
    given = parser.parse_args(arguments)
    for name in ("docx", "pdf"):
        (given.out / name).mkdir(parents=True)
    documents = read_peer_documents(given.sort, given.book, given.count)
    task = Task(documents, given.templates, given.out, given.processes, given.calls_of)
    clock = WAYS[given.way](task)
    pages = PdfReader(given.out / PRINT_RUN).get_num_pages()
    sys.stdout.write(json.dumps(asdict(clock) | {"documents": len(documents), "pages": pages}))


if __name__ == "__main__":
    main(sys.argv[1:])
