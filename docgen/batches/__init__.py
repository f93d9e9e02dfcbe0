"""Many documents laid out as one file, each text once: composed, cut apart, made up from lines."""
