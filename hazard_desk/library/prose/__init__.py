"""A plan as prose (方案): head, tasks, groups, stages and duties of a whole document."""
