"""Proof that a PDF shows the text of its document.

Proven word for word are the paragraphs of samples (``sample_texts``), letter by letter the
documents of a composed batch (``document_letters``). A document that is converted alone is opened
and its pages are counted; its words are not compared yet.
"""
