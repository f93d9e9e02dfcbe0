"""Where the signatures of a file are: inside a PDF, or in files beside it."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from pathlib import Path
from typing import Any, Final

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel

from docgen.signed.cms import (
    BrokenSignatureError,
    ElectronicSignature,
    Integrity,
    content_of,
    first_signature_of,
    read_message,
    to_der,
    without_padding,
)
from docgen.signed.openssl import verify_detached

SIGNATURE_SUFFIXES: Final = (".sig", ".sgn", ".p7s")
# pyHanko fails on damaged files in many ways; each means that the signature cannot be read.
UNREADABLE: Final = (
    *(PdfError, SignatureValidationError, ValueError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, AssertionError, RuntimeError, zlib.error, struct.error),
)
_MARK: Final = b"/ByteRange"
_HARMLESS: Final = frozenset(
    {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
)

# pyHanko logs values of the file that it fails on; they are personal data.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)


def signatures_of(path: Path) -> list[ElectronicSignature]:
    """Return every signature of a file: those inside it, then those beside it.

    Raises:
        BrokenSignatureError: when one cannot be read.
    """
    data = path.read_bytes()
    found = signatures_in_pdf(data) if _MARK in data else []
    for beside in signature_files(path):
        found += _detached(beside.read_bytes(), data)
    return found


def signature_files(path: Path) -> list[Path]:
    """Return the signature files beside a file: «Приказ.pdf.sig» or «Приказ.sig»."""
    names = [path.with_name(path.name + one) for one in SIGNATURE_SUFFIXES]
    names += [path.with_suffix(one) for one in SIGNATURE_SUFFIXES]
    return [one for one in dict.fromkeys(names) if one.is_file() and one != path]


def _detached(signature: bytes, data: bytes) -> list[ElectronicSignature]:
    der = to_der(signature)
    message = read_message(der)
    content = content_of(message)
    if content is not None and content != data:
        return [first_signature_of(message, Integrity.CHANGED)]
    state, note = verify_detached(der, data)
    return [first_signature_of(message, state, note=note)]


def signatures_in_pdf(data: bytes) -> list[ElectronicSignature]:
    """Return the signatures inside a PDF, in the order in which they were made.

    Raises:
        BrokenSignatureError: when there is one that cannot be read.
    """
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        embedded = list(reader.embedded_signatures)
    except UNREADABLE as error:
        raise BrokenSignatureError("unreadable PDF") from error
    if not embedded:
        raise BrokenSignatureError("a signature that is no signature any more")
    return [_embedded(item, data) for item in embedded]


def unsigned_fields(data: bytes) -> list[str]:
    """Return the labels, else the names, of a PDF's signature fields that nobody has signed."""
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        return [
            str(field.get_object().get("/TU") or name)
            for name, _, field in enumerate_sig_fields(reader, filled_status=False)
        ]
    except UNREADABLE:
        return []


def _embedded(one: Any, data: bytes) -> ElectronicSignature:
    try:
        der = bytes(one.pkcs7_content)
        message = read_message(der)
        begin, first, after, rest = (int(number) for number in one.byte_range)
        signed = data[begin : begin + first] + data[after : after + rest]
        state, note = verify_detached(without_padding(der), signed)
        if state is not Integrity.CHANGED and not _is_only_signed_since(one):
            state = Integrity.CHANGED
        return first_signature_of(message, state, str(one.field_name), note)
    except UNREADABLE as error:
        raise BrokenSignatureError("broken signature") from error


def _is_only_signed_since(one: Any) -> bool:
    """Whether only further signatures were added to the file after this one."""
    one.compute_integrity_info()
    if one.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    # pyHanko overlooks bytes that follow the last revision without being one.
    is_followed = one.reader.xrefs.total_revisions > one.signed_revision + 1
    is_whole = one.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    if not is_whole or not is_followed or one.diff_result is None:
        return False
    level = getattr(one.diff_result, "modification_level", ModificationLevel.OTHER)
    return level in _HARMLESS
