"""What a signature says of itself (CMS, RFC 5652): its certificate, its time, what it signed."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from asn1crypto import cms, parser, x509

_ARMOUR: Final = re.compile(rb"-----[A-Z0-9 ]+-----")


class State(Enum):
    """Whether what was signed is still what it was; the value is what a person reads."""

    INTACT = "подпись верна, файл не изменён"
    CHANGED = "файл изменён после подписи или подпись неверна"
    UNKNOWN = "подпись не проверена"


@dataclass(frozen=True, slots=True)
class ElectronicSignature:
    """A signature with the certificate it was made with; ``time`` is as the signer's clock said.

    ``field`` names its field in a PDF; ``note`` tells why it was not checked.
    """

    owner: str
    serial: str
    begins: dt.datetime
    ends: dt.datetime
    time: dt.datetime | None
    state: State
    field: str = ""
    note: str = ""


class BrokenSignatureError(ValueError):
    """The bytes are no signature; the message is for logs."""


def to_der(data: bytes) -> bytes:
    """Return a signature as bytes, also when it came as letters: Госуслуги leave Base64."""
    if data[:1] == b"\x30":
        return data
    try:
        return base64.b64decode(b"".join(_ARMOUR.sub(b"", data).split()), validate=True)
    except binascii.Error as error:
        raise BrokenSignatureError("neither DER nor Base64") from error


def without_padding(padded: bytes) -> bytes:
    """Return the first value of what is filled up with zeros; its own last byte may be one.

    Raises:
        ValueError: when it is cut short.
    """
    return padded[: parser.peek(padded)]


def read_message(der: bytes) -> cms.SignedData:
    """Return what a signature holds.

    Raises:
        BrokenSignatureError: when it is none.
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
    """Return the file that a signature holds itself; None when it lies beside."""
    held = message["encap_content_info"]["content"]
    return bytes(held.native) if held.native is not None else None


def told_by(
    message: cms.SignedData, state: State, field: str = "", note: str = ""
) -> ElectronicSignature:
    """Return the first signer of a message as people want him told."""
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
    """Return whose certificate it is: a person's names, else what it is called.

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
