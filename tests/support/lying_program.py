"""The program that stands in the place of LibreOffice: it converts, and then lies.

It answers from a store of what LibreOffice has made before; what is not there LibreOffice makes
now. Light imports: every call is a process of its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

_HEIGHT = re.compile(r'<w:pgSz [^>]*w:h="(\d+)"')
_TALL = 100_000
_FIRST_MARK = 'w:name="b0s"'


def serve(home: Path) -> None:
    """Answer one call of docgen as ``home/lie.json`` says."""
    lie = json.loads((home / "lie.json").read_text("utf-8"))
    arguments = sys.argv[1:]
    if "--version" in arguments:
        sys.stdout.write(lie["version"])
    elif "--convert-to" in arguments:
        _convert(home, lie, arguments)
    else:
        kept = Path(arguments[-1])
        (home / "resident").write_text(str(os.getpid()))
        kept.with_name(f".~lock.{kept.name}#").touch()
        time.sleep(600)


def _convert(home: Path, lie: dict[str, Any], arguments: list[str]) -> None:
    sources = [Path(one) for one in arguments if one.endswith(".docx")]
    out = Path(arguments[arguments.index("--outdir") + 1])
    wanted = arguments[arguments.index("--convert-to") + 1]
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        number = int((home / "calls").read_text()) + 1 if (home / "calls").exists() else 1
        (home / "calls").write_text(str(number))
        if lie["mode"] == "die" and number in lie["calls"]:
            os.kill(int((home / "resident").read_text()), signal.SIGKILL)
            os.kill(os.getpid(), signal.SIGKILL)
        honest = _honest(Path(lie["store"]), lie["office"], sources, wanted)
        pdfs = list(honest)
        for place, source in enumerate(sources):
            road, text = _road_of(source, wanted)
            is_due = lie["road"] in {"", road} and lie["words"] in text and lie["times"] != 0
            if is_due and lie["mode"] not in {"honest", "die"}:
                false = _lie(home, lie["mode"], (number, place), honest, road)
                if false is not None and false != honest[place]:
                    pdfs[place] = false
                    lie["times"] -= 1
                    with (home / "lies").open("a") as log:
                        print(number, place, road, file=log)
            answer = home / "answers" / f"{number}-{place}.pdf"
            answer.write_bytes(honest[place])
        (home / "last.pdf").write_bytes(honest[-1])
        (home / "lie.json").write_text(json.dumps(lie), "utf-8")
    for source, pdf in zip(sources, pdfs, strict=True):
        (out / f"{source.stem}.pdf").write_bytes(pdf)


def _road_of(source: Path, wanted: str) -> tuple[str, str]:
    """Return by which road a document comes, and its XML."""
    with zipfile.ZipFile(source) as package:
        text = package.read("word/document.xml").decode()
    if '"SelectPdfVersion"' in wanted:
        return "tagged", text
    if any(int(height) > _TALL for height in _HEIGHT.findall(text)):
        return "samples", text
    return ("composed" if _FIRST_MARK in text else "alone"), text


def _honest(store: Path, office: str, sources: list[Path], wanted: str) -> list[bytes]:
    """Return what LibreOffice makes of the documents, from the store if it is there."""
    kept = [
        store / f"{hashlib.sha256(source.read_bytes() + wanted.encode()).hexdigest()}.pdf"
        for source in sources
    ]
    missing = [source for source, path in zip(sources, kept, strict=True) if not path.exists()]
    if missing:
        with tempfile.TemporaryDirectory(dir=store) as name:
            command = [
                office,
                f"-env:UserInstallation={(store / 'profile').as_uri()}",
                *("--headless", "--norestore", "--convert-to", wanted, "--outdir", name),
                *map(str, missing),
            ]
            subprocess.run(
                command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            for source, path in zip(sources, kept, strict=True):
                made = Path(name) / f"{source.stem}.pdf"
                if made.exists():
                    made.replace(path)
    return [path.read_bytes() for path in kept]


def _lie(
    home: Path, mode: str, at: tuple[int, int], honest: list[bytes], road: str
) -> bytes | None:
    """Return what is given out in the place of a PDF; None when there is no such lie about it.

    ``at`` are the number of the call and the place of the PDF in it.
    """
    place = at[1]
    pdf = honest[place]
    if mode == "another":
        others = honest[:place] + honest[place + 1 :]
        last = home / "last.pdf"
        return others[0] if others else last.read_bytes() if last.exists() else None
    if mode == "stale":
        stale = home / "stale" / f"{at[0]}-{place}.pdf"
        return stale.read_bytes() if stale.exists() else None
    if mode == "truncated":
        return pdf[: len(pdf) * 2 // 3]
    from tests.support.pdf_mutations import mutated
    from tests.support.small_pdfs import blank_pdf

    if mode == "blank":
        return blank_pdf()
    # The first page of a batch is cut away: a lie about it is none.
    return mutated(pdf, mode, seed=place, first=int(road in {"composed", "samples"}))
