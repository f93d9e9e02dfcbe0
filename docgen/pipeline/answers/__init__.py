"""What commands answer that make no document."""
