"""What leaves as paper: one document model (``model``), printed by several printers.

``pdf.write_pdf`` prints it in the official style (GB/T 9704-2012) or as a ledger, ``docx.write_docx`` as
a Word file in the same measures. Reports only build blocks; printers only print them. reportlab,
python-docx and pypdfium2 are known nowhere else.
"""
