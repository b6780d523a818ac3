"""The campaign plans (方案) of the desk, their tasks, and what comes in from an annex."""
