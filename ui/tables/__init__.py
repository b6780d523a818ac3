"""Tables over ledgers that are read page by page."""
