"""What the clerk hands over in passing: a sentence, some photos. FieldFact against what the desk knows."""
