"""Read registers and appendix tables from .xlsx workbooks, and write new workbooks.

The only home of openpyxl. What comes out are cells that know their place; what they mean is
decided elsewhere.
"""

from docgen.registers.added_sheets import AddedSheets, SheetRequest, add_sheets
from docgen.registers.book_writer import BookGuide, write_workspace
from docgen.registers.books import (
    COPIES,
    Book,
    Books,
    find_books,
    is_folder_of_copies,
    lock_warnings,
    open_books,
    without_garbage_collection,
    workbook_paths,
)
from docgen.registers.column_headers import near_header_hint, nearest_header
from docgen.registers.examples import blank_tables, plain_table, write_example
from docgen.registers.forms_book import FormsRow, write_signoff
from docgen.registers.hidden_rows import printed_warning
from docgen.registers.marked_books import UnmarkableBookError, marked_book
from docgen.registers.own_cells import OwnCell
from docgen.registers.own_rows import OwnRows, read_own_rows
from docgen.registers.remarks_book import (
    RemarkKey,
    RemarkRow,
    accepted_key,
    is_accepted,
    write_remarks,
)
from docgen.registers.shared_books import refuse_open, saved_on
from docgen.registers.sheets import read_sheets
from docgen.registers.signature_book import (
    SignatureRow,
    SignatureUpdate,
    add_signatures,
    note_issued,
)
from docgen.registers.table_sheets import read_tables
from docgen.registers.twin_books import without_copies

__all__ = [
    "COPIES",
    "AddedSheets",
    "Book",
    "BookGuide",
    "Books",
    "FormsRow",
    "OwnCell",
    "OwnRows",
    "RemarkKey",
    "RemarkRow",
    "SheetRequest",
    "SignatureRow",
    "SignatureUpdate",
    "UnmarkableBookError",
    "accepted_key",
    "add_sheets",
    "add_signatures",
    "blank_tables",
    "find_books",
    "is_accepted",
    "is_folder_of_copies",
    "lock_warnings",
    "marked_book",
    "near_header_hint",
    "nearest_header",
    "note_issued",
    "open_books",
    "plain_table",
    "printed_warning",
    "read_own_rows",
    "read_sheets",
    "read_tables",
    "refuse_open",
    "saved_on",
    "without_copies",
    "without_garbage_collection",
    "workbook_paths",
    "write_example",
    "write_remarks",
    "write_signoff",
    "write_workspace",
]
