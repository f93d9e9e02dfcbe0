"""Electronic signatures as they come back: who signed, when, and whether the file is still that.

The only module that knows pyHanko and asks OpenSSL; pyHanko comes with ``docgen[sign]``. Whether a
certificate is to be trusted is not judged: that is for the authority's own program.
"""

from __future__ import annotations

from docgen.signed.cms import BrokenSignatureError, ElectronicSignature, State
from docgen.signed.openssl import verify_detached
from docgen.signed.signature_files import SUFFIXES, empty_fields, in_pdf, of_file, signature_files

__all__ = [
    "SUFFIXES",
    "BrokenSignatureError",
    "ElectronicSignature",
    "State",
    "empty_fields",
    "in_pdf",
    "of_file",
    "signature_files",
    "verify_detached",
]
