"""Addresses that a link of a document may lead to: web pages and e-mail, nothing on this computer.

A link to a file or a share sends the reader's name and password to whoever keeps that share.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from docgen.ooxml.docx_package import Picture

HYPERLINK_TYPE: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_PORT: Final = re.compile(r"[^/:@]+:\d+(?:/|$)")
_SITE: Final = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#].*)?")
_FILE: Final = re.compile(
    r"[^/?#]+\.(?:docx?|xlsx?|pptx?|odt|ods|rtf|pdf|txt|png|jpe?g|zip|rar|exe|bat|lnk|html?)",
    re.IGNORECASE,
)
"""A name that has the form of a site's, and is one of a file."""
_MAIL: Final = re.compile(r"[^\s@<>]+@(?:[\w-]+\.)+[\w-]{2,}")
_BLANK: Final = re.compile(r"_{3,}")
_NOBODY: Final = re.compile(
    r"|(?:https?:)?/*|https?:///.*|https?://[?#].*|mailto:\s*(?:\?.*)?", re.IGNORECASE
)
_NOT_IN_ADDRESSES: Final = re.compile('[\\x00-\\x20<>"{}|\\\\^`\\x7f]')
_KEPT: Final = "!#$&'()*+,/:;=?@[]~%-._"
_MOST_LETTERS: Final = 2000
_PLAIN: Final = {0xA0: " ", 0x2011: "-"}
"""Names and numbers of a paper hold together at the end of a line; those of an address do not."""


def live_address(text: str) -> str | None:
    """Return an address as a link holds it, in ASCII; None when it is no web page and no e-mail.

    A site or an e-mail that was typed without http:// or mailto: gets that.
    """
    address = text.translate(_PLAIN).strip()
    found = _SCHEME.match(address)
    if found is None or _PORT.match(address):
        if _MAIL.fullmatch(address):
            address = f"mailto:{address}"
        elif _SITE.fullmatch(address) and not _FILE.match(address):
            address = f"http://{address}"
        else:
            return None
    scheme = address.partition(":")[0].casefold()
    if scheme not in _SCHEMES or len(address) > _MOST_LETTERS:
        return None
    try:
        return _mail(address) if scheme == "mailto" else _page(address)
    except ValueError:
        return None


def _mail(address: str) -> str | None:
    person, question, rest = address.partition(":")[2].partition("?")
    if not _MAIL.fullmatch(unquote(person)):
        return None
    name, _, host = unquote(person).rpartition("@")
    return f"mailto:{quote(name, safe=_KEPT)}@{_host(host)}{question}{_spelled(rest)}"


def _page(address: str) -> str | None:
    parts = urlsplit(address)
    if not parts.hostname or parts.username is not None:
        return None
    port = f":{parts.port}" if parts.port else ""
    host = _host(parts.hostname)
    if _NOT_IN_ADDRESSES.search(host):
        return None
    rest = map(_spelled, (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme.lower(), f"{host}{port}", *rest))


def _host(name: str) -> str:
    """Return a name of the web in ASCII: «школа.рф» is xn--80atdl2c.xn--p1ai there."""
    return name if name.isascii() else name.encode("idna").decode("ascii")


def _spelled(text: str) -> str:
    return quote(text, safe=_KEPT)


def has_scheme(address: str) -> bool:
    """Whether an address says itself what it is; without that Word takes it for a file."""
    return address.strip().casefold().startswith(("http://", "https://", "mailto:"))


def is_unfilled(text: str) -> bool:
    """Whether an address has nothing to lead to: an empty cell, or a line to write on."""
    if _BLANK.search(text):
        return True
    # A page below a site that is not known, a subject of a letter to nobody.
    return _NOBODY.fullmatch(text.strip()) is not None


def link_to(address: str) -> Picture:
    """Return what a document needs for a link, with an id that its address alone decides."""
    digest = hashlib.sha256(address.encode()).hexdigest()[:24]
    return Picture(f"link{digest}", HYPERLINK_TYPE, address, is_outside=True, data=b"")
