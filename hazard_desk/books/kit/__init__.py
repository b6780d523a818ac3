"""What every book is made of: paged reading by query, acts that return a change, links by name."""
