"""What translators get to see of every kind of Markdown, case by case."""

from __future__ import annotations

import pytest

from tests.segmentation import documents
from tests.segmentation.goldens import Case, all_cases
from workflow.segmentation import Segment

CASES = all_cases()


def written(segment: Segment) -> str:
    """A segment as golden files have it."""
    notes = f" # {'; '.join(segment.notes)}" if segment.notes else ""
    return f"{segment.line} {segment.kind}: {segment.text}".replace("\n", "⏎").replace("\t", "␉") + notes


@pytest.mark.parametrize("name", CASES)
def test_the_messages_are_as_expected(name: str) -> None:
    """Each case has just its messages, each with its kind, its line and its notes."""
    case: Case = CASES[name]
    assert tuple(written(segment) for segment in documents.found(case.source)) == case.messages


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.html])
def test_the_source_page_is_as_expected(name: str) -> None:
    """The page in the source language has just that HTML."""
    case: Case = CASES[name]
    assert documents.source_page(case.source).rstrip("\n") == case.html.rstrip("\n")
