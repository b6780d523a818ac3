"""Where the keys go: from field to field in reading order, from part to part of the window."""
