"""A plan that came in, beside its document: looked over and put right before it is entered."""
