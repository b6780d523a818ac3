"""Sheets that come in, in the window: what was understood, what will happen, and how it went."""
