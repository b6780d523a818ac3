"""The words of papers, changed where they are looked at."""
