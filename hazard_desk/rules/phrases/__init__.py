"""What deadlines are made of: points in the calendar, recurrences, days that count from another, idioms."""
