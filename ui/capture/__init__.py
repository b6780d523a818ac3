"""What the clerk hands over in passing: one sentence, some photos. Nothing is saved before she says so."""
