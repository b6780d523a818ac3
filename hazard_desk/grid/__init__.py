"""A table that comes in, whatever it stood in: its cells as they lie, and what its columns are called."""
