"""Reads what ``resources/`` defines, and says file, line or key when a definition is wrong."""
