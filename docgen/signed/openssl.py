"""Verifying signatures with OpenSSL, with the algorithms of ГОСТ where their engine is installed.

Debian: ``apt-get install libengine-gost-openssl``.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from docgen.signed.cms import Integrity

_TIMEOUT_S: Final = 60
ENGINE: Final = "gost"
GOST: Final = b"\x06\x08\x2a\x85\x03\x07\x01\x01"
"""The start of the DER of object identifiers of ГОСТ Р 34.10-2012, 34.11-2012: 1.2.643.7.1.1."""


@functools.cache
def has_engine() -> bool:
    """Whether OpenSSL is installed and can load the engine of ГОСТ."""
    program = shutil.which("openssl")
    if program is None:
        return False
    run = subprocess.run(
        [program, "engine", ENGINE, "-t"], capture_output=True, check=False, timeout=_TIMEOUT_S
    )
    return run.returncode == 0 and b"[ available ]" in run.stdout


def verify_detached(der: bytes, content: bytes) -> tuple[Integrity, str]:
    """Return whether a signature fits the content of a file; if unknown, also why, in Russian."""
    program = shutil.which("openssl")
    if program is None:
        return Integrity.UNKNOWN, "нет программы openssl"
    is_gost = GOST in der
    if is_gost and not has_engine():
        return Integrity.UNKNOWN, "алгоритмы ГОСТ: поставьте libengine-gost-openssl"
    with tempfile.TemporaryDirectory(prefix="docgen-") as name:
        message, file = Path(name) / "message.der", Path(name) / "content"
        message.write_bytes(der)
        file.write_bytes(content)
        command = [program, "cms", "-verify", "-binary", "-noverify", "-inform", "DER"]
        command += ["-in", str(message), "-content", str(file), "-out", str(Path(name) / "out")]
        command += ["-engine", ENGINE] if is_gost else []
        run = subprocess.run(command, capture_output=True, check=False, timeout=_TIMEOUT_S)
    return (Integrity.INTACT if run.returncode == 0 else Integrity.CHANGED), ""
