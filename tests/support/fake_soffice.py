"""A program in the place of LibreOffice that fails in the ways that LibreOffice was seen to fail.

It makes its PDF from the words of the .docx: a file is known by its text, since converters see
neutral names. What goes wrong is written into the program: it is called with a bare environment.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

_PROGRAM = """#!{python}
import os, pathlib, re, signal, subprocess, sys, time, zipfile
sys.path[:0] = {path!r}
MODE, VICTIM, HOME = {mode!r}, {victim!r}, pathlib.Path({home!r})
def hang():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (HOME / "child").write_text(str(child.pid))
    time.sleep(600)
if "--version" in sys.argv:
    if MODE == "silent":
        sys.exit(3)
    if MODE == "mute":
        hang()
    print("LibreOffice 7.4.99.3 42(Build:7)")
    sys.exit(0)
if "--convert-to" not in sys.argv:
    # The process that stays locks the text that it has open.
    kept = pathlib.Path(sys.argv[-1])
    if MODE == "short":
        sys.exit(0)
    if MODE == "deaf":
        hang()
    kept.with_name(f".~lock.{{kept.name}}#").touch()
    time.sleep(600)
if MODE == "deaf":
    hang()
with (HOME / "calls").open("a") as calls:
    print(sum(arg.endswith(".docx") for arg in sys.argv), file=calls)
(HOME / "environment").write_text("\\n".join(f"{{k}}={{v}}" for k, v in os.environ.items()))
(HOME / "arguments").write_text("\\n".join(sys.argv))
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
from tests.support.painted_pdfs import painted_docx
for source in map(pathlib.Path, (arg for arg in sys.argv if arg.endswith(".docx"))):
    with zipfile.ZipFile(source) as package:
        text = package.read("word/document.xml").decode()
    with (HOME / "texts").open("a", encoding="utf-8") as texts:
        texts.write(text)
    pdf = out / (source.stem + ".pdf")
    if VICTIM in text:
        if MODE == "once":
            flag = HOME / "killed"
            if not flag.exists():
                flag.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        elif MODE == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif MODE == "hang":
            hang()
        elif MODE == "hang once":
            flag = HOME / "hung"
            if not flag.exists():
                flag.touch()
                hang()
        elif MODE == "skip":
            continue
        elif MODE == "empty":
            pdf.write_bytes(b"")
            continue
        elif MODE == "garbage":
            pdf.write_bytes(b"%PDF-1.6 and then nothing")
            continue
    pdf.write_bytes(painted_docx(source.read_bytes()))
if MODE == "late":
    hang()
"""


def fake_soffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str = "", victim: str = "victim"
) -> Path:
    """Put the program first on PATH; return the folder where it notes how it was called.

    ``mode`` is what happens to documents that hold ``victim``: once (killed the first time only),
    crash, hang (with a child process, heeding no SIGTERM), hang once, skip, empty, garbage; silent
    tells no version, short does not stay. Late hangs when all is done, deaf whatever it is asked
    but its version, mute when asked for that too.
    """
    folder = tmp_path / "fake"
    folder.mkdir()
    program = folder / "soffice"
    root = str(Path(__file__).parents[2])
    program.write_text(
        _PROGRAM.format(
            python=sys.executable,
            path=[root, *(entry for entry in sys.path if "site-packages" in entry)],
            mode=mode,
            victim=victim,
            home=str(folder),
        )
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return folder
