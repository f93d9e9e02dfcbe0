"""What stands together at the ends of an order's pages: points, signature, who made the paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests.support.printing import converted
from tests.support.shipped import changed, one_of

FILLERS = range(0, 42, 2)
POINT = "Провести опрос участников и обобщить его итоги " * 5
RESPONSIBLE = "Ответственный – заместитель директора"
BOTTOM_MARGIN = 1134 / 20
"""In points."""


def paragraph(text: str, style: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def order_with(fillers: int) -> bytes:
    """Return a shipped order with more lines, a point and who is responsible before its points."""
    more = [paragraph(f"Строка {number}.", "OrderPoint") for number in range(fillers)]
    more += [paragraph(POINT, "OrderPointKept"), paragraph(RESPONSIBLE, "OrderPoint")]
    first = '<w:p><w:pPr><w:pStyle w:val="OrderPoint'
    return changed(
        one_of("приказ", by="belgorod")[1].docx,
        "word/document.xml",
        lambda xml: xml.replace(first, "".join(more) + first, 1),
    )


def lines_on(page: pypdfium2.PdfPage) -> list[tuple[float, str]]:
    """Return the lines of a page from its foot upwards: how high each stands, and its words."""
    text = page.get_textpage()
    found: dict[int, list[tuple[float, str]]] = {}
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top)
        found.setdefault(round((bottom + top) / 12), []).append((left, words))
    return [
        (height * 6.0, " ".join(words for _, words in sorted(line)))
        for height, line in sorted(found.items())
    ]


@pytest.mark.office
def test_an_order_ends_its_pages_where_nothing_is_left_alone(tmp_path: Path) -> None:
    papers = {count: tmp_path / f"{count}.docx" for count in FILLERS}
    for count, path in papers.items():
        path.write_bytes(order_with(count))
    made = converted([*papers.values()], tmp_path / "pdf")
    seen = set()
    for count, path in papers.items():
        pdf = made[path]
        assert isinstance(pdf, Path)
        document = pypdfium2.PdfDocument(pdf)
        pages = [lines_on(page) for page in document]
        document.close()
        seen.add(len(pages))
        contact, author, *body = pages[-1]
        assert contact[0] < BOTTOM_MARGIN + 12, (count, contact)
        assert author[0] < contact[0] + 20, (count, author)
        assert all(height > author[0] + 12 for height, _ in body), (count, body)
        assert any("Руководитель" in words for _, words in body), (count, body)
        # The page number, the signature and two lines of the text at least.
        assert len(body) >= (4 if len(pages) > 1 else 3), (count, body)
        for page in pages:
            words = " ".join(text for _, text in reversed(page))
            if "Ответственный" in words:
                assert "обобщить" in words.partition("Ответственный")[0], count
    assert len(seen) > 1
