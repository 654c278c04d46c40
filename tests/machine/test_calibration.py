"""Confidence means something: on held-out pairs it follows the quality of the drafts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from workflow.machine import confidence
from workflow.machine.argos import ArgosEngine
from workflow.machine.models import STARTER

SCRIPT = STARTER.with_name("calibrate.py")
ROOT = Path(__file__).parents[2]


def test_the_calibration_script_confirms_the_curve(engine: ArgosEngine) -> None:
    """On the held-out pairs the rank correlation is above 0.35, and what 0.5 publishes is bad in one of ten at most."""
    done = subprocess.run(
        [sys.executable, SCRIPT, STARTER.with_name("heldout.tsv")],
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(engine.model.path.parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    correlation = re.search(r"265 drafts, .*rank correlation with chrF (\S+)", done.stdout)
    assert correlation
    assert float(correlation[1]) >= 0.35
    published = re.search(r"0\.50 +published +(\S+)% +bad +(\S+)%", done.stdout)
    assert published
    assert float(published[1]) > 90
    assert float(published[2]) <= 10


def test_one_half_lies_at_the_centre() -> None:
    """The curve has the value one half at its centre, so that the default threshold is what the script found."""
    assert confidence.of_sentence(confidence.CENTRE, []) == 0.5
