"""Electronic signatures of returned files: who signed, when, and whether the file changed since.

The only module that knows pyHanko and asks OpenSSL; pyHanko comes with ``docgen[sign]``. Whether a
certificate is to be trusted is not judged: the authority's program does that.
"""

from __future__ import annotations

from docgen.signed.cms import BrokenSignatureError, ElectronicSignature, Integrity
from docgen.signed.openssl import verify_detached
from docgen.signed.signature_files import (
    SIGNATURE_SUFFIXES,
    signature_files,
    signatures_in_pdf,
    signatures_of,
    unsigned_fields,
)

__all__ = [
    "SIGNATURE_SUFFIXES",
    "BrokenSignatureError",
    "ElectronicSignature",
    "Integrity",
    "signature_files",
    "signatures_in_pdf",
    "signatures_of",
    "unsigned_fields",
    "verify_detached",
]
