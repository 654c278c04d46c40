"""Fit the curve that turns a decoder's scores into confidence, and show what a threshold would publish.

    python workflow/machine/starter/calibrate.py heldout.tsv [MORE.tsv …] [--model NAME.argosmodel]

Files have an English sentence, a tab and its Swedish translation on each line; none may have been trained on.
Every sentence is translated as `ordbro translate` does it, and its chrF against the reference decides whether
the draft is bad (below 40). The slope is that of a logistic regression of *not bad* on the mean log-probability.
The centre, where confidence is 0.5, is the lowest score from which on, in each of the files, at most one draft in
ten is bad. The result goes into `workflow/machine/confidence.py`; this script changes nothing.

The values there come from `heldout.tsv` and the 1,000 sentences of Parallel Universal Dependencies (English and
Swedish, CC BY-SA 3.0, github.com/UniversalDependencies), which are harder: news and Wikipedia.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from workflow.machine import models
from workflow.machine.argos import ArgosEngine
from workflow.machine.sentence import Job, Outcome
from workflow.machine.translator import Translator

BAD = 40.0
"""A draft below this chrF (0 to 100) is a bad one."""
ALLOWED = 0.1
"""The share of bad drafts that may be published."""
Scored = list[tuple[Outcome, float]]


def chrf(draft: str, reference: str, order: int = 6, beta: float = 2.0) -> float:
    """The character n-gram F-score of Popović (2015), 0 to 100, as sacrebleu counts it for a sentence."""
    texts = ["".join(text.split()) for text in (draft, reference)]
    precision = recall = 0.0
    used = 0
    for n in range(1, order + 1):
        ours, theirs = (Counter(text[k : k + n] for k in range(len(text) - n + 1)) for text in texts)
        if ours and theirs:
            same = sum((ours & theirs).values())
            precision, recall, used = precision + same / ours.total(), recall + same / theirs.total(), used + 1
    if not used or precision + recall == 0:
        return 0.0
    precision, recall = precision / used, recall / used
    return 100 * (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def score(file: Path, translator: Translator) -> Scored:
    """The drafts of a file's sentences with their chrF."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if "\t" in line]
    jobs = [Job(row[0], ()) for row in rows]
    outcomes = translator.translate(jobs)
    return [(outcomes[job], chrf(outcomes[job].text, row[1])) for job, row in zip(jobs, rows, strict=True)]


def slope(pairs: Sequence[tuple[float, bool]]) -> float:
    """The slope of a logistic regression, by Newton's method."""
    a, b = 0.0, 0.0
    for _ in range(50):
        gradient, hessian = [0.0, 0.0], [1e-9, 0.0, 1e-9]
        for x, good in pairs:
            p = 1 / (1 + math.exp(-(a + b * x)))
            d, w = good - p, p * (1 - p)
            gradient = [gradient[0] + d, gradient[1] + d * x]
            hessian = [hessian[0] + w, hessian[1] + w * x, hessian[2] + w * x * x]
        determinant = hessian[0] * hessian[2] - hessian[1] ** 2
        a += (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant
        b += (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant
    return b


def centre(scored: Scored) -> float:
    """The lowest score from which on at most ALLOWED of the drafts are bad."""
    rows = sorted(((outcome.score, quality < BAD) for outcome, quality in scored), reverse=True)
    lowest, bad = rows[0][0], 0
    for n, (value, is_bad) in enumerate(rows, 1):
        bad += is_bad
        if bad <= ALLOWED * n:
            lowest = value
    return lowest


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's rank correlation, ties by their mean rank."""

    def ranks(values: Sequence[float]) -> list[float]:
        order = sorted(values)
        places = {value: (order.index(value) + len(order) - 1 - order[::-1].index(value)) / 2 for value in set(values)}
        return [places[value] for value in values]

    first, second = (ranks(column) for column in zip(*pairs, strict=True))
    mean = (len(pairs) - 1) / 2
    top = sum((x - mean) * (y - mean) for x, y in zip(first, second, strict=True))
    return top / math.sqrt(sum((x - mean) ** 2 for x in first) * sum((y - mean) ** 2 for y in second))


def report(name: str, scored: Scored) -> str:
    """The curve of one file: threshold → share published, share bad among these."""
    bad = sum(quality < BAD for _, quality in scored) / len(scored)
    correlation = rank_correlation([(outcome.confidence, quality) for outcome, quality in scored])
    lines = [f"{name}: {len(scored)} drafts, {bad:.1%} bad, rank correlation with chrF {correlation:.2f}"]
    for step in range(20):
        kept = [quality < BAD for outcome, quality in scored if outcome.confidence >= step / 20]
        if kept:
            lines.append(
                f"  {step / 20:.2f}  published {len(kept) / len(scored):6.1%}  bad {sum(kept) / len(kept):6.1%}"
            )
    return "\n".join(lines)


def main() -> None:
    """Print slope, centre and the curves."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("files", nargs="+", type=Path)
    arguments.add_argument("--model", type=Path, help="install this package first and use it")
    options = arguments.parse_args()
    model = models.install(options.model) if options.model else models.starter()
    translator = Translator(ArgosEngine(model), None, "sv")
    scored = {file.name: score(file, translator) for file in options.files}
    pairs = [(outcome.score, quality >= BAD) for rows in scored.values() for outcome, quality in rows]
    sys.stdout.write(f"{model.label}: SLOPE = {slope(pairs):.1f}, CENTRE = {max(map(centre, scored.values())):.2f}\n")
    for name, rows in scored.items():
        sys.stdout.write(report(name, rows) + "\n")


if __name__ == "__main__":
    main()
