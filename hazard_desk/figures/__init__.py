"""Counting: what is due when, and the figures of the first page. Reads ledgers, writes nothing."""
