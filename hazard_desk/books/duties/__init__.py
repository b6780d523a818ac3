"""常态化工作: what recurs, every time it falls due, and the records that fulfil it."""
