"""What the clerk sees, in Qt. Imports ``hazard_desk``, never the other way round.

app, application    open_window: the desk, the QApplication, its fonts and style
welcome             the way to a desk: the first start, and another one than the one that is open
start, inbox        the first page: what a new desk lacks, what waits for the clerk today
shots               pictures of every page, form and dialog: the camera, and what it visits
window, bar, navigation  the pages, the keys; the window only shows pages
pages               one page per file; a page asks the desk, and anew after every change
forms               editors and forms generated from declared fields
capture, palette    one sentence or photos become a form; Ctrl+K finds and does
copies              how the desk is kept safe: copies by themselves, all of them in a table, checks
imports             sheets that come in: questions, rows to be put right, progress
attachments         the files of a record, a photo looked at
casefile            all papers of a hazard or a check put together, what is missing first
month               the guide through the form of a month
tables, together    the table that reads a ledger page by page; acts upon several of its rows
undo                taking acts back and doing them again, the list of them
settings            the settings in pages, the size of the text
focus               where Tab and F6 go
widgets             the small pieces that several pages share
office, reader      what a page gets: the desk, acts, background reads, being told when to read anew
production          making a file in the background
trouble             what nobody foresaw: one dialog, a log, and the desk goes on
style, dress, icons, fonts, tones, keys, memory, help: one purpose each
"""
