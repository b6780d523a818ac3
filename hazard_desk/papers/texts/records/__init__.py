"""Papers about one record: notices, letters, cards."""
