"""Merging two versions of a catalogue: what becomes of the file, its order, its form and its header."""

from __future__ import annotations

import pytest

from tests.catalogue.versions import MINE, OLD, catalogue, text
from workflow.catalogue.po import parse
from workflow.catalogue.threeway import Reconciled, reconcile


def test_new_messages_follow_their_predecessor() -> None:
    """The order is ours; what they added stands behind what it stands behind in theirs."""
    names = {name: text(name.upper(), name) for name in "abcdefgh"}
    base = catalogue(*(names[name] for name in "abcd"))
    ours = catalogue(*(names[name] for name in "bacde"))
    theirs = catalogue(*(names[name] for name in "fabgchd"))
    assert "".join(each.msgid for each in reconcile(base, ours, theirs).catalogue.messages) == "fbgachde"


def test_nothing_of_theirs_leaves_our_bytes() -> None:
    """A side that only wrote the file in another style changes nothing."""
    base = catalogue(*(text(name * 90, name * 100) for name in "abc"))
    ours = parse(base.to_bytes().replace(b"\n", b"\r\n") + b"\r\n# slut\r\n", "x.po")
    theirs = parse(base.to_bytes().replace(b'msgid ""\n"a', b'msgid "a'), "x.po")
    assert reconcile(base, ours, theirs) == Reconciled(ours)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1"])
def test_the_file_keeps_its_form(encoding: str) -> None:
    """Line ends, byte order mark, charset and wrapping are ours; only the lines of changed messages differ."""
    lines = catalogue(text(OLD), text("Tvätta händerna.", "Wash."), text("Ät.", "Eat.")).to_bytes().decode()
    lines = lines.replace("UTF-8", "ISO-8859-1") if encoding == "iso-8859-1" else lines
    ours = (lines.replace(OLD, MINE).replace("\n", "\r\n")).encode(encoding)
    theirs = lines.replace("Ät.", "Ät upp.").encode(encoding.removesuffix("-sig"))
    base = parse(lines.encode(encoding.removesuffix("-sig")), "x.po")
    found = reconcile(base, parse(ours, "x.po"), parse(theirs, "x.po")).catalogue
    assert found.to_bytes() == ours.replace(
        "Ät.".encode(encoding[:5] if "-sig" in encoding else encoding), b"@"
    ).replace(b"@", "Ät upp.".encode(encoding.removesuffix("-sig")))


HEADERS = {
    "the later revision wins": (
        ["PO-Revision-Date: 2024-01-01 10:00+0100", "Last-Translator: A"],
        ["PO-Revision-Date: 2024-02-01 10:00+0100", "Last-Translator: B"],
        ["PO-Revision-Date: 2024-02-01 09:30+0000", "Last-Translator: C"],
        ["PO-Revision-Date: 2024-02-01 09:30+0000", "Last-Translator: C"],
    ),
    "ours is later": (
        ["PO-Revision-Date: 2024-01-01 10:00+0100", "Last-Translator: A"],
        ["PO-Revision-Date: 2024-02-02 10:00+0100", "Last-Translator: B"],
        ["PO-Revision-Date: 2024-02-01 09:30+0000", "Last-Translator: C"],
        ["PO-Revision-Date: 2024-02-02 10:00+0100", "Last-Translator: B"],
    ),
    "only they changed it": (["X-Tool: 1"], ["X-Tool: 1"], ["X-Tool: 2"], ["X-Tool: 2"]),
    "both added a line": ([], ["X-Mine: 1"], ["X-Theirs: 2"], ["X-Theirs: 2", "X-Mine: 1"]),
    "they removed a line": (["X-Tool: 1"], ["X-Tool: 1"], [], []),
    "a date that is none": (
        ["POT-Creation-Date: YEAR-MO-DA"],
        ["POT-Creation-Date: YEAR-MO-DA"],
        ["POT-Creation-Date: 2024-02-01 09:30+0000"],
        ["POT-Creation-Date: 2024-02-01 09:30+0000"],
    ),
}


@pytest.mark.parametrize("name", HEADERS)
def test_header(name: str) -> None:
    """Lines of the header never conflict."""
    base, ours, theirs, expected = ("".join(f'"{line}\\n"\n' for line in lines) for lines in HEADERS[name])
    found = reconcile(
        catalogue(text(OLD), header=base),
        catalogue(text(MINE), header=ours),
        catalogue(text(OLD), text("Ny", "New"), header=theirs),
    )
    assert found.catalogue.to_bytes() == catalogue(text(MINE), text("Ny", "New"), header=expected).to_bytes()


def test_both_added_the_file() -> None:
    """Without an ancestor (git gives an empty file) the messages of both sides are there."""
    found = reconcile(parse(b"", "x.po"), catalogue(text(OLD)), catalogue(text(OLD), text("Ny", "New")))
    assert found.catalogue.to_bytes() == catalogue(text(OLD), text("Ny", "New")).to_bytes()


def test_a_header_that_only_they_have() -> None:
    """A file of ours without a header gets theirs."""
    ours = parse(b'msgid "a"\nmsgstr "b"\n', "x.po")
    found = reconcile(parse(b"", "x.po"), ours, catalogue(text("Ny", "New")))
    assert found.catalogue.to_bytes() == catalogue(text("Ny", "New"), text("b", "a")).to_bytes()


def test_a_text_that_our_charset_lacks() -> None:
    """A text of theirs is never lost to our charset: the file becomes UTF-8."""
    data = catalogue(text(OLD), text("Ä", "A")).to_bytes().replace(b"UTF-8", b"ISO-8859-1").decode()
    ours = parse(data.replace(OLD, MINE).encode("iso-8859-1"), "x.po")
    found = reconcile(parse(data.encode("iso-8859-1"), "x.po"), ours, catalogue(text(OLD), text("日本", "A")))
    assert [each.msgstr for each in parse(found.catalogue.to_bytes(), "x.po").messages] == [MINE, "日本"]
