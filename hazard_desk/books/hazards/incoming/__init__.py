"""Hazards as a sheet tells them: which one a row means, which steps it tells, what speaks against it."""
