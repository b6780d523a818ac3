"""What papers of one shape tell, all of a kind by one text: ledgers, progress forms; the recovery code."""
