"""The sentence splitter against its golden file, and the promise that nothing gets lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.machine.sentences import LONGEST, split

LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
CASES = [line for line in LINES if line.strip() and not line.startswith("# ")]


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_cut_where_its_sentences_end(case: str) -> None:
    """Each case of the golden file is cut at its marks and nowhere else."""
    pieces = case.split("¦ ")
    assert split("".join(pieces)) == pieces


def test_the_golden_file_is_large() -> None:
    """The golden file has three hundred cases, none of them twice."""
    assert len(set(CASES)) == len(CASES) >= 300


@given(st.text(alphabet=st.sampled_from("aB1 .!?…\n\"'”)(Dr⟦\U000f0000–"), max_size=60) | st.text(max_size=60))
def test_pieces_joined_are_the_text(text: str) -> None:
    """Whatever the text is, its pieces joined give it back."""
    pieces = split(text)
    assert "".join(pieces) == text
    assert all(pieces)


def test_a_line_end_always_ends_a_piece() -> None:
    """A hard line break ends a sentence, whatever stands before it."""
    assert split("Dr.\nSmith, no. 5\nUppsala") == ["Dr.\n", "Smith, no. 5\n", "Uppsala"]


def test_endless_sentences_are_cut() -> None:
    """A sentence that no engine could take is cut at commas, else at blanks, else anywhere."""
    listing = ", ".join(f"ward number {n}" for n in range(200))
    for text in (listing, "word " * 1000, "x" * 5000):
        pieces = split(text)
        assert "".join(pieces) == text
        assert max(map(len, pieces)) <= LONGEST
    assert all(piece.endswith(", ") for piece in split(listing)[:-1])
