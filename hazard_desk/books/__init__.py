"""The books of the office, on the cabinet: each in a module or a room of its own."""
