"""What a catalogue's file says, in every form that gettext allows, and what is said of a broken one."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.catalogue.grammar import quote, unquote
from workflow.catalogue.po import Catalogue, parse, read
from workflow.errors import CatalogueError
from workflow.message import Message, State

HEADER = """\
# Swedish messages.
# Two lines, one of them with a name.
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: Sjukhusnytt\\n"
"Language: sv\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Poedit-Basepath: .\\n"
"""
FULL = (
    HEADER
    + """
# A word to the next translator.
#. heading 2
#. shown on the front page
#: source/news/x.md:12 source/b.md
#: \u2068source/my file.md\u2069:3
#, fuzzy, c-format
#| msgctxt "menu"
#| msgid ""
#| "The old "
#| "text"
msgctxt "menu"
msgid ""
"The new "
"text\\n"
msgstr "Den \\"nya\\" texten\\n"

msgid "%d page"
msgid_plural "%d pages"
msgstr[0] "%d sida"
msgstr[1] "%d sidor"

# kept
#, fuzzy
#~| msgid "Older"
#~ msgid "Old"
#~ msgstr ""
#~ "Gammal"

# nothing follows this
"""
)


def first(text: str) -> Message:
    """The first message of a file."""
    return parse(text.encode(), "x.po").messages[0]


def test_every_part_of_an_entry_is_read() -> None:
    """Texts, context, previous source, comments, places and flags come out unescaped and joined."""
    assert first(FULL) == Message(
        "The new text\n",
        'Den "nya" texten\n',
        "menu",
        previous="The old text",
        previous_ctxt="menu",
        comments=("A word to the next translator.",),
        extracted=("heading 2", "shown on the front page"),
        references=("source/news/x.md:12", "source/b.md", "source/my file.md:3"),
        flags=("fuzzy", "c-format"),
        line=25,
    )


def test_plural_forms_are_read() -> None:
    """A message with a plural has all its forms and no single one."""
    message = parse(FULL.encode(), "x.po").messages[1]
    assert (message.msgid_plural, message.plural, message.msgstr) == ("%d pages", ("%d sida", "%d sidor"), "")


def test_obsolete_messages_are_read() -> None:
    """`#~` entries are messages too, with their comments, flags and previous source."""
    message = parse(FULL.encode(), "x.po").messages[2]
    assert (message.msgid, message.msgstr, message.previous) == ("Old", "Gammal", "Older")
    assert (message.comments, message.obsolete, message.state) == (("kept",), True, State.STALE)


def test_the_header_is_no_message() -> None:
    """Its fields are read by name."""
    header = parse(FULL.encode(), "x.po").header
    assert (header["Language"], header["X-Poedit-Basepath"]) == ("sv", ".")


def test_the_header_may_stand_anywhere() -> None:
    """A header after a message is still the header."""
    catalogue = parse(('msgid "a"\nmsgstr "b"\n\n' + HEADER).encode(), "x.po")
    assert [message.msgid for message in catalogue.messages] == ["a"]
    assert catalogue.header["Language"] == "sv"


def test_a_message_is_found_by_its_key() -> None:
    """Context and text together name a message; a missing one is None."""
    catalogue = parse(FULL.encode(), "x.po")
    assert catalogue.get(("menu", "The new text\n")) is catalogue.messages[0]
    assert catalogue.get((None, "The new text\n")) is None
    assert [message.msgid for message in catalogue.obsolete] == ["Old"]
    assert len(list(catalogue.live)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid"a"msgstr"b" "c"', Message("a", "bc", line=1)),
        ('msgid\n"a"\n\nmsgstr\n"b"\n', Message("a", "b", line=1)),
        ('msgid "a" msgstr "b" msgid "c" msgstr "d"', Message("a", "b", line=1)),
        ('#~msgid "a"\n#~\t"x"\n#~msgstr "b"\n', Message("ax", "b", obsolete=True, line=1)),
        ('#~ # word\n#~ msgid "a"\n#~ msgstr "b"\n', Message("a", "b", comments=("word",), obsolete=True, line=2)),
        ('#\n#tight\n##  two\nmsgid "a"\nmsgstr ""', Message("a", comments=("", "tight", "#  two"), line=4)),
        ('#!fuzzy\n#=c-format\nmsgid "a"\nmsgstr "b"\n', Message("a", "b", flags=("fuzzy", "c-format"), line=3)),
        ('#,fuzzy,\n#|\nmsgid "a"\nmsgstr "b"\n', Message("a", "b", flags=("fuzzy",), line=3)),
        ('#| msgid "x"\n#, f\n\nmsgid "a"\nmsgstr "b"\n', Message("a", "b", previous="x", flags=("f",), line=4)),
        ('  msgid "a"\r\n\tmsgstr "b"\r\n', Message("a", "b", line=1)),
        ('msgid "\\x41\\101\\t\\\\n\\xc3\\xa5\\377"\nmsgstr "a\\\nb"', Message("AA\t\\nå\xff", "ab", line=1)),
        ('msgctxt ""\nmsgid ""\nmsgstr "b"', Message("", "b", "", line=2)),
        (
            'msgid "a"\nmsgid_plural "b"\nmsgstr[ 0 ]"c"\nmsgstr [1]\n"d" "e"\n',
            Message("a", msgid_plural="b", plural=("c", "de"), line=1),
        ),
        (
            '#~ msgid "a"\n#~ msgid_plural "b"\n#~ msgstr[0]\n#~ "c"\n#~ "d"\n',
            Message("a", msgid_plural="b", plural=("cd",), obsolete=True, line=1),
        ),
    ],
)
def test_every_form_that_gettext_allows_is_read(text: str, expected: Message) -> None:
    """White space, marks and escapes may stand wherever gettext takes them."""
    assert first(text) == expected


DOMAIN = 'domain "x"\n\nmsgid "a"\nmsgstr "b"\n'


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", HEADER, DOMAIN, "\ufeff" + FULL, FULL[:-1]])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_that_is_not_changed_keeps_its_bytes(text: str, newline: str) -> None:
    """The bytes written are the bytes read, whole and piece by piece."""
    data = text.replace("\n", newline).encode()
    catalogue = parse(data, "x.po")
    assert catalogue.to_bytes() == data
    assert "".join(block.raw for block in catalogue.blocks) == data.decode("utf-8-sig")


def test_a_legacy_charset_is_read_by_its_header() -> None:
    """Bytes mean what the header's charset says, also when its line is broken in two."""
    text = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; char"\n"set=ISO-8859-15\\n"\n\nmsgid "a"\nmsgstr "å€"\n'
    data = text.encode("iso-8859-15")
    catalogue = parse(data, "x.po")
    assert (catalogue.messages[0].msgstr, catalogue.to_bytes()) == ("å€", data)


