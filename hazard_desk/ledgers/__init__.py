"""The books of the office, one module each, on the cabinet."""
