"""What is made beside single documents: packets, originals, papers and copies of other kinds."""
