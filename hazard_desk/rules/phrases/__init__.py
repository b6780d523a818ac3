"""What deadlines are made of: points in the calendar, days that count from another, idioms."""
