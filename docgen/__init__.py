"""Registers in Excel, templates in Word, packets in PDF: office papers of mentoring programmes."""

__version__ = "0.4.0"
