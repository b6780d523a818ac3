"""Words and tables that many papers share, and the manual."""
