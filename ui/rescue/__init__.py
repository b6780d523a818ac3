"""What stands in the place of the window when a desk does not open."""
