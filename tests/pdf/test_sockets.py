"""Sockets of LibreOffice: none is left in the machine's folder for temporary files."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from docgen.pdf import find_office
from docgen.pdf.calls import Call
from docgen.pdf.executors import watch_over
from docgen.pdf.pulse import probe_document
from docgen.pdf.server import OfficeServer
from docgen.pdf.sockets import LIST, sockets_of


@pytest.mark.office
@pytest.mark.parametrize("name", ["1", "Папка с пробелом"])
def test_the_socket_of_a_libreoffice_goes_with_it(name: str, tmp_path: Path) -> None:
    server = OfficeServer(find_office(), tmp_path / name, threading.Event())
    places = [*sockets_of(tmp_path / name / "profile")]
    try:
        (pdf,), _ = server.convert([probe_document()], Call(()))
        assert pdf
        assert [place.is_socket() for place in places] == [True, False]
    finally:
        server.close()
    assert not any(place.exists() for place in places)


def test_the_shell_that_watches_removes_what_is_listed(tmp_path: Path) -> None:
    folder = tmp_path / "docgen-1"
    (folder / "0").mkdir(parents=True)
    socket, other = tmp_path / "socket", tmp_path / "other"
    socket.touch()
    other.touch()
    (folder / "0" / LIST).write_text(f"{socket}\n")
    watch = watch_over(folder)
    assert watch is not None
    watch.communicate()
    deadline = time.monotonic() + 10
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not folder.exists()
    assert not socket.exists()
    assert other.exists()
