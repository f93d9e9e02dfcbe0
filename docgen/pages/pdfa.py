"""What PDF/A-2b asks for: metadata (XMP), output intent and the sRGB colour profile.

The colour profile is made here from the numbers of IEC 61966-2-1, so its bytes never change and
nobody else's licence is on them.
"""

from __future__ import annotations

import re
import struct
from typing import Final
from xml.sax.saxutils import escape

from docgen.pages.objects_read import PlainFile
from docgen.pages.syntax import Ref, dictionary, reference, string, to_text

PRODUCER: Final = "docgen"
METADATA: Final = b"<</Type /Metadata /Subtype /XML /Length %d>>"
_OWN_MARK: Final = f"<pdf:Producer>{PRODUCER}</pdf:Producer>".encode()
_OFFICE_PRODUCER: Final = "LibreOffice"
LEVEL_1A: Final = "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
LEVEL_2B: Final = "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMESPACES: Final = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
)


def is_archival(file: PlainFile) -> bool:
    """Whether a file may be called PDF/A once it is rewritten.

    LibreOffice's files may, and docgen's that claim to be; what other programs put in is unknown.
    """
    producer = to_text(file.get(file.information.get(b"/Producer")))
    if producer != PRODUCER:
        return producer.startswith(_OFFICE_PRODUCER)
    metadata = file.catalog.get(b"/Metadata")
    return isinstance(metadata, Ref) and LEVEL_2B.encode() in file.content(metadata)


def is_made_by_docgen(data: bytes) -> bool:
    """Return whether docgen wrote a PDF, and nobody saved or signed it since.

    Other programs put their own name into the metadata, or add theirs behind the end.
    """
    return _OWN_MARK in data and data.count(b"%%EOF") == 1


def clean_title(title: str) -> str:
    """Return a title without characters that XML forbids, so that XMP and /Info agree."""
    return _NOT_IN_XML.sub(" ", title)


def to_metadata(title: str, *, level: str = "") -> bytes:
    """Return the XMP metadata: title, producer and the level of PDF/A, if any."""
    titles = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt>'
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
        f'<rdf:Description rdf:about="" {_NAMESPACES}>{level}'
        f"{f'<dc:title>{titles}</dc:title>' if title else ''}"
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def to_intent(profile: int) -> bytes:
    """Return the output intent for sRGB; ``profile`` is the object number of the ICC profile."""
    fields = {
        b"/Type": b"/OutputIntent",
        b"/S": b"/GTS_PDFA1",
        b"/OutputConditionIdentifier": string("sRGB IEC61966-2.1"),
        b"/DestOutputProfile": reference(profile),
    }
    return dictionary(fields)


# --- sRGB as an ICC profile ------------------------------------------------------------------

_WHITE_POINT: Final = (0.9642, 1.0, 0.82491)
_PRIMARIES: Final = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.7141),
}
_TO_D50: Final = (1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_CURVE_FUNCTION_TYPE: Final = 3


def _s15_fixed_16(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 0x10000)) for number in numbers)


def _icc_text(text: str) -> bytes:
    """Return a text as an ICC profile spells it, in English."""
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(data), 28) + data


def _icc_xyz(*numbers: float) -> bytes:
    return b"XYZ " + bytes(4) + _s15_fixed_16(*numbers)


def _make_srgb_profile() -> bytes:
    """Return the ICC profile: header, table of tags, data of tags, the shared curve once."""
    curve = b"para" + struct.pack(">4xHxx", _CURVE_FUNCTION_TYPE) + _s15_fixed_16(*_CURVE)
    fields = {
        b"desc": _icc_text("sRGB IEC61966-2.1"),
        b"cprt": _icc_text("CC0"),
        b"wtpt": _icc_xyz(*_WHITE_POINT),
        b"chad": b"sf32" + bytes(4) + _s15_fixed_16(*_TO_D50),
        **{name: _icc_xyz(*numbers) for name, numbers in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    start = 128 + 4 + 12 * len(fields)
    table, body = [struct.pack(">I", len(fields))], b""
    offsets: dict[bytes, int] = {}
    for name, data in fields.items():
        if data not in offsets:
            offsets[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table.append(struct.pack(">4sII", name, offsets[data], len(data)))
    made = struct.pack(">6H", 1999, 10, 18, 0, 0, 0)
    header = struct.pack(">I4xI", start + len(body), 0x04200000) + b"mntrRGB XYZ " + made
    header += b"acsp" + bytes(28) + _s15_fixed_16(*_WHITE_POINT)
    return b"".join([header.ljust(128, b"\0"), *table, body])


PROFILE: Final = _make_srgb_profile()
PROFILE_FIELDS: Final = b"<</N 3 /Length %d>>" % len(PROFILE)
