"""Synced folders: told by their names, by what lies in them, by what their clients register."""
