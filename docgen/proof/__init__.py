"""Proof that a PDF shows the words of its document, each in its place, and nothing else.

The words of a page are read from its drawing commands in the order of painting, as far as a reader
can see them (``docgen.pages.painted_blocks``), and held to the paragraphs and tables of the .docx:
``paper_words`` says what should be painted, ``paper_proof`` compares. Paragraphs of samples are
proven by ``sample_texts``. docs/layout.md says which document is proven when.
"""
