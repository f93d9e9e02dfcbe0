"""A .docx as a zip."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from docgen.ooxml.zip_parts import to_entry, to_zip


@given(st.dictionaries(st.text("абвxyz/", min_size=1), st.binary(max_size=200), max_size=5))
def test_a_zip_holds_what_was_put_in_whatever_the_order(parts: dict[str, bytes]) -> None:
    entries = [to_entry(name, data) for name, data in parts.items()]
    made = to_zip(entries)
    assert made == to_zip(reversed(entries))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == parts
        assert archive.testzip() is None
