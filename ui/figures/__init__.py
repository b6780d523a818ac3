"""The parts of the page of progress forms (调度表): its grid, its cell, its changes."""
