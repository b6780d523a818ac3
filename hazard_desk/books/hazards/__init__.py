"""隐患台账: a hazard is its events; what they fold to, and what a sheet tells of them."""
