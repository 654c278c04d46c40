"""Whatever stands in a translation, the page keeps its structure, and that one message falls back."""

from __future__ import annotations

from collections import Counter

import pytest
from markupsafe import escape

from tests.segmentation import documents
from tests.segmentation.hostile import PLACES, PLAIN_PLACES, REFUSED, TEXT, VECTORS, Place
from workflow.checks.review import check_message
from workflow.filling import SOURCE, Filled, Target, choose, usable
from workflow.finding import Severity
from workflow.message import Message, State
from workflow.publication import Policy
from workflow.segmentation import Segment, segments

SILENT = ("zero width space", "inline footnote")
"""Vectors of which the checks need not say anything: they are text like other text."""
RULE = Policy((State.REVIEWED,), 0.5)


def segment_at(place: Place) -> Segment:
    """The segment of a place."""
    return next(each for each in segments(documents.document(place.article)) if each.text == place.msgid)


def remarks(place: Place, msgstr: str) -> list[tuple[str, Severity, str]]:
    """What the checks say of a translation there."""
    return list(check_message(Message(place.msgid, msgstr), segment_at(place), RULE))


def judge(article: str, msgid: str, msgstr: str) -> Filled:
    """Hold a page with one translation against the source page, as browsers see both."""
    source, filled = documents.source_page(article), documents.with_message(article, msgid, msgstr)
    if filled.refusals:
        assert {refusal.segment.text for refusal in filled.refusals} == {msgid}
        assert documents.unmarked(filled.html) == documents.normal(source)
    assert documents.blocks(filled.html) == documents.blocks(source)
    brought = Counter(documents.inline_elements(filled.html)) - Counter(documents.inline_elements(source))
    assert {element[:2] for element in brought} <= {("<", "em"), ("<", "strong"), ("<", "s"), ("<", "code")}
    assert {element for element in brought if element not in documents.inline_elements(source)} == set()
    return filled


def test_there_are_enough_vectors() -> None:
    """The table has at least forty vectors for each of at least twelve places."""
    assert len(VECTORS) >= 40
    assert len(PLACES) >= 12


@pytest.mark.parametrize("place", [name for name in PLACES if name != "title"])
@pytest.mark.parametrize("vector", VECTORS)
def test_the_page_keeps_its_structure(vector: str, place: str) -> None:
    """A browser makes the same elements with the same attributes of the page, whatever the translation."""
    judge(PLACES[place].article, PLACES[place].msgid, VECTORS[vector][0])


@pytest.mark.parametrize("vector", VECTORS)
def test_a_title_keeps_the_page(vector: str) -> None:
    """A title is text: escaped, it makes no element, whatever it is."""
    segment, text = segment_at(PLACES["title"]), VECTORS[vector][0]
    target, problem = choose(segment, Target(text))
    assert target == (Target("", SOURCE) if problem else Target(text))
    shown = escape(target.text or segment.text)
    assert documents.skeleton(f'<h1>{shown}</h1><img alt="{shown}">') == documents.skeleton('<h1>x</h1><img alt="x">')


@pytest.mark.parametrize("vector", VECTORS)
def test_what_comes_of_a_vector_in_a_paragraph(vector: str) -> None:
    """A translation that would bring something falls back, and so marked; another one is shown as it is."""
    msgstr, verdict = VECTORS[vector]
    filled = documents.with_message(PLACES["paragraph"].article, PLACES["paragraph"].msgid, msgstr)
    assert (REFUSED if filled.refusals else TEXT) == verdict
    if verdict == REFUSED:
        assert '<p id="s-' in filled.html
        assert f'data-state="{SOURCE}">Plain words here.</p>' in filled.html


@pytest.mark.parametrize("vector", VECTORS)
def test_the_checks_name_what_cannot_be_used(vector: str) -> None:
    """At every place the check says in an error what is wrong with a translation just where it is not used."""
    msgstr = VECTORS[vector][0]
    for place in PLACES.values():
        problems = usable(segment_at(place), msgstr)
        found = remarks(place, msgstr)
        errors = [text for check, severity, text in found if (check, severity) == ("markup", Severity.ERROR)]
        assert len(errors) == len(problems)
        assert all(problem in error for problem, error in zip(problems, errors, strict=True))
        assert found or vector in SILENT


@pytest.mark.parametrize("place", PLAIN_PLACES)
def test_text_that_is_no_markdown_is_shown_to_the_letter(place: str) -> None:
    """Marks in a description or title are characters like others."""
    text = "5 < 6 & *seven* </p> \"eight\" 'nine' [ten](x) `eleven`"
    assert usable(segment_at(PLACES[place]), text) == []
    if place != "title":
        filled = documents.with_message(PLACES[place].article, PLACES[place].msgid, text)
        assert "5 &lt; 6 &amp; *seven* &lt;/p&gt; &quot;eight&quot; " in filled.html
