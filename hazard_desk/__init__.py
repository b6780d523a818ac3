"""Everything the desk knows and does; nothing in here knows a screen.

The rooms, and who may call whom (``tests/test_architecture.py`` holds the directions):

    ui, cli -> desk -> papers, sheets -> figures -> books -> store, library -> grid, rules

``rules``     the law: pure functions of dates, deadlines, steps and numbers; ``today`` is an argument
``grid``      a table that comes in: its cells as they lie, its heading and what the columns are
``store``     the cabinet: the SQLite file, one act = one transaction = one audit row, backup, lock
``library``   reads what ``resources/`` defines: plans, progress forms, registers; the annex of a plan
``books``     the books, from one kit; a field of a book is declared once, in its table
``figures``   counting: what is due, the first page, progress forms and the indicators in them
``papers``    what leaves as paper: one document model, its printers, the reports made of it
``sheets``    what leaves as a spreadsheet; tables that come in
``capture``   what the clerk hands over in passing, a sentence or photos, understood against the books
``scans``     signed papers that come back as scans: known by their codes, cut apart, ready to be filed
``binder``    the inspection binder: papers, sheets and files of every task in folders
``printing``  a paper as PDF, Word file or spreadsheet, as the file's ending says; proofs of it
``mail``      a draft of an e-mail with a paper attached
``desk``      opens a folder and holds all of it; ``exchange`` is what it gives out and takes in as files
``cli``       the command line; ``commands`` holds the commands, one call into the core each
``demo``      a sample year, made through the same acts
``errors``    what the clerk can mend, and what stands in the way; ``stopping`` ends work that nobody wants
"""

__version__ = "0.3.0"
