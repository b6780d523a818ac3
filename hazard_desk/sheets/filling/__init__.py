"""Somebody else's blank sheet or Word table, filled from the books: nothing but its empty cells changes."""
