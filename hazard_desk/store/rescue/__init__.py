"""When a desk does not open: what happened, what can still be read, and what may be told to others."""
