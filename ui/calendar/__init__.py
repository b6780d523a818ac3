"""The three views of the calendar: month, year and time axis, each painted by one widget."""
