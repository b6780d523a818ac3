"""The progress forms (调度表): the indicators, what they are counted from, and the form filled in."""
