"""月报向导: a month's form from its doubts to the draft of the e-mail, step by step."""
