"""检查执法: the checks, the yearly check plan, and what the dated rules say against a check."""
