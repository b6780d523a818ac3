"""The annex of a plan (重点任务分解表), read from a table and made a plan."""
