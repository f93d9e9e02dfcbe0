"""Files are distinguished by their SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from docgen.files import file_digest


def test_digest_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 3_000_000)
    assert file_digest(tmp_path / "a") == hashlib.sha256(b"x" * 3_000_000).hexdigest()
