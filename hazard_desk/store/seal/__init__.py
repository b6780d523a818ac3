"""What is told of informants, sealed: the recovery code, the key made from it, and those erased for good."""
