"""The SQL of the tables, written once for each."""
