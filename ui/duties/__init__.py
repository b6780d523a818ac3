"""The duties (常态化工作) in the window: every time one falls due, and what can be done with it."""
