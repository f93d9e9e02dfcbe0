"""Workbooks: registers and appendix tables out of .xlsx, and new workbooks into it.

The only home of openpyxl. What comes out are cells that know their place; what they mean is
decided elsewhere.
"""

from docgen.registers.books import Books, open_books
from docgen.registers.sheets import read_sheets
from docgen.registers.tables import read_tables

__all__ = ["Books", "open_books", "read_sheets", "read_tables"]
