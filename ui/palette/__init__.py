"""Ctrl+K: what is found by a few words: records, pages, acts, papers, and the next steps of records."""
