"""今天要办: one list of what waits for the clerk, of all books and plans, ranked by consequence."""
