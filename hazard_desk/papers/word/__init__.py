"""The Word printer: the same blocks as the PDF, written with python-docx."""
