"""Whether LibreOffice still answers: how long it may keep silent, and what it is tried with.

A document on which LibreOffice hangs is set aside. A LibreOffice that hangs on whatever it is given
would take that long for each of them, so it is told apart: after a call that hung it must turn the
least document there is into a PDF.
"""

from __future__ import annotations

import functools
import io
import threading
import zipfile
from dataclasses import dataclass, field
from typing import Final

from docgen.errors import SignalError

SILENCE_S: Final = 60.0
"""How long LibreOffice may be busy without a PDF before it has shown that it works."""
PROBES: Final = 2
_PROBE_SHARE: Final = 1 / 4

_MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONSHIPS: Final = "application/vnd.openxmlformats-package.relationships+xml"
_PARTS: Final = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATIONSHIPS}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats'
        '.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
    ),
    "word/document.xml": (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>docgen</w:t></w:r></w:p></w:body></w:document>"
    ),
}


class SilentOfficeError(SignalError):
    """LibreOffice answers to nothing that it is given; no more is given to it."""


@dataclass(slots=True)
class Pulse:
    """What is known of whether a LibreOffice answers; it changes with every call.

    ``left_s`` is how much longer it may be busy until its next PDF, None while it is trusted.
    ``lost`` is shared by LibreOffices of one program: what one of them has shown holds for all.
    """

    silence_s: float = SILENCE_S
    lost: threading.Event = field(default_factory=threading.Event)
    left_s: float | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Begin with a LibreOffice that has shown nothing yet."""
        self.left_s = self.silence_s

    @property
    def probe_s(self) -> float:
        """Return how long the least document may take."""
        return self.silence_s * _PROBE_SHARE

    def limited(self, seconds: float) -> float:
        """Return how much of this time LibreOffice may take."""
        return seconds if self.left_s is None else min(seconds, self.left_s)

    def spend(self, seconds: float) -> None:
        """Count time in which LibreOffice was busy."""
        if self.left_s is not None:
            self.left_s = max(self.left_s - seconds, 0.0)

    def hear(self) -> None:
        """Trust LibreOffice: it has made a PDF."""
        self.left_s = None

    def miss(self) -> None:
        """Doubt LibreOffice, which hung, until its next PDF.

        Raises:
            SilentOfficeError: when it has used up its time.
        """
        if self.left_s is None:
            self.left_s = self.silence_s
        if not self.left_s:
            self.lose()

    def lose(self) -> None:
        """Give LibreOffice up.

        Raises:
            SilentOfficeError: always.
        """
        self.lost.set()
        raise SilentOfficeError

    def check(self) -> None:
        """Refuse to go on with a LibreOffice that was given up.

        Raises:
            SilentOfficeError: when it was.
        """
        if self.lost.is_set():
            raise SilentOfficeError


@functools.cache
def probe_document() -> bytes:
    """Return the least .docx that LibreOffice makes a page of."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in _PARTS.items():
            package.writestr(zipfile.ZipInfo(name), text)
    return stream.getvalue()
