"""What the messages of a template tell translators, and where they lead."""

from __future__ import annotations

import re

import pytest

from tests.segmentation import documents
from tests.segmentation.goldens import all_cases
from workflow.segmentation import SLUG, template_messages

ADDRESS = "https://example.org/en/news/x/"


def test_equal_texts_are_one_message_with_all_references() -> None:
    """The same text twice is one message; what it is and where it stands is told of both places."""
    body = "<!-- translators: A button. -->\n\nCall us\n\n- Call us\n"
    message = next(each for each in template_messages(documents.document(body)) if each.msgid == "Call us")
    assert message.extracted == ("paragraph, list item", "A button.")
    assert message.references == ("source/news/x.md:6", "source/news/x.md:8")


def test_the_address_is_a_message_of_its_own() -> None:
    """The last part of the address has a context and says what may stand there."""
    message = next(each for each in template_messages(documents.document("")) if each.msgctxt == SLUG)
    assert message.msgid == "x"
    assert any("hyphens" in line for line in message.extracted)


@pytest.mark.parametrize("name", all_cases())
def test_links_lead_to_the_text(name: str) -> None:
    """A link in a comment leads to an element that is on the source page."""
    text = all_cases()[name].source
    ids = set(re.findall(r'\bid="([^"]+)"', documents.source_page(text)))
    for message in template_messages(documents.document(text), ADDRESS):
        links = [line for line in message.extracted if line.startswith(ADDRESS)]
        assert len(links) == 1
        place = links[0].removeprefix(ADDRESS)
        assert place == "" or place[1:] in ids or "image" in message.extracted[0] or "caption" in message.extracted[0]


def test_a_heading_with_an_id_is_found_by_it() -> None:
    """Where the editor gave an element an id, the link uses that."""
    message = template_messages(documents.document("# Hours {#hours}"), ADDRESS)[-1]
    assert message.extracted == ("heading 1", f"{ADDRESS}#hours")
