"""The cabinet: the SQLite file, its tables and migrations, acts with their audit trail, backup, lock."""
