"""A translated page is the source page but for its words: with nothing translated, and with everything changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.segmentation import documents, plain
from tests.segmentation.goldens import all_cases, read_examples

HERE = Path(__file__).parent
COMMONMARK = {
    f"commonmark {each['example']}": each["markdown"]
    for each in json.loads((HERE / "data" / "commonmark.json").read_text(encoding="utf-8"))
}
GFM = {
    f"{path.stem} {number}": source
    for path in sorted((HERE / "data").glob("gfm-*.txt"))
    for number, (source, _) in enumerate(read_examples(path), start=1)
}
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "pages").glob("*.md"))}
GOLDENS = {name: case.source for name, case in all_cases().items()}
ALL = {**COMMONMARK, **GFM, **PAGES, **GOLDENS}


def test_no_example_is_missing() -> None:
    """The specification has 652 examples."""
    assert len(COMMONMARK) == 652
    assert len(GFM) >= 50
    assert len(PAGES) >= 5


@pytest.mark.parametrize("name", ALL)
def test_untranslated_page_is_the_source_page(name: str) -> None:
    """With empty messages a page has the body of the source page but for the marks of language."""
    source = documents.normal(documents.source_page(ALL[name]))
    assert documents.unmarked(documents.empty_page(ALL[name])) == source


@pytest.mark.parametrize("name", ALL)
def test_changed_page_is_the_source_page_when_the_mark_is_taken_away(name: str) -> None:
    """A translation that is the source text and a mark is used everywhere, and nothing else is different."""
    source, changed = documents.normal(documents.source_page(ALL[name])), documents.changed_page(ALL[name])
    assert changed.refusals == []
    assert documents.unmarked(changed.html) == source
    segments = [each for each in documents.found(ALL[name]) if each.role != "front"]
    assert sum(changed.states.values()) == len(segments)
    assert changed.html.count(documents.MARK) >= len(segments)


@pytest.mark.parametrize("name", {**COMMONMARK, **GFM})
def test_source_page_is_what_plain_markdown_makes(name: str) -> None:
    """The source page is that of plain markdown-it, but for what `plain` lists."""
    assert plain.reduced(documents.source_page(ALL[name])) == plain.rendered(ALL[name])
