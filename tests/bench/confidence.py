"""Confidence: whether it follows the quality of drafts, on held-out pairs that the starter was not trained on."""

from __future__ import annotations

from measure import Row

from workflow.config import DEFAULT_CONFIDENCE
from workflow.machine import models
from workflow.machine.argos import ArgosEngine
from workflow.machine.starter import calibrate
from workflow.machine.translator import Translator

PAIRS = models.STARTER.with_name("heldout.tsv")


def rows() -> list[Row]:
    """Rank correlation with chrF, and what the default threshold publishes."""
    scored = calibrate.score(PAIRS, Translator(ArgosEngine(models.starter()), None, "sv"))
    correlation = calibrate.rank_correlation([(outcome.confidence, quality) for outcome, quality in scored])
    shown = [quality < calibrate.BAD for outcome, quality in scored if outcome.confidence >= DEFAULT_CONFIDENCE]
    return [
        Row(f"confidence: rank correlation with chrF, {len(scored)} held-out pairs", correlation, "", "≥ 0.35"),
        Row(
            f"confidence: share of bad drafts among those published at {DEFAULT_CONFIDENCE}",
            sum(shown) / len(shown),
            "",
            "≤ 0.1",
        ),
        Row(f"confidence: share of drafts published at {DEFAULT_CONFIDENCE}", len(shown) / len(scored), ""),
    ]
