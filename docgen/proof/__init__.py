"""Proof that a PDF shows the text of its document."""
