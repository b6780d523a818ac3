"""案卷 and 全套文书: what belongs to a record put together, what is missing first."""
