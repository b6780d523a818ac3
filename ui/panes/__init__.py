"""What stands beside a table: the record that was chosen, with its acts, links and papers."""
