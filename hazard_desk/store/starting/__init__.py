"""What a start of the program settles first: who shows the desk already, where a new one should lie."""
