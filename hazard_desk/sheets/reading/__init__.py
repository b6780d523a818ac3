"""Files that come in, opened safely: their cells as they lie, and what headings and cells mean."""
