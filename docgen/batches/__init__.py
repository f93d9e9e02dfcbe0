"""Many documents laid out by LibreOffice as one file, each distinct paragraph once."""
