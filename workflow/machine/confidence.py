"""How likely a draft is good, told from how sure the decoder was of its words.

The mean log-probability of the tokens goes through a logistic curve that was fitted on held-out pairs by
`starter/calibrate.py`; what is visibly wrong with a draft then counts against it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from workflow.machine.quality import Problem

SLOPE = 6.0
"""How steeply confidence grows with the mean log-probability."""
CENTRE = -0.45
"""The mean log-probability at which confidence is 0.5."""


def confidence(score: float, problems: Iterable[Problem] = ()) -> float:
    """0 to 1 from a hypothesis' score (mean log-probability of a token) and its problems."""
    sure = 1 / (1 + math.exp(-SLOPE * (max(score, -50.0) - CENTRE)))
    return sure * math.prod(1 - problem.weight / 2 for problem in problems)
