"""The settings of a desk and of its window, in pages."""
