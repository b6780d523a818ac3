"""起步: what a new desk still lacks, over the first page until it is done or put away."""
