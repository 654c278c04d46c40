"""The check: a translation that misses a term of the glossary is a warning."""

from __future__ import annotations

from workflow.checks.glossary import terms
from workflow.checks.unit import Unit
from workflow.finding import Severity
from workflow.glossary import Entry, Glossary
from workflow.message import Message, State
from workflow.publication import Policy
from workflow.segmentation import Segment

KNOWN = Glossary((Entry("chemotherapy", "cytostatika", "not kemoterapi"), Entry("IVO", "")))


def remarks(message: Message, role: str = "inline") -> list[str]:
    """What the check says of a message."""
    segment = Segment(message.msgid, "paragraph", 1, role, context=message.msgctxt)
    found = list(terms(Unit(message, segment, Policy((State.REVIEWED,), 0.5), terms=KNOWN)))
    assert all(each.severity is Severity.WARNING for each in found)
    return [each.text for each in found]


def test_a_missed_term_is_a_warning() -> None:
    """The warning names the term as it stands there, the word to write and the note."""
    message = Message("Chemotherapy, says IVO.", "Kemoterapi, säger Inspektionen.")
    assert remarks(message) == [
        "the glossary has a word for 'Chemotherapy': write 'cytostatika' (not kemoterapi)",
        "the glossary has a word for 'IVO': leave it as it is",
    ]


def test_a_term_in_any_form_is_fine() -> None:
    """Inflected terms and untranslated names are what is wanted."""
    assert remarks(Message("Chemotherapy, says IVO.", "Cytostatikan, säger IVO.")) == []


def test_plural_forms_share_a_term() -> None:
    """One of the forms with the term is enough."""
    message = Message("a chemotherapy", "", msgid_plural="chemotherapies", plural=("en kur", "cytostatika"))
    assert remarks(message) == []


def test_an_address_has_no_terms() -> None:
    """The last part of an address is no text."""
    assert remarks(Message("chemotherapy", "kemoterapi", msgctxt="slug"), "front") == []
