"""The trail of acts: chained by hash, its head kept beside the database, replayed against every row."""
