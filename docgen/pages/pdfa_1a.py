"""Tagged PDF/A-1a as LibreOffice makes it, with constant dates, identifier and producer.

What docgen writes itself has no tags: they tie pages together and do not survive cutting. So here
qpdf rewrites LibreOffice's file and keeps every object.
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
"""The PDF version of PDF/A-1: no object streams, no transparency."""
_UNREADABLE: Final = (
    *(pikepdf.PdfError, pikepdf.PasswordError),
    *(AttributeError, KeyError, ValueError, TypeError),
)
_DATE_IN_PROFILE: Final = slice(24, 36)
_CONSTANT_DATE: Final = bytes((0x07, 0xCF, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0))
"""18 October 1999, as in the profile of PDF/A-2b; LibreOffice writes the current day."""


def normalise_tagged(pdf: bytes, title: str) -> WrittenPdf:
    """Return LibreOffice's PDF/A-1a with constant dates and identifier, under this title.

    Raises:
        BrokenPdfError: when it cannot be read, or is no tagged PDF/A-1.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            _refuse_untagged(document)
            _set_constants(document, clean_title(title))
            stream = io.BytesIO()
            document.save(
                stream,
                force_version=_VERSION,
                fix_metadata_version=False,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                # Packed as LibreOffice did: another version of zlib gives other bytes.
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
    """Whether the contents of a page are marked; LibreOffice omits that beside transparency.

    Validators accept such a page: of other files it may have no contents to mark.
    """
    contents = page.Contents
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    drawn = b"\n".join(one.read_bytes() for one in streams)
    return b"/Artifact BMC" in drawn or b"/MCID" in drawn


def _set_constants(document: pikepdf.Pdf, title: str) -> None:
    """Set title, producer and language as in docgen's other files; remove dates and identifiers."""
    root = document.Root
    kind = {"Type": pikepdf.Name.Metadata, "Subtype": pikepdf.Name.XML}
    root.Metadata = document.make_stream(to_metadata(title, level=LEVEL_1A), **kind)
    root.Lang = pikepdf.String(LANGUAGE)
    titled = {"/Title": pikepdf.String(title)} if title else {}
    information = pikepdf.Dictionary({**titled, "/Producer": pikepdf.String(PRODUCER)})
    document.trailer.Info = document.make_indirect(information)
    for name in ("/ID", "/DocChecksum"):
        if name in document.trailer:
            del document.trailer[name]
    for intent in root.OutputIntents:
        profile = bytearray(intent.DestOutputProfile.read_bytes())
        profile[_DATE_IN_PROFILE] = _CONSTANT_DATE
        intent.DestOutputProfile.write(bytes(profile))
