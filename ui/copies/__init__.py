"""How the clerk sees that her facts are safe: copies made by themselves, shown in a table, checked."""