def test_bytes_that_a_charset_writes_otherwise_stay_until_something_changes() -> None:
    """A file whose charset has two bytes for one character is not touched by reading it."""
    header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-2022-JP\\n"\n\n'
    data = header + b'msgid "a"\nmsgstr "\x1b$B$"\x1b(B\x1b$B$"\x1b(B"\n'
    assert parse(data, "x.po").to_bytes() == data


CONFLICT = 'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> other\n'
LATIN = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=%s\\n"\n\nmsgid "a"\nmsgstr "%s"\n'


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (CONFLICT.encode(), 2, "has conflict markers of git"),
        (HEADER.encode() + b"\n" + CONFLICT.replace("\n", "\r\n").encode(), 15, "has conflict markers of git"),
        (b'\nmsgid "a\nmsgstr "b"\n', 2, "a text is not closed with a quotation mark"),
        (b'msgid "a"\nmsgstr "b" c"\n', 2, "unknown keyword 'c'"),
        (b'msgid "a"\nmsgstr "b\\q"\n', 2, "unknown escape '\\q' in a text"),
        (b'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 1, "missing 'msgstr' section"),
        (b'msgid "a"\n# no\nmsgstr "c"\n', 1, "missing 'msgstr' section"),
        (b'msgid "a"\nmsgstr\n\nmsgid "b"\n', 2, "missing text after msgstr"),
        (b'msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "missing 'msgid' section"),
        (b'msgstr "c"\n', 1, "missing 'msgid' section"),
        (b'msgid "a"\nmsgstr "b"\nmsgid "c"\n', 3, "missing 'msgstr' section"),
        (b'msgctxt "a"\nmsgstr "b"\n', 2, "missing 'msgid' section"),
        (b'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 3, "missing 'msgstr[]' section"),
        (b'msgid "a"\nmsgstr[0] "c"\n', 2, "missing 'msgid_plural' section"),
        (b'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', 1, "has plural forms [1], which should count from 0"),
        (b'#~ msgid "a"\nmsgstr "b"\n', 2, "inconsistent use of #~"),
        (b'#| msgid "a\nmsgid "b"\nmsgstr "c"\n', 1, "a text is not closed with a quotation mark"),
        (b'msgid "a"\nmsgstr "b"\n\n"c"\n"\n', 5, "a text is not closed with a quotation mark"),
        (b'"c"\n', 1, "syntax error: a text without a keyword before it"),
        (b'msgid "a"\nmsgstr "b"\n}\n', 3, "syntax error at '}'"),
        (b'msgid "a"\nmsgstr[x] "b"\n', 2, "syntax error at '['"),
        (b"hello\n", 1, "unknown keyword 'hello'"),
        (b'msgid "a"\nmsgstr ""\n\n#~ msgid "a"\n#~ msgstr "b"\n', 4, "defines a message twice: 'a' (first in line 1)"),
        (b'msgid "ab"\nmsgstr ""\nmsgid "a" "b"\nmsgstr ""\n', 3, "defines a message twice: 'ab' (first in line 1)"),
        ((LATIN % ("UTF-8", "å")).encode("latin-1"), 5, "is not UTF-8 (byte 0xe5)"),
        ((LATIN % ("us-ascii", "å")).encode("latin-1"), 5, "is not us-ascii (byte 0xe5)"),
        ((LATIN % ("CHARSET", "å")).encode("latin-1"), 5, "is not UTF-8 (byte 0xe5)"),
        ((LATIN % ("UTF-42", "å")).encode(), 2, "has the unknown charset 'UTF-42'"),
        ((LATIN % ("zlib", "å")).encode(), 2, "has the unknown charset 'zlib'"),
        ('msgid "a"\nmsgstr "b"\n'.encode("utf-16"), 1, "is not UTF-8 (byte 0xff)"),
    ],
)
def test_a_broken_file_is_named_with_line_and_problem(data: bytes, line: int, problem: str) -> None:
    """What is wrong is said in one line with path, line, problem and advice."""
    with pytest.raises(CatalogueError) as caught:
        parse(data, "sv/x.po")
    error = caught.value
    assert (error.problem, error.path, error.line) == (problem, "sv/x.po", line)
    assert error.advice
    assert "\n" not in str(error)


def test_an_unknown_charset_matters_only_beyond_ascii() -> None:
    """A file of ASCII alone is read whatever charset it names."""
    assert parse((LATIN % ("UTF-42", "b")).encode(), "x.po").messages[0].msgstr == "b"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path without a file is an error that names the path as it should be shown."""
    with pytest.raises(CatalogueError, match=r"locales/x\.po: cannot be read"):
        read(tmp_path / "x.po", "locales/x.po")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_quoting_is_the_inverse_of_unquoting(text: str) -> None:
    """Any text comes back from its quoted form."""
    assert unquote(f'"{quote(text)}"') == text


TOKENS = ['msgid "', 'msgstr "', "msgctxt ", 'msgstr[0] "', "msgid_plural", "#~ ", "#| ", "#, fuzzy", '"', "\\", "\n"]
ENTRY = ['msgid "a"\n', 'msgstr "b"\n', '#~ "c"\n', " ", "domain", "[", "]", "=======\n"]
JUNK = st.lists(st.sampled_from(TOKENS + ENTRY) | st.text(max_size=3), max_size=40).map("".join)


def attempt(data: bytes) -> Catalogue | CatalogueError:
    """The catalogue of some bytes, or what is wrong with them."""
    try:
        return parse(data, "x.po")
    except CatalogueError as error:
        return error


@settings(max_examples=300)
@given(JUNK.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=200))
def test_junk_is_read_or_refused_but_never_a_crash(junk: bytes) -> None:
    """Any bytes give a catalogue that keeps them, or an error with a line of the file."""
    outcome = attempt(junk)
    if isinstance(outcome, CatalogueError):
        assert outcome.line is not None
        assert 1 <= outcome.line <= junk.count(b"\n") + 1
    else:
        assert len(outcome.messages) == len(outcome.index)
        assert "".join(block.raw for block in outcome.blocks).encode() == junk.removeprefix(b"\xef\xbb\xbf")


ODD = ["msgid", ' "a"', "\n", "msgstr", '"b"', "#~ ", "#| msgid", "# c", "#, fuzzy", "msgctxt", " ", "\t", "#~|"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(ODD), max_size=24).map("".join), st.sampled_from(["", "x\n", "y"]), st.booleans())
def test_entries_of_any_form_can_be_changed(text: str, msgstr: str, obsolete: bool) -> None:
    """However oddly an entry is written, a change of it is read again as it was meant."""
    text = 'msgid "q" msgstr "r" ' + text + ' msgid "s" msgstr "t"'
    catalogue = attempt(text.encode())
    if isinstance(catalogue, Catalogue):
        number = len(catalogue.messages) // 2
        wanted = replace(catalogue.messages[number], msgstr=msgstr, obsolete=obsolete)
        changed = parse(catalogue.replace({number: wanted}).to_bytes(), "x.po")
        expected = [(m.key, m.msgstr, m.obsolete, m.flags) for m in catalogue.messages]
        expected[number] = (wanted.key, msgstr, obsolete, wanted.flags)
        assert [(m.key, m.msgstr, m.obsolete, m.flags) for m in changed.messages] == expected


@settings(max_examples=60)
@given(st.lists(st.sampled_from(TOKENS + ENTRY[:4]), max_size=12).map("".join))
def test_what_gnu_reads_is_read(text: str) -> None:
    """Where msgcat accepts a file, so does the reader, with as many messages."""
    judged = subprocess.run(["msgcat", "--force-po", "-"], input=text.encode(), capture_output=True, check=False)
    if judged.returncode == 0:
        assert len(parse(text.encode(), "x.po").messages) == len(parse(judged.stdout, "y.po").messages)


REPEATED = ["#", '"', "\\", "#~ ", '#| msgid "', "\n#~", 'msgid "a" ', '"a" ', "msgstr[0]", "\r", "#|\n", "<<<<<<< "]


@pytest.mark.parametrize("piece", REPEATED)
def test_junk_takes_no_time(piece: str) -> None:
    """A hundred thousand repetitions are read or refused in linear time."""
    assert attempt((piece * 100_000).encode())


TIMED = """
import sys
from dataclasses import replace
from time import process_time
from workflow.catalogue.po import parse
data = sys.stdin.buffer.read()
start = process_time()
catalogue = parse(data, "x.po")
messages = catalogue.messages
changed = catalogue.replace({6: replace(messages[6], msgstr="x")}).to_bytes()
print(process_time() - start, len(messages), changed != data)
"""


def test_fifty_thousand_messages_are_read_and_written_in_two_seconds(project: Path) -> None:
    """Reading all messages of a large file, and writing it with one of them changed, takes less than two seconds."""
    one = FULL.removeprefix(HEADER).rpartition("\n# nothing")[0]
    one = one.replace('"The new ', '"@ ').replace('"%d page', '"@ %d page').replace('"Old"', '"@"')
    data = (HEADER + "".join(one.replace("@", str(number)) for number in range(16_667))).encode()
    # In a process of its own, which no measurement of coverage slows down.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [sys.executable, "-c", TIMED]
    told = subprocess.run(command, input=data, capture_output=True, check=True, cwd=project, env=env).stdout.split()
    assert float(told[0]) < 2
    assert told[1:] == [b"50001", b"True"]
