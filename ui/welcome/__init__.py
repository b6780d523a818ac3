"""The way to a desk: the first start, and another desk than the one that is open."""
