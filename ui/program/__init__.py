"""The window of the program, called to the front by a second start."""
