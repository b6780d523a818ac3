"""Reminding: the notice beside the clock tells of the inbox, and leads to it."""
