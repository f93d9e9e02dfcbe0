"""People who sign: keys and certificates made on the spot, signatures put through pyHanko."""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import io
from collections.abc import Callable
from typing import Final

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import CertificateStore, SimpleCertificateStore

BEGINS = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ENDS = dt.datetime(2099, 12, 31, tzinfo=dt.UTC)

make_store: Final[Callable[[], CertificateStore]] = SimpleCertificateStore
"""Returns an empty store of certificates; pyHanko's class does not say what it returns."""


@functools.cache
def signer_of(name: str) -> signers.SimpleSigner:
    """Return somebody with a key and a certificate of his own, the same all day long."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = certificates.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        **dict.fromkeys(
            (
                *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
                *("crl_sign", "encipher_only", "decipher_only"),
            ),
            False,
        ),
    )
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(int.from_bytes(name.encode()[:8], "big"))
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    own = x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        signing_cert=own,
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=make_store(),
    )


def signed(pdf: bytes, field: str, name: str) -> bytes:
    """Return the PDF with a signature in a field, that shows nothing on paper."""
    nothing = RawContent(b"", box=BoxConstraints(width=10, height=10))
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256"),
        signer=signer_of(name),
        stamp_style=StaticStampStyle(border_width=0, background=nothing),
    )
    stream = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=stream)
    return stream.getvalue()


def detached(data: bytes, name: str) -> bytes:
    """Return a signature that lies beside what it signs."""
    made = asyncio.run(signer_of(name).async_sign_general_data(data, "sha256", detached=True))
    return bytes(made.dump())
