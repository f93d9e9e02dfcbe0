"""What a signature contains (CMS, RFC 5652): certificates, the time of signing, the signed file."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from asn1crypto import cms, parser, x509

from docgen.errors import SignalError

_ARMOUR: Final = re.compile(rb"-----[A-Z0-9 ]+-----")


class Integrity(Enum):
    """Whether a file is still as it was signed; the values are what people read."""

    INTACT = "подпись верна, файл не изменён"
    CHANGED = "файл изменён после подписи или подпись неверна"
    UNKNOWN = "подпись не проверена"


@dataclass(frozen=True, slots=True)
class ElectronicSignature:
    """A signature with facts of the certificate that it was made with.

    ``time`` is what the signer's clock showed; ``field`` names the signature's field in a PDF;
    ``note`` says in Russian why it was not verified.
    """

    owner: str
    serial: str
    begins: dt.datetime
    ends: dt.datetime
    time: dt.datetime | None
    state: Integrity
    field: str = ""
    note: str = ""


class BrokenSignatureError(SignalError, ValueError):
    """A signature cannot be read; the message is for logs."""


def to_der(data: bytes) -> bytes:
    """Return the DER bytes of a signature in DER, PEM or bare Base64, which Госуслуги leave.

    Raises:
        BrokenSignatureError: when it is none of these.
    """
    if data[:1] == b"\x30":
        return data
    try:
        return base64.b64decode(b"".join(_ARMOUR.sub(b"", data).split()), validate=True)
    except binascii.Error as error:
        raise BrokenSignatureError("neither DER nor Base64") from error


def without_padding(padded: bytes) -> bytes:
    """Return the DER value at the start of bytes that are padded with zeros.

    The value says its own length: its last byte may be a zero, too.

    Raises:
        ValueError: when the value is cut short.
    """
    return padded[: parser.peek(padded)]


def read_message(der: bytes) -> cms.SignedData:
    """Return the SignedData of a signature in DER.

    Raises:
        BrokenSignatureError: when there is none, or no signer or certificate in it.
    """
    try:
        message = cms.ContentInfo.load(der)
        if message["content_type"].native != "signed_data":
            raise BrokenSignatureError("no signature")
        content = message["content"]
        if not len(content["signer_infos"]) or not len(content["certificates"] or ()):
            raise BrokenSignatureError("a signature without a certificate")
    except (ValueError, TypeError, KeyError) as error:
        if isinstance(error, BrokenSignatureError):
            raise
        raise BrokenSignatureError("broken signature") from error
    return content


def content_of(message: cms.SignedData) -> bytes | None:
    """Return the signed file that the signature contains, or ``None`` when it is detached."""
    content = message["encap_content_info"]["content"]
    return bytes(content.native) if content.native is not None else None


def first_signature_of(
    message: cms.SignedData, state: Integrity, field: str = "", note: str = ""
) -> ElectronicSignature:
    """Return the first signature of a message.

    Raises:
        BrokenSignatureError: when the signer's certificate is not in it.
    """
    signer = message["signer_infos"][0]
    certificate = _certificate_of(message, signer)
    validity = certificate["tbs_certificate"]["validity"]
    return ElectronicSignature(
        owner=owner_of(certificate),
        serial=f"{certificate.serial_number:02X}",
        begins=validity["not_before"].native,
        ends=validity["not_after"].native,
        time=_time_of(signer),
        state=state,
        field=field,
        note=note,
    )


def _certificate_of(message: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate:
    certificates = [one.chosen for one in message["certificates"] if one.name == "certificate"]
    sid = signer["sid"]
    if sid.name == "issuer_and_serial_number":
        number = sid.chosen["serial_number"].native
        own = [one for one in certificates if one.serial_number == number]
    else:
        own = [one for one in certificates if one.key_identifier == sid.chosen.native]
    if not own:
        raise BrokenSignatureError("the signer's certificate is not there")
    return own[0]


def owner_of(certificate: x509.Certificate) -> str:
    """Return the owner of a certificate: surname and given names, else the common name.

    Certificates of Russian authorities have the organisation as common name, and the person as
    surname and given names.
    """
    named: dict[str, Any] = certificate.subject.native
    person = [named.get("surname"), named.get("given_name")]
    if all(isinstance(one, str) and one for one in person):
        return " ".join(str(one).strip() for one in person)
    common = named.get("common_name", "")
    return str(common[0] if isinstance(common, list) and common else common).strip() or "без имени"


def _time_of(signer: cms.SignerInfo) -> dt.datetime | None:
    attributes = signer["signed_attrs"]
    for one in attributes if attributes.native is not None else ():
        if one["type"].native == "signing_time":
            time = one["values"][0].native
            return time if isinstance(time, dt.datetime) else None
    return None
