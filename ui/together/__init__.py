"""What is done with several chosen rows of a ledger at once: the bar over the table, and its menus."""
