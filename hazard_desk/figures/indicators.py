"""指标: every figure of a progress form, named. One definition gives the value and the records behind it.

The families stand in modules of their own; ``INDICATORS`` holds them all, by id.
"""

from __future__ import annotations

from hazard_desk.figures.counting import Indicator
from hazard_desk.figures.indicators_checks import CHECKS
from hazard_desk.figures.indicators_hazards import HAZARDS
from hazard_desk.figures.indicators_rewards import REWARDS
from hazard_desk.figures.indicators_work import WORK

INDICATORS: dict[str, Indicator] = {one.id: one for one in (*HAZARDS, *CHECKS, *REWARDS, *WORK)}
