"""How likely a draft is good, told from how sure the decoder was of its words.

The mean log-probability of the tokens goes through a logistic curve that was fitted on held-out pairs by
`starter/calibrate.py`. What is visibly wrong with a sentence then counts against it, so that a draft with a lost
number, a lost negation or a disease that the source does not name stays below 0.5, whatever the decoder thought.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from workflow.machine.quality import Problem
from workflow.machine.sentence import Outcome

SLOPE = 5.9
"""How steeply confidence grows with the mean log-probability."""
CENTRE = -0.6
"""The mean log-probability at which confidence is 0.5: above it, at most one draft in ten is bad (chrF below 40),
also in texts as hard as news and Wikipedia."""
UNKNOWN = 0.6
"""What a sentence has whose engine gives no scores: shown by default, but after all that is known to be good."""
MISPLACED = 0.45
"""The most that a message can have whose markup could not all be placed."""


def of_sentence(score: float, problems: Iterable[Problem]) -> float:
    """0 to 1 from a sentence's score (mean log-probability of a token; 0 if unknown) and its problems."""
    sure = 1 / (1 + math.exp(-SLOPE * (max(score, -50.0) - CENTRE))) if score else UNKNOWN
    return sure * math.prod(1 - problem.weight for problem in problems)


def of_message(sentences: Sequence[tuple[int, Outcome]], *, markup_placed: bool) -> float:
    """0 to 1, two decimals rounded down, from a message's sentences and their lengths.

    It is the mean by length, but not above that of any sentence in which something is wrong: four good
    sentences do not make up for a wrong dose in the fifth.
    """
    length = sum(n for n, _ in sentences)
    mean = sum(n * outcome.confidence for n, outcome in sentences) / length if length else 1.0
    caps = [outcome.confidence for _, outcome in sentences if outcome.findings]
    return math.floor(min([mean, *caps, 1.0 if markup_placed else MISPLACED]) * 100) / 100
