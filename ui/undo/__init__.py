"""Taking acts back, doing them again, and the acts of a day."""
