"""Copies of a desk: made, listed, proved, unpacked and put back."""
