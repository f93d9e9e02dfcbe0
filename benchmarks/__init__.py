"""docgen against its peers, in one run on the same registers: ``python -m benchmarks``."""
