"""What 恢复码 tells: the code that opens who reported a hazard, on one sheet for the safe."""

from __future__ import annotations

from hazard_desk.papers.wording.facts import PaperFacts, told_fact


def recovery_facts(code: str = "") -> PaperFacts:
    """Return the code in the two halves of its groups; without one the names alone."""
    groups = code.split("-") if code else []
    half = len(groups) // 2
    halves = {"前一半": "　".join(groups[:half]), "后一半": "　".join(groups[half:])}
    return PaperFacts({name: told_fact(name, told) for name, told in halves.items()})
