"""What the XML of a Word file means: its text, its lists, its automatic numbers."""
