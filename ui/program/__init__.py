"""The window of the program itself: called by a second start; what is to be told about the program."""
