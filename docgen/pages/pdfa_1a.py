"""PDF/A-1a as LibreOffice makes it, tags and all: only what tells day and machine is taken out.

What docgen writes itself has no tags: they tie pages together and do not survive cutting. So here
qpdf writes the file of LibreOffice, every object kept.
"""

from __future__ import annotations

import io
from typing import Final

import pikepdf

from docgen.pages.objects_write import LANGUAGE
from docgen.pages.page_writer import WrittenPdf
from docgen.pages.pdfa import LEVEL_1A, PRODUCER, clean_title, to_metadata
from docgen.pages.syntax import BrokenPdfError

_VERSION: Final = "1.4"
"""The version that PDF/A-1 stands on: no streams of objects, no transparency."""
_UNREADABLE: Final = (
    *(pikepdf.PdfError, pikepdf.PasswordError),
    *(AttributeError, KeyError, ValueError, TypeError),
)
_MADE: Final = slice(24, 36)
_SOME_DAY: Final = bytes((0x07, 0xCF, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0))
"""18 October 1999, as the profile of the other PDFs has it; LibreOffice puts the day of making."""


def normalise_tagged(pdf: bytes, title: str) -> WrittenPdf:
    """Return LibreOffice's PDF/A-1a with constant dates and identifier, under this title.

    Raises:
        BrokenPdfError: when it cannot be read, or is no tagged PDF/A-1.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            _refuse_untagged(document)
            _settle(document, clean_title(title))
            stream = io.BytesIO()
            document.save(
                stream,
                force_version=_VERSION,
                fix_metadata_version=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                # Every stream as LibreOffice packed it: another zlib would pack it in other bytes.
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
            )
            return WrittenPdf(stream.getvalue(), len(document.pages), {})
    except _UNREADABLE as error:
        raise BrokenPdfError(f"unreadable PDF/A-1a: {type(error).__name__}") from error


def _refuse_untagged(document: pikepdf.Pdf) -> None:
    is_tagged = "/StructTreeRoot" in document.Root and bool(document.Root.MarkInfo.Marked)
    if not is_tagged or document.pdf_version != _VERSION or not document.pages:
        raise BrokenPdfError("not a tagged PDF/A-1")
    if not all(_is_tagged(page) for page in document.pages):
        raise BrokenPdfError("a page without tags")


def _is_tagged(page: pikepdf.Page) -> bool:
    """Whether what a page draws is marked; LibreOffice forgets it where something shines through.

    Validators do not look for it: a page of another file may have no contents that are marked.
    """
    contents = page.Contents
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    drawn = b"\n".join(one.read_bytes() for one in streams)
    return b"/Artifact BMC" in drawn or b"/MCID" in drawn


def _settle(document: pikepdf.Pdf, title: str) -> None:
    """Tell title, producer and language as all of docgen's files do, and no day."""
    root = document.Root
    kind = {"Type": pikepdf.Name.Metadata, "Subtype": pikepdf.Name.XML}
    root.Metadata = document.make_stream(to_metadata(title, level=LEVEL_1A), **kind)
    root.Lang = pikepdf.String(LANGUAGE)
    told = {"/Title": pikepdf.String(title)} if title else {}
    information = pikepdf.Dictionary({**told, "/Producer": pikepdf.String(PRODUCER)})
    document.trailer.Info = document.make_indirect(information)
    for name in ("/ID", "/DocChecksum"):
        if name in document.trailer:
            del document.trailer[name]
    for intent in root.OutputIntents:
        profile = bytearray(intent.DestOutputProfile.read_bytes())
        profile[_MADE] = _SOME_DAY
        intent.DestOutputProfile.write(bytes(profile))
