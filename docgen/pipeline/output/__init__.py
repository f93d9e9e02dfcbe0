"""What lies in an output folder, and whose it is."""
