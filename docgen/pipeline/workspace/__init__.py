"""A folder of registers, made ready: entries, records, templates, what a build is asked for."""
