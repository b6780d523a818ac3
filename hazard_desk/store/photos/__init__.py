"""Photos made fit to keep: upright, small, without where and by whom they were taken."""
