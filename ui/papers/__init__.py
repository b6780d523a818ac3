"""Papers before they are saved: looked at, printed, saved, put into an e-mail."""
