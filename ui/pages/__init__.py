"""One page per file. A page shows what the desk knows; it holds no rule and asks no database."""
