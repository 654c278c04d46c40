"""Messages and small catalogues for tests of merging two versions."""

from __future__ import annotations

from workflow.catalogue.po import Catalogue, new_catalogue, parse
from workflow.message import Message

VISIT = "Visits are allowed between two and seven in the evening."
VISITS = "Visits are allowed between two and eight in the evening."
OLD, MINE, THEIRS = "Besök mellan två och sju.", "Besök tillåts mellan två och sju.", "Du får ha besök två till sju."


def text(msgstr: str = "", msgid: str = VISIT, **more: object) -> Message:
    """A message with a translation, reviewed unless said otherwise."""
    return Message(msgid, msgstr, **more)  # type: ignore[arg-type]


def fuzzy(msgstr: str, **more: object) -> Message:
    """A translation that a person doubts."""
    return text(msgstr, flags=("fuzzy",), **more)


def machine(msgstr: str, origin: str = "machine argos 1.9", **more: object) -> Message:
    """A translation that a machine drafted."""
    return text(**more).drafted((msgstr,), origin)


def plural(*texts: str, **more: object) -> Message:
    """A message with plural forms."""
    return Message("%d visit", msgid_plural="%d visits", plural=texts, **more)  # type: ignore[arg-type]


def catalogue(*messages: Message, header: str = "") -> Catalogue:
    """A catalogue read from a file of these messages, with lines added to its header."""
    data = new_catalogue("Norr", "sv").arrange(messages).to_bytes()
    data = data.replace(b'"X-Generator: ordbro\\n"\n', b'"X-Generator: ordbro\\n"\n' + header.encode())
    return parse(data, "x.po")
