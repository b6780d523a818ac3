"""How far the work stands: hazards by their kinds, scores, tasks, the year's checks."""
