"""Reminding: the calm dialog when the desk opens, the notice beside the clock, what the clerk silenced."""
