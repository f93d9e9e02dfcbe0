"""Read registers and appendix tables from .xlsx workbooks, and write new workbooks.

The only home of openpyxl. What comes out are cells that know their place; what they mean is
decided elsewhere.
"""

from docgen.registers.book_writer import write_workspace
from docgen.registers.books import (
    Book,
    Books,
    find_books,
    lock_warnings,
    open_books,
    without_garbage_collection,
    workbook_paths,
)
from docgen.registers.examples import plain_table, write_example
from docgen.registers.forms_book import FormsRow, write_signoff
from docgen.registers.marked_books import UnmarkableBookError, marked_book
from docgen.registers.remarks_book import (
    RemarkKey,
    RemarkRow,
    accepted_key,
    is_accepted,
    write_remarks,
)
from docgen.registers.shared_books import refuse_open
from docgen.registers.sheets import read_sheets
from docgen.registers.signature_book import (
    SignatureRow,
    SignatureUpdate,
    add_signatures,
    note_issued,
)
from docgen.registers.table_sheets import read_tables

__all__ = [
    "Book",
    "Books",
    "FormsRow",
    "RemarkKey",
    "RemarkRow",
    "SignatureRow",
    "SignatureUpdate",
    "UnmarkableBookError",
    "accepted_key",
    "add_signatures",
    "find_books",
    "is_accepted",
    "lock_warnings",
    "marked_book",
    "note_issued",
    "open_books",
    "plain_table",
    "read_sheets",
    "read_tables",
    "refuse_open",
    "without_garbage_collection",
    "workbook_paths",
    "write_example",
    "write_remarks",
    "write_signoff",
    "write_workspace",
]
