"""Editors for declared fields, the form made of them, and the dialog around it."""
