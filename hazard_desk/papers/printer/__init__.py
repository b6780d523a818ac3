"""Papers go to a printer as they are saved: letters stay letters, lines stay lines, nothing is a picture."""
