"""Spreadsheets and calendar files that leave, and the tables that come in. openpyxl is known only here."""
