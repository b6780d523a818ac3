"""Figures that somebody else's statistic asks for by its labels: what they mean, and counted."""
