"""The same identities on documents that nobody wrote."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.segmentation import documents
from tests.segmentation.generated import DOCUMENT, INLINE, NOISE, SOUP
from workflow import html_text, inline, markdown, rendering
from workflow.segmentation import template_messages

EXAMPLES = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def judge(text: str) -> None:
    """Hold the pages of an article against each other."""
    source = documents.normal(documents.source_page(text))
    assert documents.unmarked(documents.empty_page(text)) == source
    changed = documents.changed_page(text)
    assert changed.refusals == []
    assert documents.unmarked(changed.html) == source


@EXAMPLES
@given(DOCUMENT)
def test_pages_of_composed_documents_are_the_source_page(text: str) -> None:
    """Lists, tables, footnotes, boxes, HTML and templates within each other make the same page."""
    judge(text)


@EXAMPLES
@given(NOISE)
def test_pages_of_noise_are_the_source_page(text: str) -> None:
    """So do characters in any order."""
    judge(text)


@EXAMPLES
@given(INLINE)
def test_a_message_is_parsed_to_what_its_source_is(text: str) -> None:
    """What a message looks like, parsed without the article, is what the article has there."""
    env: dict[str, object] = {}
    blocks = markdown.parse_blocks(f"{text}\n\n[ref]: r.md\n\n[^1]: note", env)
    content = blocks[1].content if len(blocks) > 1 and blocks[1].type == "inline" else text
    message = inline.to_message(content, env)
    there = markdown.parse_inline(content, markdown.scratch(env))
    here = markdown.parse_inline(message, {**markdown.scratch(env), "references": {}})
    assert inline.protected(here) == inline.protected(there)
    assert " ".join(rendering.plain_text(here).split()) == " ".join(rendering.plain_text(there).split())


@EXAMPLES
@given(st.one_of(DOCUMENT, st.text(alphabet=SOUP + "pbdiv=", max_size=100)))
def test_pieces_of_html_joined_are_the_html(text: str) -> None:
    """HTML is cut, never changed: the pieces are the whole."""
    assert "".join(piece.raw for piece in html_text.partition(text)) == text
    assert "".join(part for _, part in html_text.tokens(text)) == text


@EXAMPLES
@given(DOCUMENT)
def test_the_template_is_the_same_each_time(text: str) -> None:
    """The same article gives the same messages, and none of them twice."""
    first, second = (template_messages(documents.document(text), "https://example.org/x/") for _ in range(2))
    assert first == second
    assert len({message.key for message in first}) == len(first)
    assert not any(message.translated for message in first)
