"""指标: every figure of a progress form, named. One definition gives the value and the records behind it.

The families stand in modules of their own; ``INDICATORS`` holds them all, by id.
"""

from __future__ import annotations

from hazard_desk.figures.progress.counting import Indicator
from hazard_desk.figures.progress.of_checks import CHECKS
from hazard_desk.figures.progress.of_hazards import HAZARDS
from hazard_desk.figures.progress.of_rewards import REWARDS
from hazard_desk.figures.progress.of_work import WORK

INDICATORS: dict[str, Indicator] = {one.id: one for one in (*HAZARDS, *CHECKS, *REWARDS, *WORK)}
