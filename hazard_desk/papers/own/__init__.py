"""Papers of the office's own that are Word files, with fields set into them in WPS or Word.

The fields are those of ``papers/wording``, in «» or {{}}, however many runs they are split over. A paragraph
that is one condition, loop or end stands around whole paragraphs and tables; in a table a row that is one
stands around rows, and a row whose first cell begins with it and whose last ends with its end is itself
repeated or left out. Headers, footers and text boxes are filled too; all else stays as it was set.
"""
