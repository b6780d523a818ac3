"""The PDF printer: lines broken and set by our own rules, drawn with reportlab."""
