"""What the papers say: a function for each that builds the blocks of the model."""
