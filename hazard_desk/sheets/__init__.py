"""Spreadsheets that leave, tables that come in; openpyxl and xlsxwriter are known only here."""
