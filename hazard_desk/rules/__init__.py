"""The law: pure functions. Dates and ``today`` are arguments; no file, no database, no screen."""
