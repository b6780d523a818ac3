"""The commands of the command line, a module for each family; each makes its own with ``register``."""
