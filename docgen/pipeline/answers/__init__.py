"""What commands answer from registers and outputs without making documents."""
