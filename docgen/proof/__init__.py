"""Proof that a PDF says what its document says."""
