"""What leaves as a spreadsheet. openpyxl is known only here."""
