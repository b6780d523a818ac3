"""What a start of the program asks first: whether a window shows the desk already."""
