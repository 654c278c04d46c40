"""Aligning the sample site's articles with their translations after all that editors do to pages."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.adoption.perturbed import CHANGES, cases, names, score, total
from workflow.adoption.align import SURE, align
from workflow.adoption.assignment import best_pairs
from workflow.adoption.page import page_segments
from workflow.adoption.pieces import Piece, link_key, make_pieces
from workflow.config import TRANSLATE_KEYS

PRECISION, RECALL = 0.97, 0.9


def pieces(body: str, title: str = "x") -> list[Piece]:
    """The pieces of a page."""
    return make_pieces(page_segments(f"---\ntitle: {title}\n---\n\n{body}", "page.md", TRANSLATE_KEYS))


def pairs(source: str, target: str) -> dict[str, str]:
    """What is paired in the bodies of two pages."""
    here, there = pieces(source), pieces(target)
    found = align(here, there)
    assert all(SURE <= match.similarity <= 1 for match in found)
    assert len({match.target for match in found}) == len(found)
    return {here[match.source].segment.text: there[match.target].segment.text for match in found if match.source}


@pytest.mark.parametrize("change", CHANGES)
def test_precision_and_recall(change: str) -> None:
    """On 20 pairs, whatever was added, removed or moved: at least 97 % of the pairs are right, 90 % are found."""
    found = total(score(case) for case in cases(change))
    assert len(names()) == 20
    assert found.wanted > 250
    assert found.precision >= PRECISION
    assert found.recall >= RECALL


def test_headings_alone_are_no_match() -> None:
    """Two sections that have nothing in common but a heading and a paragraph stay alone."""
    source = "## Parking for bicycles\n\nThere are 45 racks behind building 7.\n"
    assert pairs(source, "## Blommor\n\nTa inte med snittblommor till avdelningen, de kan ge allergi.\n") == {}


def test_numbers_and_links_tell_items_apart() -> None:
    """Of items of one length those pair that share a number, a link or a name, though some are missing."""
    source = "- Ward 12 is closed.\n- Ward 14 is closed.\n- Ask [the desk](tel:+46101).\n- Call Eva Berg today.\n"
    target = "- Avdelning 14 är stängd.\n- Fråga [disken](tel:+46101).\n- Ring Eva Berg i dag.\n"
    assert pairs(source, target) == {
        "Ward 14 is closed.": "Avdelning 14 är stängd.",
        "Ask [the desk](tel:+46101).": "Fråga [disken](tel:+46101).",
        "Call Eva Berg today.": "Ring Eva Berg i dag.",
    }


@pytest.mark.parametrize(("source", "target"), [("", ""), ("Text.", ""), ("", "Text."), ("- a\n", "| a |\n|---|\n")])
def test_pages_with_little_on_them(source: str, target: str) -> None:
    """Pages that share nothing give no pairs."""
    assert pairs(source, target) == {}


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.1177.se/Norr/", "1177.se/norr"),
        ("http://1177.se/norr", "1177.se/norr"),
        ("../patients/booking.md#call", "booking"),
        ("/sv/patienter/booking/", "booking"),
        ("mailto:Eva@example.org", "eva@example.org"),
        ("#top", "#top"),
    ],
)
def test_links_in_two_languages(address: str, key: str) -> None:
    """A link is known by what both languages' pages have of it."""
    assert link_key(address) == key


@given(st.integers(0, 4), st.integers(0, 4), st.data())
def test_the_assignment_is_the_best(rows: int, columns: int, data: st.DataObject) -> None:
    """No other choice of pairs has a greater sum of gains."""
    gains = [[data.draw(st.integers(-9, 9)) for _ in range(columns)] for _ in range(rows)]
    found = best_pairs([[float(gain) for gain in row] for row in gains])
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    size = max(rows, columns)
    full = [[max(gains[r][c], 0) if r < rows and c < columns else 0 for c in range(size)] for r in range(size)]
    best = max((sum(full[r][c] for r, c in enumerate(order)) for order in permutations(range(size))), default=0)
    assert sum(gains[row][column] for row, column in found) == best
