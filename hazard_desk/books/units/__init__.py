"""What the office is divided into: its sectors, and the units that report to it."""
