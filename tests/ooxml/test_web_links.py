"""Addresses of links: what is live, what is refused."""

from __future__ import annotations

import pytest

from docgen.ooxml.web_links import is_unfilled, link_to, live_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/a?b=1#c", "https://example.org/a?b=1#c"),
        ("HTTP://Example.org", "http://example.org"),
        (" www.school5.ru ", "http://www.school5.ru"),
        ("school5.ru/новости", "http://school5.ru/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
        ("школа.рф", "http://xn--80atdl2c.xn--p1ai"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("school5.ru:8080", "http://school5.ru:8080"),
        ("a@b.ru", "mailto:a@b.ru"),
        ("mailto:a@b.ru?subject=да № 1", "mailto:a@b.ru?subject=%D0%B4%D0%B0%20%E2%84%96%201"),
        ("https://e.org/a%20b", "https://e.org/a%20b"),
    ],
)
def test_pages_and_mail_are_live(typed: str, address: str) -> None:
    assert live_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "\\\\server\\share",
        "smb://server/share",
        "ftp://e.org",
        "data:text/html,x",
        "vbscript:x",
        "../приказ.docx",
        "приказ.docx#раздел",
        "http://",
        "http://user:secret@e.org",
        "http://e.org:нет",
        "mailto:",
        "mailto:нет",
        "#закладка",
        "",
        "http://e.org/" + "a" * 3000,
    ],
)
def test_all_else_is_no_address(typed: str) -> None:
    assert live_address(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "mailto:", "https://", "mailto:________ (почта)", "mailto:?subject=Приём"),
        *("https:///приём", "http://?q=1", "HTTPS:// "),
    ],
)
def test_an_empty_cell_leads_nowhere(typed: str) -> None:
    assert is_unfilled(typed)


def test_a_wrong_address_is_not_an_empty_one() -> None:
    assert not is_unfilled("javascript:x")
    assert not is_unfilled("file:///etc/passwd")
    assert not is_unfilled("ftp://")


def test_what_holds_at_the_end_of_a_line_is_plain_in_an_address() -> None:
    assert live_address("http://e.org/М.\u00a0П.\u20115") == live_address("http://e.org/М. П.-5")


def test_the_id_of_a_link_depends_on_its_address_alone() -> None:
    assert link_to("http://a.ru") == link_to("http://a.ru")
    assert link_to("http://a.ru").relation != link_to("http://b.ru").relation
