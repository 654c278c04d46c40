"""The same for translations that nobody thought of, and for very long and very deep ones."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.segmentation import documents
from tests.segmentation.generated import DOCUMENT, INLINE, SOUP
from tests.segmentation.hostile import PLACES, VECTORS
from tests.segmentation.test_hostile import RULE, judge, remarks
from workflow import inline, markdown
from workflow.checks import markup
from workflow.checks.unit import Unit
from workflow.filling import Target, fill, usable
from workflow.message import Message
from workflow.segmentation import Segment, template_messages

EXAMPLES = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
FRAGMENTS = (
    *(text for text, _ in VECTORS.values() if len(text) < 100),
    *(place.msgid for place in PLACES.values()),
    *'[us](x.md) **now** `08` <br> <b class="x"> call </b> {{ n }} [^1] <b> </b> <a href="x.md"> </a> words'.split(" "),
    " ",
    "\n",
)
HOSTILE = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(alphabet=SOUP, max_size=6)), max_size=6).map("".join),
    INLINE,
    st.text(max_size=40),
)


@EXAMPLES
@given(st.sampled_from([name for name in PLACES if name != "title"]), HOSTILE)
def test_no_translation_changes_the_structure(name: str, msgstr: str) -> None:
    """Whatever comes together in a translation, a browser makes the same page of it."""
    judge(PLACES[name].article, PLACES[name].msgid, msgstr)
    remarks(PLACES[name], msgstr)


@EXAMPLES
@given(DOCUMENT, st.lists(HOSTILE, min_size=1, max_size=5))
def test_no_catalogue_changes_the_structure(article: str, msgstrs: list[str]) -> None:
    """Nor does a whole catalogue of such translations change a page that has everything."""
    texts = iter(msgstrs * 100)
    source = documents.source_page(article)
    filled = fill(documents.document(article), lambda _segment: Target(next(texts, "")), documents.LANGUAGES)
    assert documents.blocks(filled.html) == documents.blocks(source)
    known = set(documents.inline_elements(source))
    assert {element for element in documents.inline_elements(filled.html) if element not in known} == set()


LONG = 50_000
LENGTHY = {
    "template openers": "{{" * LONG,
    "brackets": "[" * LONG,
    "images": "![" * LONG,
    "nested images": "![" * 2000 + "x" + "](y)" * 2000,
    "tags": "<a " * LONG,
    "quotes in tags": "<a b='" * LONG,
    "stars": "*" * LONG,
    "stars and letters": "*a_" * LONG,
    "code marks": "`" * LONG + "a" + "``" * LONG,
    "entities": "&amp" * LONG,
    "blank lines": "\n" * LONG,
    "comments": "<!-" * LONG,
    "words": "word " * LONG,
    "addresses": "a.b@" * LONG,
    "directions": "\u2067" * LONG,
}


@pytest.mark.parametrize("name", LENGTHY)
@pytest.mark.parametrize("role", ["inline", "html", "alt"])
def test_long_translations_are_judged_at_once(role: str, name: str) -> None:
    """No translation takes more than the blink of an eye to be judged, and none exhausts the stack."""
    segment = Segment("A *paragraph* with <b>tags</b>", "paragraph", 1, role)
    unit = Unit(Message(segment.text, LENGTHY[name]), segment, RULE)
    started = time.process_time()
    assert usable(segment, LENGTHY[name]) != []
    assert [*markup.unusable(unit), *markup.lost_marks(unit), *markup.stray_blocks(unit)] != []
    assert time.process_time() - started < 1


@pytest.mark.parametrize("text", [text[:3000] for text in LENGTHY.values()], ids=list(LENGTHY))
def test_such_an_article_is_read_and_rendered(text: str) -> None:
    """An article full of openers is read, its page made, and made again from its own messages."""
    started = time.process_time()
    source = documents.source_page(text)
    assert documents.unmarked(documents.changed_page(text).html) == documents.normal(source)
    assert time.process_time() - started < 10


DEEP = (
    "> " * 300 + "deep",
    "- " * 300 + "deep",
    "![" * 300 + "x" + "](y)" * 300,
    "[" * 300 + "x" + "](y)" * 300,
    "<b>" * 3000 + "x",
    "<div>" * 3000 + "x" + "</div>" * 3000,
    "*a " * 3000,
    ":::: note\n" * 100 + "deep",
)


@pytest.mark.parametrize("text", DEEP)
def test_deep_articles_exhaust_nothing(text: str) -> None:
    """Blocks, images, tags and brackets that stand deep within each other are read and rendered."""
    template_messages(documents.document(text))
    assert documents.unmarked(documents.changed_page(text).html) == documents.normal(documents.source_page(text))


def test_images_stand_in_each_other_only_so_deep() -> None:
    """At some depth the marks of an image are characters, however deep the stack is at the time."""
    text = "![" * 30 + "x" + "](y)" * 30
    images = [token for token in inline.walk(markdown.parse_inline(text, {})) if token.type == "image"]
    assert 1 < len(images) <= markdown.MAX_IMAGES
